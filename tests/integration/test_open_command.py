"""Opening a ledger of one's own from a terminal, as a city that moves in does."""

import json
from pathlib import Path

import pytest

from commands.failures import Exit
from commands.main import run
from ledger.database import Database
from tests.integration.test_report_command import connect_by

UNITS = """
[[units]]
unit_id = "hub"
name = ["示例枢纽", "Example hub"]
tier = "city"
kind = "hub"

[[units]]
unit_id = "roads"
name = ["示例交通局", "Example roads"]
tier = "city"
kind = "department"
"""
MORE = """
[[units]]
unit_id = "water"
name = ["示例水务局", "Example water"]
tier = "county"
parent = "hub"
kind = "department"
"""


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """Return a file with two units."""
    path = tmp_path / "units.toml"
    path.write_text(UNITS, encoding="utf-8")
    return path


@pytest.fixture
def environ(database: Database) -> dict[str, str]:
    """Return the environment of an operator in front of an empty ledger."""
    return connect_by(database) | {"TAIZHANG_LANG": "en"}


def opening(environ: dict[str, str], units: Path, pack: str = "s2_quanzhou") -> int:
    """Open the ledger and return the exit code."""
    arguments = ["open", "--pack", pack, "--units", str(units), "--name", "示例市"]
    return run([*arguments, "--name-en", "Example City"], environ, version="0")


def test_opened_ledger_takes_keys_and_petitions(
    environ: dict[str, str], units: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Before, an administrator's key is refused and says what to do; after, a case is filed."""
    key = ["keys", "add", "--role", "intake", "--name", "desk"]
    assert run(key, environ, version="0") == Exit.REFUSED
    assert "taizhang open" in capsys.readouterr().err
    assert opening(environ, units) == Exit.DONE
    assert "2 units, policy pack s2_quanzhou@1" in capsys.readouterr().out
    assert run(key, environ, version="0") == Exit.DONE
    held = environ | {"TAIZHANG_KEY": capsys.readouterr().out.strip()}
    body = tmp_path / "body.json"
    body.write_text(
        json.dumps(
            {
                "channel": "one_click_letter",
                "petition_type": "appeal",
                "subject": "停车难",
                "text": "园区停车位不足。",
                "petitioner_name": "示例联系人",
            }
        ),
        encoding="utf-8",
    )
    filing = ["act", "petitions", "submission", "--json-file", str(body)]
    names = run(["act", "petitions"], held, version="0")
    assert names == Exit.DONE
    first = capsys.readouterr().out.splitlines()[0].split("\t")[0]
    assert run([*filing[:2], first, *filing[3:]], held, version="0") == Exit.DONE


def test_opening_again_adds_only_what_is_new(
    environ: dict[str, str], units: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same file changes nothing; a unit new in it is added."""
    assert opening(environ, units) == opening(environ, units) == Exit.DONE
    capsys.readouterr()
    run(["events", "--json", "--limit", "500"], environ, version="0")
    before = json.loads(capsys.readouterr().out)["next_after"]
    assert opening(environ, units) == Exit.DONE
    units.write_text(UNITS + MORE, encoding="utf-8")
    assert opening(environ, units) == Exit.DONE
    capsys.readouterr()
    run(["events", "--json", "--after", str(before)], environ, version="0")
    items = json.loads(capsys.readouterr().out)["items"]
    assert [item["topic"] for item in items] == ["roster.unit_registered"]


@pytest.mark.parametrize(
    ("text", "exit_code"),
    [
        ("[[units]]\nunit_id = 'x'", Exit.REFUSED),
        ("units = 3", Exit.REFUSED),
        ("not toml", Exit.REFUSED),
        (UNITS.replace('kind = "hub"', 'kind = "castle"'), Exit.REFUSED),
        (MORE, Exit.NOT_FOUND),
    ],
)
def test_file_of_units_that_does_not_fit_is_refused(
    environ: dict[str, str], units: Path, text: str, exit_code: Exit
) -> None:
    """A wrong file, or a parent that is nowhere, records no unit."""
    units.write_text(text, encoding="utf-8")
    assert opening(environ, units) == exit_code


def test_unknown_pack_is_refused_with_the_names_there_are(
    environ: dict[str, str], units: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is opened half: the pack is read before anything is recorded."""
    assert opening(environ, units, "s9_nowhere") == Exit.REFUSED
    assert "s2_quanzhou" in capsys.readouterr().err
    assert opening(environ, units, "missing.toml") == Exit.USAGE
