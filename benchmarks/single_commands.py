"""P1 at recorder level: one durable event per command, from many writers at once."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from eventsourcing.persistence import ApplicationRecorder, StoredEvent
from msgspec.structs import replace
from psycopg import Connection

from benchmarks.arena import LIMITS
from benchmarks.bench import Bench
from benchmarks.foundation import open_recorder
from benchmarks.lives import DecidedEvent, Life
from benchmarks.peer import open_peer_recorder
from benchmarks.rounds import Contender
from benchmarks.rows import Goal, Row
from benchmarks.writers import Write, measure_writers
from ledger.append import CommandKey
from ledger.codec import EncodedEvent, EventCodec
from ledger.database import Database, Role
from ledger.header import Header
from ledger.leaf import leaf_bytes, leaf_hash
from ledger.mapper import LedgerStoredEvent
from ledger.recorder import LedgerRecorder

TOPIC = "petition.progress_recorded"
GOALS = {
    1: (Goal(0.7, against="limit"),),
    32: (Goal(10, against="eventsourcing"), Goal(1.2, against="UmaDB"), Goal(1, against="limit")),
}
"""By number of writers."""


def single_command_rows(bench: Bench) -> Iterator[Row]:
    """Yield a row per number of writers. Blocking."""
    event = find_command(bench.lives)
    with ExitStack() as stack:
        database = bench.arena.open_ledger("p1_recorder")
        ours = open_recorder(database)
        stack.callback(ours.close)
        peer = stack.enter_context(open_peer_recorder(bench.arena.peer_env(), "p1_recorder"))
        for writers_len in bench.sizes.writers:
            yield _row(bench, database, ours, peer, event, writers_len)


def _row(
    bench: Bench,
    database: Database,
    ours: LedgerRecorder,
    peer: ApplicationRecorder,
    event: tuple[DecidedEvent, EncodedEvent],
    writers_len: int,
) -> Row:
    decided, encoded = event
    turn_s = bench.sizes.turn_s

    def measure_ours(_: int) -> float:
        writers = [ours_writer(ours, decided, encoded) for _ in range(writers_len)]
        return measure_writers(writers, turn_s)

    def measure_peer(_: int) -> float:
        writers = [_peer_writer(peer, encoded) for _ in range(writers_len)]
        return measure_writers(writers, turn_s)

    def measure_limit(_: int) -> float:
        with ExitStack() as stack:
            writers = [
                _plain_writer(
                    stack.enter_context(database.connect(Role.APP, autocommit=True)),
                    decided,
                    encoded,
                )
                for _ in range(writers_len)
            ]
            return measure_writers(writers, turn_s)

    work = f"recorder, {writers_len} writer{'s' if writers_len > 1 else ''}"
    figures = bench.alternate(
        [
            Contender("ours", measure_ours),
            Contender("eventsourcing", measure_peer),
            Contender("limit", measure_limit),
        ],
        title=f"P1 {work}",
    )
    return Row("P1", work, "commands/s", figures, GOALS.get(writers_len, ()))


def find_command(lives: Iterable[Life]) -> tuple[DecidedEvent, EncodedEvent]:
    """Return the event that all contenders record, as decided and as encoded."""
    decided = next(decided for life in lives for decided in life if _topic(decided) == TOPIC)
    return decided, EventCodec().encode(decided.event)


def ours_writer(recorder: LedgerRecorder, decided: DecidedEvent, encoded: EncodedEvent) -> Write:
    """Return a writer of a stream of its own, with header, personal value, key and policy."""
    stream, versions = uuid4(), count(1)

    def write() -> None:
        version = next(versions)
        key = f"bench:{stream}:{version}"
        act = replace(decided.act, idempotency_key=key)
        stored = LedgerStoredEvent(
            originator_id=stream,
            originator_version=version,
            topic=encoded.topic,
            state=encoded.payload,
            schema_version=encoded.schema_version,
            occurred_at=encoded.occurred_at,
            personal=encoded.personal,
        )
        command = CommandKey(act.actor_id, key, bytes(32), b'{"version":1}')
        recorder.insert_events([stored], act=act, policy=decided.policy, command=command)

    return write


def _peer_writer(recorder: ApplicationRecorder, encoded: EncodedEvent) -> Write:
    stream, versions = uuid4(), count(1)

    def write() -> None:
        stored = StoredEvent(
            originator_id=stream,
            originator_version=next(versions),
            topic=encoded.topic,
            state=encoded.payload,
        )
        recorder.insert_events([stored])

    return write


_positions = count(1)


def _plain_writer(
    connection: Connection[Any], decided: DecidedEvent, encoded: EncodedEvent
) -> Write:
    stream, versions = uuid4(), count(1)
    row = _plain_row(stream, decided, encoded)

    def write() -> None:
        version = next(versions)
        values = {**row, "position": next(_positions), "version": version}
        connection.execute(LIMITS["insert_plain_event"], values, prepare=True)

    return write


def _plain_row(stream: UUID, decided: DecidedEvent, encoded: EncodedEvent) -> dict[str, object]:
    act, policy = decided.act, decided.policy
    header = Header(
        ledger="p1_recorder",
        position=1,
        originator_id=stream,
        version=1,
        topic=encoded.topic,
        schema_version=encoded.schema_version,
        occurred_at=encoded.occurred_at,
        occurred_offset_min=act.occurred_offset_min,
        recorded_at=encoded.occurred_at,
        actor_id=act.actor_id,
        actor_role=str(act.actor_role),
        actor_unit=act.actor_unit,
        on_behalf_of=act.on_behalf_of,
        policy_pack=policy.pack if policy else None,
        policy_version=policy.version if policy else None,
        correlation_id=act.correlation_id,
        causation_id=act.causation_id,
        idempotency_key=f"bench:{stream}:1",
    )
    fields = {name: getattr(header, name) for name in Header.__struct_fields__}
    digest = leaf_hash(leaf_bytes(header, encoded.payload))
    return {**fields, "payload": encoded.payload, "leaf_hash": digest}


def _topic(decided: DecidedEvent) -> str:
    return str(getattr(type(decided.event), "TOPIC", ""))
