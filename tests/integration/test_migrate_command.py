"""``taizhang migrate``: the explicit step that sets a ledger up, and its plan."""

import json

import pytest

from commands.main import run
from ledger.database import Database, Role
from ledger.migration import shipped_migrations
from ledger.migration_plan import plan

TITLES = [step.title for step in shipped_migrations()]


@pytest.fixture
def environ(empty_database: Database) -> dict[str, str]:
    """Return the environment of a database in which nothing was set up."""
    return {
        "TAIZHANG_LANG": "en",
        "TAIZHANG_DSN": empty_database.dsns[Role.APP],
        "TAIZHANG_OWNER_DSN": empty_database.dsns[Role.OWNER],
        "TAIZHANG_PROJECTOR_DSN": empty_database.dsns[Role.PROJECTOR],
        "TAIZHANG_ADMIN_DSN": empty_database.admin_dsn,
    }


def test_migrate_plans_without_changing_anything(
    empty_database: Database, environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """``--plan`` names every migration and applies none."""
    assert run(["migrate", "--plan"], environ, version="0") == 0
    assert capsys.readouterr().out.splitlines()[1:] == TITLES
    assert len(plan(empty_database).pending) == len(TITLES)


def test_migrate_sets_a_ledger_up_once(
    empty_database: Database, environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The first run applies all, the second finds nothing to do."""
    assert run(["migrate"], environ, version="0") == 0
    assert capsys.readouterr().out.splitlines()[1:] == TITLES
    assert plan(empty_database).pending == ()
    assert run(["migrate"], environ, version="0") == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_migrate_answers_scripts_in_json(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Scripts see what was there, what is pending and what was applied."""
    documents = []
    for option in ("--plan", "--json", "--json"):
        assert run(["migrate", option, "--json"], environ, version="0") == 0
        documents.append(json.loads(capsys.readouterr().out))
    planned, applied, again = documents
    assert planned["pending"] == applied["applied_now"] == again["applied_before"] == TITLES
    assert planned["applied_now"] == applied["pending"] == again["applied_now"] == []


def test_migrate_refuses_a_ledger_of_a_later_program(
    database: Database, environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A newer schema is left alone, with exit 6 and what to do."""
    with database.connect(Role.OWNER) as connection:
        connection.execute(
            "INSERT INTO migration (number, name, sha256) VALUES (9000, 'later', repeat('0', 64))"
        )
    environ = environ | {
        "TAIZHANG_DSN": database.dsns[Role.APP],
        "TAIZHANG_ADMIN_DSN": database.admin_dsn,
    }
    assert run(["migrate"], environ, version="0") == 6
    assert "9000_later" in capsys.readouterr().err
