"""Tests of the step that gives a ledger its tables."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from ledger import migrate as migrate_module
from ledger import migration_plan
from ledger.database import Database, Role
from ledger.migrate import migrate
from ledger.migration import Migration, migration_statements, shipped_migrations
from ledger.migration_plan import check, plan
from tests.programs import ROOT

_MIGRATE = """
import json
import sys
from ledger.database import Database, Role
from ledger.migrate import migrate
given = json.load(sys.stdin)
dsns = {Role(role): dsn for role, dsn in given["dsns"].items()}
print(len(migrate(Database(given["ledger"], dsns, given["admin_dsn"]))))
"""


@pytest.fixture
def ordinary_login(empty_database: Database) -> Iterator[Database]:
    """Yield a database with one connection string for all roles, of a login without rights."""
    if empty_database.server is None:
        yield empty_database
        return
    with psycopg.connect(empty_database.admin_conninfo(), autocommit=True) as admin:
        # The embedded server lets in known names alone: lend the login one of them.
        admin.execute("CREATE ROLE ordinary LOGIN")
        data = empty_database.server.folder.data
        idents = (data / "pg_ident.conf").read_text()
        (data / "pg_ident.conf").write_text(idents + idents.replace("tz_app", "ordinary"))
        admin.execute("SELECT pg_reload_conf()")
        dsn = make_conninfo(empty_database.dsns[Role.APP], user="ordinary")
        yield replace(empty_database, dsns=dict.fromkeys(Role, dsn))
        (data / "pg_ident.conf").write_text(idents)
        admin.execute("SELECT pg_reload_conf()")
        admin.execute("DROP ROLE ordinary")


def test_migrate_applies_every_migration_once(empty_database: Database) -> None:
    """A second run finds nothing to do, and every run says what it did."""
    assert plan(empty_database).pending == shipped_migrations()
    assert migrate(empty_database) == shipped_migrations()
    assert migrate(empty_database) == ()
    assert plan(empty_database).applied == shipped_migrations()
    check(empty_database)


def test_migrate_is_safe_when_many_processes_run_it(empty_database: Database) -> None:
    """Of twenty runs at once one does the work and none fails."""
    given = json.dumps(
        {
            "ledger": empty_database.ledger,
            "dsns": dict(empty_database.dsns),
            "admin_dsn": empty_database.admin_dsn,
        }
    )
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", _MIGRATE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.fspath(ROOT)},
        )
        for _ in range(20)
    ]
    for program in programs:
        assert program.stdin is not None
        program.stdin.write(given)
        program.stdin.close()
        program.stdin = None
    answers = [program.communicate(timeout=120) for program in programs]
    assert [error for _, error in answers if error] == []
    counts = sorted(int(out) for out, _ in answers)
    assert counts == [0] * 19 + [len(shipped_migrations())]
    check(empty_database)


def test_migration_that_fails_leaves_no_trace(
    empty_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those before a wrong migration stay, it and its record are undone."""
    shipped = shipped_migrations()
    wrong = Migration(len(shipped) + 1, "wrong", "x")
    statements = migration_statements()
    monkeypatch.setattr(migration_plan, "shipped_migrations", lambda: (*shipped, wrong))
    monkeypatch.setattr(
        migrate_module,
        "migration_statements",
        lambda: {**statements, wrong: "CREATE TABLE half (n integer); SELECT 1/0"},
    )
    with pytest.raises(psycopg.errors.DivisionByZero):
        migrate(empty_database)
    with empty_database.connect(Role.OWNER) as connection:
        assert connection.execute("SELECT to_regclass('half')").fetchone() == (None,)
        count = connection.execute("SELECT count(*) FROM migration").fetchone()
    assert count == (len(shipped),)


def test_two_ledgers_share_a_database(database: Database) -> None:
    """Each ledger is a schema of its own, and sees nothing of the other."""
    other = replace(database, ledger="other_city")
    migrate(other)
    check(other)
    with other.connect(Role.OWNER) as connection:
        connection.execute("CREATE TABLE only_here (n integer)")
    with database.connect(Role.OWNER) as connection:
        assert connection.execute("SELECT to_regclass('only_here')").fetchone() == (None,)


def test_connection_takes_its_role(database: Database) -> None:
    """A connection acts as the role it was asked for, in the ledger's schema and in UTC."""
    for role in Role:
        with database.connect(role) as connection:
            row = connection.execute(
                "SELECT current_user, current_schema, current_setting('TimeZone'),"
                " current_setting('search_path')"
            ).fetchone()
        assert row == (role.value, "tz_main", "UTC", "tz_main")


def test_one_ordinary_login_takes_all_three_roles(ordinary_login: Database) -> None:
    """With one connection string migrate lets its user take the roles, and no other right."""
    migrate(ordinary_login)
    check(ordinary_login)
    for role in Role:
        with ordinary_login.pool(role, max_size=2) as pool, pool.connection() as connection:
            row = connection.execute(
                "SELECT current_user, session_user <> current_user, current_setting('lock_timeout')"
            ).fetchone()
        assert row == (role.value, True, "5s")
