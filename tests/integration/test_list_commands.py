"""Reading worklists and the log from a terminal."""

import json

import pytest

from commands.failures import Exit
from commands.main import run
from ledger.database import Database
from tests.api_clients import running_api
from tests.integration.test_api_reads import dispatched
from tests.integration.test_report_command import connect_by


@pytest.fixture
def environ(database: Database) -> dict[str, str]:
    """Return the environment of a terminal in front of a ledger with one dispatched petition."""
    with running_api(database) as api:
        dispatched(api)
        api.project()
    return connect_by(database) | {"TAIZHANG_LANG": "en"}


def test_worklist_shows_what_a_unit_owes(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The unit is to sign first, and its next deadline stands before later ones."""
    assert run(["worklist", "bureau"], environ, version="0") == Exit.DONE
    head, *lines = capsys.readouterr().out.splitlines()
    assert head == "due\toverdue\ttask\tnumber\ttype\tsince"
    assert [line.split("\t")[2] for line in lines[:2]] == ["to contact", "to sign"]
    dues = [line.split("\t")[0] for line in lines if not line.startswith("–")]
    assert dues == sorted(dues)
    assert run(["worklist", "bureau", "--json"], environ, version="0") == Exit.DONE
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "taizhang.worklist/1"
    assert document["items"][0]["task"] == "to_contact"
    assert run(["worklist"], environ, version="0") == Exit.DONE
    assert run(["worklist", "nowhere"], environ, version="0") == Exit.NOT_FOUND


def test_events_are_read_page_by_page_without_gaps(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Table, document and lines hold the same positions."""
    seen: list[int] = []
    after = 0
    while True:
        arguments = ["events", "--after", str(after), "--limit", "3", "--json"]
        assert run(arguments, environ, version="0") == Exit.DONE
        document = json.loads(capsys.readouterr().out)
        if not document["items"]:
            break
        seen += [item["position"] for item in document["items"]]
        after = document["next_after"]
    assert seen == list(range(1, len(seen) + 1))
    assert run(["events", "--jsonl"], environ, version="0") == Exit.DONE
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["position"] for line in lines] == seen
    assert run(["events", "--after", str(after - 1)], environ, version="0") == Exit.DONE
    _, row = capsys.readouterr().out.splitlines()
    assert row.split("\t")[3:5] == ["dispatched", "petition.dispatched"]


def test_personal_values_stay_closed_in_the_log(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """What a terminal reads of the log is commitments."""
    assert run(["events", "--json"], environ, version="0") == Exit.DONE
    text = capsys.readouterr().out
    assert "commitment" in text
    assert "petitioner_name" not in text
