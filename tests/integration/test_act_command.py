"""Without this file any terminal could act in a role that no key gave it."""

import json
from pathlib import Path
from uuid import uuid4

import pytest

from api.examples import example_body
from commands.act_catalogue import PETITIONS, known_acts
from commands.failures import Exit
from commands.main import run
from domain.catalogue import PETITION_COMMANDS, RESOURCES
from domain.vocabulary import Role
from ledger.api_keys import KeyGrant, issue_key
from ledger.application import PetitionLedger
from ledger.database import Database
from tests.api_clients import NOW, SUBMISSION, open_example_ledger
from tests.integration.test_report_command import connect_by


@pytest.fixture
def environ(database: Database) -> dict[str, str]:
    """Return the environment of a terminal of the intake, in front of an opened ledger."""
    open_example_ledger(database)
    with PetitionLedger(database, lambda: NOW) as ledger:
        roster = ledger.reference.roster().state
    grant = KeyGrant(label="terminal", role=Role.INTAKE, actor_id="intake-1")
    return connect_by(database) | {"TAIZHANG_KEY": issue_key(database, grant, roster, NOW)}


@pytest.fixture
def body(tmp_path: Path) -> Path:
    """Return a file with a submission."""
    path = tmp_path / "body.json"
    path.write_text(json.dumps(SUBMISSION), encoding="utf-8")
    return path


def test_act_gives_commands_in_the_role_of_the_key(
    environ: dict[str, str], body: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A petition is filed and registered, and the same key answers a repetition."""
    file = ["act", PETITIONS, "submit-petition", "--json-file", str(body)]
    assert run([*file, "--idempotency-key", "k"], environ, version="0") == Exit.DONE
    filed = json.loads(capsys.readouterr().out)
    assert (filed["schema"], filed["version"], filed["replayed"]) == (
        "taizhang.receipt/1",
        1,
        False,
    )
    assert run([*file, "--idempotency-key", "k"], environ, version="0") == Exit.DONE
    assert json.loads(capsys.readouterr().out) == {**filed, "replayed": True}
    register = ["act", PETITIONS, "register-petition", filed["id"], "--version", "1"]
    assert run(register, environ, version="0") == Exit.DONE
    assert json.loads(capsys.readouterr().out)["version"] == 2
    assert run(register, environ, version="0") == Exit.REFUSED
    assert "stale-version" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "exit_code", "said"),
    [
        (["spaceships"], Exit.USAGE, "no resource 'spaceships'"),
        (["policies", "fly"], Exit.USAGE, "no command 'fly'"),
        (["policies", "publish-policy"], Exit.USAGE, "needs the id"),
        (["policies", "draft-policy", str(uuid4())], Exit.USAGE, "takes no id"),
        (["policies", "draft-policy"], Exit.USAGE, "/title: "),
        ([PETITIONS, "register-petition", str(uuid4())], Exit.NOT_FOUND, "unknown-petition"),
        (["grants", "pay-grant", str(uuid4())], Exit.NOT_FOUND, "unknown-grant"),
    ],
)
def test_act_says_what_is_wrong_and_changes_nothing(
    environ: dict[str, str],
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    exit_code: Exit,
    said: str,
) -> None:
    """Every wrong call ends with its own exit code and one text."""
    assert run(["act", *arguments], environ, version="0") == exit_code
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("key", [None, "", "tz_1_2_3"])
def test_act_without_a_proper_key_is_not_allowed(
    environ: dict[str, str], body: Path, capsys: pytest.CaptureFixture[str], key: str | None
) -> None:
    """The command line asks who is calling just as the API does."""
    mine = {name: value for name, value in environ.items() if name != "TAIZHANG_KEY"}
    mine |= {} if key is None else {"TAIZHANG_KEY": key}
    arguments = ["act", PETITIONS, "submit-petition", "--json-file", str(body)]
    assert run(arguments, mine, version="0") == Exit.NOT_ALLOWED
    assert "taizhang keys add" in capsys.readouterr().err


def test_act_in_a_role_that_may_not_is_not_allowed(
    environ: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command's own list of roles decides, as it does behind the API."""
    (draft,) = (each for each in known_acts("policies") if each.name == "draft-policy")
    assert Role.INTAKE not in draft.kind.roles
    path = tmp_path / "body.json"
    path.write_text(json.dumps(example_body(draft.kind)), encoding="utf-8")
    arguments = ["act", "policies", draft.name, "--json-file", str(path)]
    assert run(arguments, environ, version="0") == Exit.NOT_ALLOWED
    assert "not-permitted" in capsys.readouterr().err


def test_act_lists_every_resource_and_every_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Nothing of the catalogue is missing, in either language."""
    for language, label in (("zh", "诉求"), ("en", "petition")):
        assert run(["act"], {"TAIZHANG_LANG": language}, version="0") == Exit.DONE
        lines = dict(line.split("\t") for line in capsys.readouterr().out.splitlines())
        assert lines[PETITIONS] == label
        assert set(lines) == {PETITIONS, *(each.path for each in RESOURCES)}
        for path in lines:
            assert run(["act", path], {"TAIZHANG_LANG": language}, version="0") == Exit.DONE
            listed = [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()]
            assert listed == [each.name for each in known_acts(path)]
    assert len(known_acts(PETITIONS)) == len(PETITION_COMMANDS) + 1
