"""The log refuses every change of what it holds, whoever asks."""

from contextlib import closing

import psycopg
import pytest

from ledger.database import Database, Role
from tests.integration.appending import one_event, open_recorder, stream

CHANGES = (
    "UPDATE event SET actor_id = 'somebody else'",
    "DELETE FROM event",
    "TRUNCATE event",
)


@pytest.fixture
def one_event_database(database: Database) -> Database:
    """Return a ledger that holds one event with a key and a claim."""
    with closing(open_recorder(database)) as recorder:
        recorder.append(one_event(stream(1), 1, key="k-1", claims=["2026-0001"]))
    return database


def _event_rows(database: Database) -> list[tuple[object, ...]]:
    with database.connect(Role.APP) as connection:
        return connection.execute("SELECT * FROM event").fetchall()


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("role", list(Role))
def test_event_log_refuses_change_for_role(
    one_event_database: Database, role: Role, change: str
) -> None:
    """Neither the program nor the projector nor the owner can change what was recorded."""
    before = _event_rows(one_event_database)
    with (
        one_event_database.connect(role) as connection,
        pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.RestrictViolation)),
    ):
        connection.execute(change.encode())
    assert _event_rows(one_event_database) == before


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("as_replica", [False, True])
def test_event_log_refuses_change_by_superuser(
    one_event_database: Database, change: str, *, as_replica: bool
) -> None:
    """A superuser is refused too, also in a session that skips ordinary triggers."""
    before = _event_rows(one_event_database)
    with psycopg.connect(one_event_database.admin_conninfo()) as connection:
        connection.execute("SET search_path = tz_main")
        if as_replica:
            connection.execute("SET session_replication_role = replica")
        with pytest.raises(psycopg.errors.RestrictViolation, match="refused"):
            connection.execute(change.encode())
    assert _event_rows(one_event_database) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE command SET outcome = ''",
        "DELETE FROM command",
        "TRUNCATE command",
        "UPDATE claim SET value = 'other'",
        "DELETE FROM claim",
        "UPDATE personal SET value = ''",
        "DELETE FROM personal",
        "UPDATE secret SET value = value",
        "UPDATE head SET ledger = 'other'",
        "INSERT INTO head VALUES ('other', 0, now())",
        "DELETE FROM head",
        "DROP TABLE event",
        "ALTER TABLE event DISABLE TRIGGER ALL",
    ],
)
def test_app_role_is_refused_what_it_never_needs(database: Database, statement: str) -> None:
    """The running program may add, and move the end of the log; nothing else."""
    with (
        database.connect(Role.APP) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement.encode())


@pytest.mark.parametrize("table", ["personal", "command", "claim", "secret"])
def test_projector_role_sees_no_personal_value(database: Database, table: str) -> None:
    """Read models are made from the log alone, which holds no name."""
    with (
        database.connect(Role.PROJECTOR) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(f"SELECT FROM {table}".encode())


def test_owner_role_may_erase_personal_values(database: Database) -> None:
    """Erasure is the one lawful deletion, and only the owner can do it."""
    with database.connect(Role.OWNER) as connection:
        assert connection.execute("DELETE FROM personal").statusmessage == "DELETE 0"
