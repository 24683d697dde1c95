"""Petitions of random histories, appended to a ledger's log as an application would."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from random import Random
from uuid import UUID

from domain.act import Act
from domain.petition import PetitionEvent
from domain.vocabulary import Role as Actor
from ledger.append import prepare_append
from ledger.codec import DomainEvent, EventCodec
from ledger.database import Database, Role
from ledger.recorder import LedgerRecorder
from tests.histories import START, draw_history

CODEC = EventCodec()


def open_recorder(database: Database) -> LedgerRecorder:
    """Return a recorder of the ledger; close it."""
    return LedgerRecorder(
        database.ledger,
        lambda: database.connect(Role.APP, autocommit=True),
        database.schema,
    )


def draw_log(seed: int, petitions_len: int, events_max: int = 12) -> list[PetitionEvent]:
    """Return the events of many petitions, interleaved at random, each stream in order."""
    random = Random(seed)  # noqa: S311 - repeatable, no secret
    streams = [
        draw_history(
            random,
            UUID(int=random.getrandbits(128), version=4),
            events_max,
            START + timedelta(hours=random.randrange(24 * 60)),
        )
        for _ in range(petitions_len)
    ]
    order = [number for number, stream in enumerate(streams) for _ in stream]
    random.shuffle(order)
    heads = [iter(stream) for stream in streams]
    return [next(heads[number]) for number in order]


def append_events(recorder: LedgerRecorder, events: Iterable[DomainEvent]) -> None:
    """Append events in chunks, so that a test need not wait for a commit per event."""
    chunk: list[DomainEvent] = []
    for event in events:
        chunk.append(event)
        if len(chunk) == 1_000:
            _append(recorder, chunk)
            chunk = []
    _append(recorder, chunk)


def _append(recorder: LedgerRecorder, chunk: Sequence[DomainEvent]) -> None:
    if not chunk:
        return
    act = Act(actor_id="tester", actor_role=Actor.SYSTEM, occurred_at=START)
    encoded = [CODEC.encode(event) for event in chunk]
    recorder.append(prepare_append(recorder.ledger, encoded, act=act))
