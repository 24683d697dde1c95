"""Tests of the commands that rebuild and verify."""

import json

import psycopg
import pytest

from commands.failures import Exit
from commands.main import run
from ledger.database import Database, Role
from tests.integration.logged_petitions import append_events, draw_log, open_recorder
from tests.petition_tables import expected_rows, stored_rows

EVENTS = draw_log(31, 10)


@pytest.fixture
def environ(database: Database) -> dict[str, str]:
    """Return the environment of a program on a ledger with some events and no read models."""
    recorder = open_recorder(database)
    append_events(recorder, EVENTS)
    recorder.close()
    return {
        "TAIZHANG_DSN": database.dsns[Role.APP],
        "TAIZHANG_OWNER_DSN": database.dsns[Role.OWNER],
        "TAIZHANG_PROJECTOR_DSN": database.dsns[Role.PROJECTOR],
        "TAIZHANG_LANG": "zh",
    }


def _run(environ: dict[str, str], *arguments: str) -> int:
    return run(arguments, environ, version="0")


def test_replay_rebuild_makes_the_rows_and_verify_finds_them_right(
    database: Database, environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Rebuild ends with exit 0 and the right rows, and verify agrees."""
    assert _run(environ, "replay", "rebuild", "--keep-old") == Exit.DONE
    assert f"第 {len(EVENTS)} 号事件" in capsys.readouterr().err
    with database.connect(Role.PROJECTOR) as connection:
        assert stored_rows(connection) == expected_rows(EVENTS)
    assert _run(environ, "replay", "verify") == Exit.DONE
    assert "无误" in capsys.readouterr().out


def test_replay_verify_prints_json_and_exits_1_when_something_is_wrong(
    database: Database, environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A script gets the fault, the table and the key."""
    assert _run(environ, "projector", "--once") == Exit.DONE
    with psycopg.connect(database.admin_conninfo()) as admin:
        admin.execute("UPDATE rate SET counts = counts + 1 WHERE grouping = 'region'")
    capsys.readouterr()
    assert _run(environ, "replay", "verify", "--json") == Exit.FINDING
    answer = json.loads(capsys.readouterr().out)
    assert answer["schema"] == "taizhang.verify/1"
    assert answer["ok"] is False
    (finding,) = answer["findings"]
    assert (finding["fault"], finding["table"]) == ("row-differs", "rate")
    assert _run(environ, "replay", "rebuild", "--model", "petitions") == Exit.DONE
    assert _run(environ, "replay", "verify") == Exit.DONE


def test_replay_refuses_an_unknown_model(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The answer lists the models there are."""
    assert _run(environ, "replay", "rebuild", "--model", "petition") == Exit.USAGE
    assert "petitions" in capsys.readouterr().err


def test_projector_retries_stopped_models_when_asked(
    database: Database, environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A model that stands still is exit 1 until somebody asks to try again."""
    assert _run(environ, "projector", "--once") == Exit.DONE
    with psycopg.connect(database.admin_conninfo()) as admin:
        admin.execute("UPDATE projection SET stopped_position = 9, stopped_cause = 'X'")
    assert _run(environ, "projector", "--once") == Exit.FINDING
    assert "第 9 号事件之前" in capsys.readouterr().err
    assert _run(environ, "projector", "--once", "--retry") == Exit.DONE
