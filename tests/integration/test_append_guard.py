"""What keeps the log append-only is known, on one server and on a cluster without triggers."""

import re
from contextlib import closing
from typing import LiteralString

import psycopg
import pytest

from ledger.append_guard import AppendGuard, check_guard, read_guard
from ledger.database import Database, Role
from ledger.migrate import migrate
from ledger.migration import migration_statements, without_triggers
from ledger.migration_plan import plan
from ledger.startup import StartupCode, StartupError
from projections.engine import Engine
from projections.models import MODELS
from replay.finding import Fault
from replay.verify import verify
from tests.integration.appending import one_event, open_recorder, positions_in, stream
from tests.integration.test_schema_catalog import read_catalog

_PRETEND_CITUS: LiteralString = """
SET allow_system_table_mods = on;
INSERT INTO pg_extension (
    oid, extname, extowner, extnamespace, extrelocatable, extversion
) VALUES (99999, 'citus', 10, 'pg_catalog'::regnamespace, false, '13.0-1')
"""


@pytest.fixture
def sharded_database(empty_database: Database) -> Database:
    """Return a ledger that was set up where the catalog names the extension Citus."""
    with psycopg.connect(empty_database.admin_conninfo()) as admin:
        admin.execute(_PRETEND_CITUS)
    migrate(empty_database)
    return empty_database


def test_sharded_ledger_differs_by_its_triggers_alone(
    sharded_database: Database, database: Database
) -> None:
    """Tables, rules, indexes, functions and grants are the same with and without Citus."""
    with database.connect(Role.OWNER) as connection:
        ordinary = read_catalog(connection, database.schema)
    with sharded_database.connect(Role.OWNER) as connection:
        sharded = read_catalog(connection, sharded_database.schema)
    assert {row[:3] for row in sharded ^ ordinary} == {
        ("trigger", "event", "event_append_only_trigger")
    }
    assert plan(sharded_database).pending == ()
    assert migrate(sharded_database) == ()


def test_sharded_ledger_is_append_only_by_grants(sharded_database: Database) -> None:
    """Without the trigger neither program can change an event, and verify says what holds."""
    with closing(open_recorder(sharded_database)) as recorder:
        recorder.append(one_event(stream(1), 1))
    for role in (Role.APP, Role.PROJECTOR):
        for change in ("UPDATE event SET payload = ''", "DELETE FROM event", "TRUNCATE event"):
            with (
                sharded_database.connect(role) as connection,
                pytest.raises(psycopg.errors.InsufficientPrivilege),
            ):
                connection.execute(change.encode())
    assert positions_in(sharded_database) == [1]
    with sharded_database.connect(Role.PROJECTOR, autocommit=True) as connection:
        assert check_guard(connection) is AppendGuard.GRANTS
        Engine(connection, MODELS)
    verified = verify(sharded_database, [])
    assert (verified.findings, verified.guard) == ([], AppendGuard.GRANTS)


def test_ordinary_ledger_is_append_only_by_grants_and_trigger(database: Database) -> None:
    """On one server both hold."""
    with database.connect(Role.APP) as connection:
        assert check_guard(connection) is AppendGuard.TRIGGER
    assert verify(database, []).guard is AppendGuard.TRIGGER


@pytest.mark.parametrize(
    ("planted", "named"),
    [
        ("ALTER TABLE event DISABLE TRIGGER ALL", "trigger"),
        ("ALTER TABLE event ENABLE TRIGGER event_append_only_trigger", "trigger"),
        ("DROP TRIGGER event_append_only_trigger ON event", "trigger"),
        ("GRANT DELETE ON event TO tz_projector", "tz_projector"),
        ("GRANT UPDATE (payload) ON event TO tz_app", "tz_app"),
        ("GRANT TRUNCATE ON event TO PUBLIC", "PUBLIC"),
    ],
)
def test_missing_guard_is_found(database: Database, planted: LiteralString, named: str) -> None:
    """Whatever would let somebody change an event is named by doctor and verify."""
    with psycopg.connect(database.admin_conninfo()) as admin:
        admin.execute(planted)
    with database.connect(Role.APP) as connection, pytest.raises(StartupError) as caught:
        check_guard(connection)
    assert caught.value.code is StartupCode.NOT_APPEND_ONLY
    assert named in caught.value.why.en
    (finding,) = verify(database, []).findings
    assert (finding.fault, finding.table) == (Fault.NOT_APPEND_ONLY, "event")
    assert named in finding.text.en


def test_grant_that_is_loose_is_found_without_triggers_too(sharded_database: Database) -> None:
    """Where grants alone hold, one too many leaves nothing."""
    with sharded_database.connect(Role.OWNER) as owner:
        owner.execute("GRANT UPDATE ON event TO tz_app")
        assert read_guard(owner).guard is AppendGuard.NONE


def test_every_statement_about_triggers_can_be_left_out() -> None:
    """A trigger made in another form would stop a migration on a cluster."""
    for step, statements in migration_statements().items():
        without_comments = re.sub("--.*", "", without_triggers(statements))
        words = re.findall(r"\w+ \bTRIGGER\b", without_comments, re.IGNORECASE)
        assert words in ([], ["RETURNS trigger"]), step.title
