"""Without this file the contenders of P1 would not record the same event."""

from collections.abc import Iterable
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from eventsourcing.persistence import ApplicationRecorder, StoredEvent
from msgspec.structs import replace
from psycopg import Connection

from benchmarks.arena import LIMITS
from benchmarks.writers import Write
from ledger.append import CommandKey
from ledger.codec import EncodedEvent, EventCodec
from ledger.header import Header
from ledger.leaf import leaf_bytes, leaf_hash
from ledger.mapper import LedgerStoredEvent
from ledger.recorder import LedgerRecorder
from scenarios.decided_life import DecidedEvent, Life

TOPIC = "petition.progress_recorded"


def find_command(lives: Iterable[Life]) -> tuple[DecidedEvent, EncodedEvent]:
    """Return the event that all contenders record, as decided and as encoded."""
    decided = next(decided for life in lives for decided in life if _topic(decided) == TOPIC)
    return decided, EventCodec().encode(decided.event)


def ours_writer(recorder: LedgerRecorder, decided: DecidedEvent, encoded: EncodedEvent) -> Write:
    """Return a writer of a stream of its own, with header, personal value, key and policy."""
    stream, versions = uuid4(), count(1)

    def write() -> None:
        record_command(recorder, (decided, encoded), stream, next(versions))

    return write


def record_command(
    recorder: LedgerRecorder,
    command: tuple[DecidedEvent, EncodedEvent],
    stream: UUID,
    version: int,
) -> int:
    """Record the command at a version of a stream, with a key, and return its position."""
    decided, encoded = command
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
    answer = CommandKey(act.actor_id, key, bytes(32), b'{"version":1}')
    (position,) = recorder.insert_events([stored], act=act, policy=decided.policy, command=answer)
    return position


def library_writer(recorder: ApplicationRecorder, encoded: EncodedEvent) -> Write:
    """Return a writer of a stream of its own, with the same topic and payload."""
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


def plain_writer(
    connection: Connection[Any], decided: DecidedEvent, encoded: EncodedEvent
) -> Write:
    """Return a writer of our own rows by plain INSERT, on a connection of its own."""
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
