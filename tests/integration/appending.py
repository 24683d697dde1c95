"""Appends for tests of the store: a fixed actor, small events, and who records them."""

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
from psycopg import Connection

from domain.act import Act
from domain.vocabulary import Role as ActorRole
from ledger.append import Append, CommandKey, prepare_append
from ledger.codec import EncodedEvent
from ledger.database import Database, Role
from ledger.personal import PersonalValue
from ledger.recorder import LedgerRecorder
from ledger.waiting_line import AppenderLimits
from tests.programs import PATIENCE_S, wait_until

OCCURRED_AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
ACT = Act(
    actor_id="clerk-1", actor_role=ActorRole.INTAKE, actor_unit="hub", occurred_at=OCCURRED_AT
)


def stream(number: int) -> UUID:
    """Return the id of a numbered stream."""
    return UUID(int=number)


def open_recorder(database: Database, limits: AppenderLimits | None = None) -> LedgerRecorder:
    """Return a recorder on a ledger; the caller closes it.

    It waits for the append lock as long as a test may hold that.
    """

    def connect() -> Connection[Any]:
        connection = database.connect(Role.APP, autocommit=True)
        connection.execute("SELECT set_config('lock_timeout', %s, FALSE)", [f"{PATIENCE_S}s"])
        return connection

    return LedgerRecorder(database.ledger, connect, database.schema, limits)


def encoded(
    originator_id: UUID,
    version: int,
    payload: bytes = b"{}",
    personal: tuple[PersonalValue, ...] = (),
) -> EncodedEvent:
    """Return an event as the codec would hand it over."""
    return EncodedEvent(originator_id, version, "note.taken", 1, OCCURRED_AT, payload, personal)


def one_event(
    originator_id: UUID,
    version: int,
    *,
    key: str | None = None,
    claims: Iterable[str] = (),
    act: Act = ACT,
) -> Append:
    """Return an append of one event."""
    command = key and CommandKey(act.actor_id, key, b"f" * 32, b"{}")
    act = msgspec.structs.replace(act, idempotency_key=key)
    return prepare_append(
        "main", [encoded(originator_id, version)], act=act, command=command or None, claims=claims
    )


def record_in_one_batch(
    database: Database, recorder: LedgerRecorder, appends: Iterable[Append]
) -> list[range | Exception]:
    """Return the answers of appends that wait together behind a held append lock.

    A first append takes the appender to the lock, so that the others share the
    batch after it, in their order.
    """
    appends = list(appends)
    with ThreadPoolExecutor(len(appends) + 1) as pool:
        with database.connect(Role.OWNER) as holder:
            holder.execute("SELECT FROM head FOR UPDATE")
            first = pool.submit(recorder.append, one_event(stream(999_999), 1))
            await_lock_waiter(holder)
            futures: list[Future[range]] = []
            for append in appends:
                futures.append(pool.submit(recorder.append, append))
                wait_until(lambda: waiting_len(recorder) == len(futures))
            holder.rollback()
        assert first.result() == range(first.result()[0], first.result()[0] + 1)
        return [outcome(future) for future in futures]


def outcome(future: Future[range]) -> range | Exception:
    """Return what a future gave or raised."""
    error = future.exception()
    return error if isinstance(error, Exception) else future.result()


def waiting_len(recorder: LedgerRecorder) -> int:
    """Return how many appends wait in this process."""
    mine: Any = recorder
    return len(mine._mine().appender._line._tickets)  # noqa: SLF001 - nothing else tells


def await_lock_waiter(holder: Connection[Any]) -> None:
    """Block until some session waits for the end of a transaction that holds a row lock."""

    def has_waiter() -> bool:
        row = holder.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted"
            " AND transactionid = pg_current_xact_id_if_assigned()::xid)"
        ).fetchone()
        return row is not None and row[0]

    wait_until(has_waiter)


def positions_in(database: Database) -> list[int]:
    """Return every position of the log, in order."""
    with database.connect(Role.APP) as connection:
        rows = connection.execute("SELECT position FROM event ORDER BY position").fetchall()
    return [position for (position,) in rows]
