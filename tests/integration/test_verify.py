"""Tests of the reader that believes nothing: every planted fault must be named."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg import Connection

from ledger.database import Database, Role
from ledger.recorder import LedgerRecorder
from projections.engine import Engine
from projections.models import MODELS
from replay.finding import Fault
from replay.row_check import TABLES
from replay.shadow import Purpose, ReplayBusyError, Shadow
from replay.verify import verify
from tests.integration.live_projector import following
from tests.integration.logged_petitions import append_events, draw_log, open_recorder

EVENTS_LEN = 200


@pytest.fixture
def recorder(database: Database) -> Iterator[LedgerRecorder]:
    """Yield a recorder of a ledger with 200 events and current read models."""
    recorder = open_recorder(database)
    append_events(recorder, draw_log(21, 60)[:EVENTS_LEN])
    with database.connect(Role.PROJECTOR, autocommit=True) as connection:
        Engine(connection, MODELS).catch_up()
    yield recorder
    recorder.close()


def _plant(database: Database, *statements: LiteralString) -> None:
    """Do as somebody might who holds the server itself."""
    with psycopg.connect(database.admin_conninfo()) as admin:
        admin.execute("ALTER TABLE event DISABLE TRIGGER ALL")
        for statement in statements:
            admin.execute(statement)
        admin.execute("ALTER TABLE event ENABLE ALWAYS TRIGGER event_append_only_trigger")


def test_verify_compares_every_table_of_every_read_model() -> None:
    """A read model nobody compares could say anything."""
    assert set(TABLES) == {table for model in MODELS for table in model.tables}


@pytest.mark.usefixtures("recorder")
def test_verify_finds_nothing_in_an_untouched_ledger(database: Database) -> None:
    """A ledger that only its own programs wrote is right, and stays as it was."""
    for jobs in (1, 2):
        verified = verify(database, jobs=jobs)
        assert verified.findings == []
        assert verified.position == EVENTS_LEN
        assert verified.models == {model.name: EVENTS_LEN for model in MODELS}
    with psycopg.connect(database.admin_conninfo()) as admin:
        schemas = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'tz%'"
        assert admin.execute(schemas).fetchall() == [(database.schema,)]


def test_verify_finds_nothing_while_the_ledger_is_in_use(
    database: Database, recorder: LedgerRecorder
) -> None:
    """Appends and the engine go on; rows are compared at one position."""
    more = iter(draw_log(22, 60))

    def append_some(*_: int) -> None:
        append_events(recorder, islice(more, 20))

    with following(database):
        verified = verify(database, progress=append_some)
    assert verified.findings == []


@pytest.mark.usefixtures("recorder")
@pytest.mark.parametrize(
    ("statement", "fault", "position"),
    [
        (
            "UPDATE event SET payload = payload || '\\x20' WHERE position = 1",
            Fault.LEAF_DIFFERS,
            1,
        ),
        (
            "UPDATE event SET actor_id = 'somebody else' WHERE position = 50",
            Fault.LEAF_DIFFERS,
            50,
        ),
        ("DELETE FROM event WHERE position = 77", Fault.POSITION_GAP, 77),
        ("DELETE FROM event WHERE position = 200", Fault.POSITION_GAP, 200),
        ("UPDATE head SET position = 199", Fault.HEAD_DIFFERS, 199),
        ("UPDATE head SET recorded_at = 'epoch'", Fault.HEAD_DIFFERS, 200),
        (
            "UPDATE event SET recorded_at = recorded_at - interval '1 day' WHERE position = 60",
            Fault.LEAF_DIFFERS,
            60,
        ),
        (
            """UPDATE personal SET value = '"nobody"' WHERE (originator_id, version) =
            (SELECT originator_id, version FROM event WHERE position = 1)""",
            Fault.COMMITMENT_DIFFERS,
            1,
        ),
    ],
)
def test_verify_names_the_first_position_when_the_log_was_changed(
    database: Database, statement: LiteralString, fault: Fault, position: int
) -> None:
    """Whatever is changed in the log without its hash, verify says where."""
    _plant(database, statement)
    found = verify(database).findings[0]
    assert (found.fault, found.position) == (fault, position)
    assert str(position) in found.text.zh
    assert str(position) in found.text.en


@pytest.mark.usefixtures("recorder")
def test_verify_names_the_first_position_when_events_were_swapped(database: Database) -> None:
    """Two events that change places keep their hashes, and match them no more."""
    _plant(
        database,
        "UPDATE event SET position = 1000 WHERE position = 30",
        "UPDATE event SET position = 30 WHERE position = 31",
        "UPDATE event SET position = 31 WHERE position = 1000",
    )
    found = verify(database).findings[0]
    assert (found.fault, found.position) == (Fault.LEAF_DIFFERS, 30)


@pytest.mark.usefixtures("recorder")
def test_verify_accepts_erased_personal_values(database: Database) -> None:
    """Erasure is lawful: a commitment that nothing opens any more is no fault."""
    _plant(database, "DELETE FROM personal")
    assert verify(database).findings == []


@pytest.mark.usefixtures("recorder")
@pytest.mark.parametrize(
    ("statement", "fault", "table"),
    [
        (
            "UPDATE rate SET counts = counts + 1 WHERE ctid = (SELECT ctid FROM rate LIMIT 1)",
            Fault.ROW_DIFFERS,
            "rate",
        ),
        (
            "DELETE FROM rate WHERE ctid = (SELECT ctid FROM rate LIMIT 1)",
            Fault.ROW_MISSING,
            "rate",
        ),
        (
            "UPDATE petition_facts SET state = 'closed' WHERE state = 'registered'",
            Fault.ROW_DIFFERS,
            "petition_facts",
        ),
        (
            "INSERT INTO unit VALUES ('ghost', '无', 'none', 'city', NULL, 'other', NULL)",
            Fault.ROW_EXTRA,
            "unit",
        ),
        (
            "DELETE FROM worklist WHERE ctid = (SELECT ctid FROM worklist LIMIT 1)",
            Fault.ROW_MISSING,
            "worklist",
        ),
        (
            "INSERT INTO petition_step SELECT * FROM petition_step LIMIT 1",
            Fault.ROW_EXTRA,
            "petition_step",
        ),
    ],
)
def test_verify_names_table_and_key_when_a_row_was_changed(
    database: Database, statement: LiteralString, fault: Fault, table: str
) -> None:
    """A figure that does not follow from the log is found, whatever was done to it."""
    _plant(database, statement)
    verified = verify(database)
    (found,) = verified.findings
    assert (found.fault, found.table) == (fault, table)
    assert found.key
    assert table in found.text.zh


def test_verify_lets_the_next_one_in_before_its_session_has_ended(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server notices only later that a session ended; nobody is to wait for that."""
    connect = Shadow.connect
    sessions: list[Connection[Any]] = []

    @contextmanager
    def lasting(shadow: Shadow, role: Role) -> Iterator[Connection[Any]]:
        sessions.append(connect(shadow, role))
        yield sessions[-1]

    monkeypatch.setattr(Shadow, "connect", lasting)
    shadow = Shadow(database, Purpose.VERIFY, ())
    for _ in range(2):
        with shadow.hold(), pytest.raises(ReplayBusyError), shadow.hold():
            pass
    for session in sessions:
        session.close()


@pytest.mark.usefixtures("recorder")
def test_verify_reports_a_model_that_stands_still(database: Database) -> None:
    """A stopped model is a finding, even if its rows are right as far as they go."""
    _plant(
        database,
        "UPDATE projection SET stopped_position = 201, stopped_cause = 'X' WHERE model = 'units'",
    )
    (found,) = verify(database).findings
    assert (found.fault, found.position) == (Fault.MODEL_STOPPED, 201)
