"""Without this file a terminal could show a name to whoever looks up a petition."""

import json
from datetime import UTC, datetime

import pytest

from commands.failures import Exit
from commands.main import run
from ledger.database import Database
from ledger.ledger_application import LedgerApplication
from tests.integration.test_report_command import connect_by
from tests.integration.test_timeline import PETITION_ID, file_petition


@pytest.fixture
def environ(database: Database) -> dict[str, str]:
    """Return the environment of a terminal in front of a ledger with one petition."""
    with LedgerApplication(database) as application:
        file_petition(application, datetime(2026, 9, 18, 1, tzinfo=UTC))
    return connect_by(database)


def test_petition_show_prints_every_event_in_json(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The document holds states, running clocks, late flags and sealed fields."""
    arguments = ["petition", "show", str(PETITION_ID), "--json"]
    assert run(arguments, environ, version="0") == Exit.DONE
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "taizhang.petition/1"
    assert len(document["entries"]) == 5
    assert document["state"]["code"] == "replied"
    assert document["entries"][1]["running"][0]["clock"] == "reply"
    assert document["entries"][4]["late"] == ["reply"]
    assert set(document["entries"][0]["fields"]["text"]) == {"commitment"}


@pytest.mark.parametrize(("flags", "shown"), [([], False), (["--open-personal"], True)])
def test_petition_show_opens_personal_values_only_when_asked(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str], flags: list[str], *, shown: bool
) -> None:
    """Without the flag a reader sees that something is sealed, and not what."""
    arguments = ["petition", "show", str(PETITION_ID), *flags]
    assert run(arguments, environ | {"TAIZHANG_LANG": "zh"}, version="0") == Exit.DONE
    out = capsys.readouterr().out
    assert ("示例" in out) is shown
    assert ("〔密〕" in out) is not shown
    assert "逾期: 办理时限" in out
    rows = [line.split("\t") for line in out.splitlines() if not line.startswith("# ")]
    assert len(rows) == 6
    assert {len(cells) for cells in rows} == {8}


@pytest.mark.parametrize("reference", ["N-404", "00000000-0000-0000-0000-000000000404"])
def test_petition_show_of_an_unknown_petition_is_not_found(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str], reference: str
) -> None:
    """The exit code is 3 and the text names what was looked for."""
    assert run(["petition", "show", reference], environ, version="0") == Exit.NOT_FOUND
    streams = capsys.readouterr()
    assert streams.out == ""
    assert reference in streams.err
