"""Several ledgers of one installation, from a terminal."""

import json
from pathlib import Path
from typing import Any

import psycopg
import pytest

from commands.failures import Exit
from commands.main import run
from ledger.database import Database
from tests.integration.test_open_command import UNITS
from tests.integration.test_report_command import connect_by


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """Return a file with two units."""
    path = tmp_path / "units.toml"
    path.write_text(UNITS, encoding="utf-8")
    return path


@pytest.fixture
def environ(database: Database) -> dict[str, str]:
    """Return the environment of an operator in front of an installation."""
    return connect_by(database) | {"TAIZHANG_LANG": "en"}


def create(environ: dict[str, str], units: Path, name: str, place: str = "Example City") -> int:
    """Create a ledger and return the exit code."""
    arguments = ["ledger", "create", name, "--pack", "s2_quanzhou", "--units", str(units)]
    return run([*arguments, "--name", "示例市", "--name-en", place], environ, version="0")


def listed(environ: dict[str, str], capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """Return what the list says of each ledger, by name."""
    capsys.readouterr()
    assert run(["ledger", "list", "--json"], environ, version="0") == Exit.DONE
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "taizhang.ledgers/1"
    return {each["name"]: each for each in document["ledgers"]}


def test_created_ledger_is_listed_and_lives_beside_the_others(
    environ: dict[str, str], units: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Create, again, and list: one schema each, opened, current, with what its log holds."""
    assert create(environ, units, "jinan") == Exit.DONE
    first = listed(environ, capsys)
    assert create(environ, units, "jinan") == Exit.DONE
    assert listed(environ, capsys) == first
    assert set(first) == {"jinan", "main"}
    line = first["jinan"]
    assert line["jurisdiction"] == {"zh": "示例市", "en": "Example City"}
    assert (line["state"], line["schema"], line["pending"]) == ("open", "current", [])
    assert line["events"] == line["last_position"] == line["lag"] > 0
    assert line["size_bytes"] > 0
    assert first["main"]["events"] == 0
    other = environ | {"TAIZHANG_LEDGER": "jinan"}
    assert run(["projector", "--once"], other, version="0") == Exit.DONE
    assert listed(environ, capsys)["jinan"]["lag"] == 0


def test_list_prints_a_table_in_both_languages(
    environ: dict[str, str], units: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """People see jurisdiction, state and size; both names stand beside each other."""
    assert create(environ, units, "jinan") == Exit.DONE
    capsys.readouterr()
    assert run(["ledger", "list"], environ | {"TAIZHANG_LANG": "zh"}, version="0") == Exit.DONE
    head, line, _ = capsys.readouterr().out.splitlines()
    assert head.split("\t")[:4] == ["台账", "辖区", "英文名", "状态"]
    assert line.split("\t")[:4] == ["jinan", "示例市", "Example City", "可用"]


@pytest.mark.parametrize("name", ["Jinan", "1a", "a-b", "a b", "", "济南", "a" * 32, 'x"; DROP'])
@pytest.mark.parametrize("command", ["create", "move"])
def test_bad_name_is_refused_before_anything_is_made(
    environ: dict[str, str],
    units: Path,
    capsys: pytest.CaptureFixture[str],
    command: str,
    name: str,
) -> None:
    """The error gives the rule and exit 2, and no schema is left behind."""
    if command == "create":
        assert create(environ, units, name) == Exit.USAGE
    else:
        assert run(["ledger", "move", name], environ, version="0") == Exit.USAGE
    assert "lower-case letter" in capsys.readouterr().err
    assert set(listed(environ, capsys)) == {"main"}


def test_ledger_of_another_jurisdiction_is_not_opened_again(
    environ: dict[str, str], units: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its units would get into a foreign roster; nothing is recorded."""
    assert create(environ, units, "jinan") == Exit.DONE
    before = listed(environ, capsys)
    assert create(environ, units, "jinan", "Elsewhere") == Exit.REFUSED
    assert "Example City" in capsys.readouterr().err
    assert listed(environ, capsys) == before


def test_older_ledger_is_listed_with_what_it_lacks(
    environ: dict[str, str], database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """A ledger that was not migrated yet is told by its pending steps, and hides no other."""
    with psycopg.connect(database.admin_conninfo()) as admin:
        admin.execute("DELETE FROM migration WHERE number = 14")
        admin.execute("ALTER TABLE head DROP COLUMN state, DROP COLUMN elsewhere")
    line = listed(environ, capsys)["main"]
    assert (line["schema"], line["pending"]) == ("differs", ["0014_head_state"])
    assert (line["state"], line["lag"]) == (None, None)


def test_ledger_moves_to_the_database_named_in_the_environment(
    environ: dict[str, str],
    empty_database: Database,
    units: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The connection string is read from a variable or a file; both sides say where it lives."""
    assert create(environ, units, "jinan") == Exit.DONE
    assert run(["ledger", "move", "jinan"], environ, version="0") == Exit.USAGE
    assert "TAIZHANG_TARGET_DSN_FILE" in capsys.readouterr().err
    there = connect_by(empty_database)
    there["TAIZHANG_ADMIN_DSN"] = empty_database.admin_dsn
    target = {
        name.replace("TAIZHANG_", "TAIZHANG_TARGET_"): value
        for name, value in there.items()
        if name.endswith("_DSN")
    }
    secret = tmp_path / "dsn"
    secret.write_text(target.pop("TAIZHANG_TARGET_DSN"), encoding="utf-8")
    moving = environ | target | {"TAIZHANG_TARGET_DSN_FILE": str(secret)}
    without_admin = {k: v for k, v in moving.items() if not k.endswith("ADMIN_DSN")}
    assert run(["ledger", "move", "jinan"], without_admin, version="0") == Exit.UNAVAILABLE
    assert "tz_owner" in capsys.readouterr().err
    assert run(["ledger", "move", "jinan"], moving, version="0") == Exit.DONE
    assert "now lives at" in capsys.readouterr().out
    line = listed(environ, capsys)["jinan"]
    assert line["state"] == "moved"
    assert line["elsewhere"].endswith(
        f"/{psycopg.conninfo.conninfo_to_dict(there['TAIZHANG_DSN'])['dbname']}"
    )
    arrived = listed(environ | there, capsys)["jinan"]
    assert (arrived["state"], arrived["events"]) == ("open", line["events"])
    assert run(["ledger", "move", "jinan", "--take-back"], environ, version="0") == Exit.REFUSED
    key = ["keys", "add", "--role", "admin", "--name", "x"]
    here = environ | {"TAIZHANG_LEDGER": "jinan"}
    assert run(key, here, version="0") == Exit.REFUSED
    assert "ledger-moved" in capsys.readouterr().err
    assert run(["serve", "--port", "0"], here, version="0") == Exit.REFUSED
    assert run(key, here | there, version="0") == Exit.DONE


def test_taking_back_what_was_not_moved_changes_nothing(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """It says so and ends with 0."""
    assert run(["ledger", "move", "main", "--take-back"], environ, version="0") == Exit.DONE
    assert "not being moved" in capsys.readouterr().out


def test_move_that_is_cut_off_says_how_to_go_on(
    environ: dict[str, str],
    empty_database: Database,
    units: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A target that goes away in the middle is told with both ways out, and one is taken."""

    def lose(*_: object) -> None:
        raise psycopg.OperationalError("server closed the connection")

    assert create(environ, units, "jinan") == Exit.DONE
    monkeypatch.setattr("replay.move.fill_target", lose)
    there = connect_by(empty_database) | {"TAIZHANG_ADMIN_DSN": empty_database.admin_dsn}
    target = {name.replace("_", "_TARGET_", 1): value for name, value in there.items()}
    moving = environ | {k: v for k, v in target.items() if k.endswith("_DSN")}
    assert run(["ledger", "move", "jinan"], moving, version="0") == Exit.UNAVAILABLE
    assert "--take-back" in capsys.readouterr().err
    assert listed(environ, capsys)["jinan"]["state"] == "moving"
    assert run(["ledger", "move", "jinan", "--take-back"], environ, version="0") == Exit.DONE
    assert listed(environ, capsys)["jinan"]["state"] == "open"
