"""Without this file a list could be wrong, or break a pipe, on a terminal alone."""

import json
import sys
from typing import Any

import pytest

from commands.board import BOARDS
from commands.board_lists import LISTS
from commands.failures import Exit
from commands.main import run
from ledger.database import Database
from tests.api_clients import open_example_ledger
from tests.integration.board_case import SECRET, beside, open_story, public_story
from tests.integration.story_log import project
from tests.integration.test_report_command import connect_by
from tests.unit.given_when_then import DAY, START

LATER = (START + 90 * DAY).isoformat()
ASKED = {
    "promises": ["--as-of", LATER, "--unit", "bureau"],
    "upward-reports": ["--as-of", LATER],
    "backlog": ["--ever"],
    "inbox": ["--account", "firm-1"],
    "custody": ["--from", "2026-09-01", "--to", "2026-09-30"],
}
EMPTY = {"inbox", "outbox", "scopes", "activities"}
"""Lists on which the example has nothing."""


@pytest.fixture
def environ(database: Database) -> dict[str, str]:
    """Return the environment of a terminal in front of a ledger with one of nearly everything."""
    open_example_ledger(database)
    project(database, open_story().history, public_story().history, beside())
    return connect_by(database)


def listed(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str], name: str, *more: str
) -> str:
    """Return what a list prints."""
    arguments = ["board", name, *ASKED.get(name, []), *more]
    assert run(arguments, environ, version="0") == Exit.DONE
    return capsys.readouterr().out


def test_every_list_can_be_asked_for() -> None:
    """What the help page names is what there is, in both languages."""
    assert list(BOARDS) == list(LISTS)
    for title in BOARDS.values():
        assert title.zh
        assert title.en.isascii()


@pytest.mark.parametrize("name", BOARDS)
def test_list_is_printed_as_json_and_as_a_table_of_the_same_lines(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """A program reads a document with its schema, a pipe a row per line with its heading."""
    document: dict[str, Any] = json.loads(listed(environ, capsys, name, "--json"))
    assert (document["schema"], document["board"]) == ("taizhang.board/1", name)
    assert bool(document["items"]) is (name not in EMPTY)
    assert document["position"] > 0
    for language in ("zh", "en"):
        out = listed(environ | {"TAIZHANG_LANG": language}, capsys, name)
        rows = [line.split("\t") for line in out.splitlines() if not line.startswith("# ")]
        assert len(rows) == len(document["items"]) + 1
        assert {len(row) for row in rows} == {len(LISTS[name].columns)}
        assert out.startswith("# ")
        assert "".join(rows[0]).isascii() is (language == "en")


def test_promise_is_listed_with_its_state(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The bureau's plan went by unkept; what it said at the session was kept."""
    items = json.loads(listed(environ, capsys, "promises", "--json"))["items"]
    assert {(each["kind"], each["state"]) for each in items} == {
        ("plan", "overdue"),
        ("session", "kept"),
    }
    assert {each["petition_id"] for each in items} == {SECRET}
    out = listed(environ | {"TAIZHANG_LANG": "zh"}, capsys, "promises")
    assert "逾期未兑现" in out


def test_delay_is_listed_with_its_steps(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Each step carries its instant and whether it was in time; a missed receipt is late."""
    out = listed(environ | {"TAIZHANG_LANG": "en"}, capsys, "upward-reports")
    row = out.splitlines()[-1]
    assert row.count("in time") == 3
    assert "late" in row


def test_list_that_was_cut_says_so_on_stderr(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A full page may be the last one, or not: whoever reads it is told."""
    arguments = ["board", "deadlines", "--limit", "1"]
    assert run(arguments, environ | {"TAIZHANG_LANG": "en"}, version="0") == Exit.DONE
    captured = capsys.readouterr()
    assert "--limit" in captured.err
    assert "--limit" not in captured.out


def test_list_is_aligned_on_a_terminal(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """People see columns, not tabs."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "200")
    assert "\t" not in listed(environ, capsys, "deadlines")


@pytest.mark.parametrize(
    "arguments",
    [
        ["board", "nothing"],
        ["board", "inbox"],
        ["board", "sessions", "--unit", "bureau"],
        ["board", "promises", "--from", "2026-09-01"],
        ["board", "outbox", "--as-of", "2026-09-01"],
        ["board", "promises", "--as-of", "yesterday"],
        ["board", "promises", "--limit", "501"],
    ],
)
def test_option_that_a_list_does_not_take_is_refused(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    """Nothing is left out of a question in silence."""
    assert run(arguments, environ, version="0") == Exit.USAGE
    assert capsys.readouterr().out == ""


def test_days_that_cannot_be_counted_are_refused(environ: dict[str, str]) -> None:
    """Neither years without a calendar nor an end before the beginning."""
    for name in ("custody", "sessions", "activities"):
        for days in (["--to", "9999-12-31"], ["--from", "2026-09-02", "--to", "2026-09-01"]):
            assert run(["board", name, *days], environ, version="0") == Exit.USAGE
