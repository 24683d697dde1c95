"""Without this file a log of a million events would have to be played command by command."""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import msgspec

from benchmarks.lives import DecidedEvent, Life
from domain.act import Act
from domain.intake_events import Registered
from ledger.append import Append, CommandKey, StreamStep, prepare_append
from ledger.canonical import canonical_bytes
from ledger.codec import EncodedEvent, EventCodec
from ledger.header import PolicyRef

WEEKS_MAX = 52
"""Lives begin in one of so many weeks, so that the roll-ups have the days of a year or two."""

_FINGERPRINT = bytes(32)


@dataclass(frozen=True)
class EncodedLife:
    """A petition's events with their payloads, as an application hands them to the store.

    Attributes:
        petition_id: Stream.
        number: Petition number, unique in the run.
        events: Oldest first, each with who caused it and the rules it stood under.
    """

    petition_id: UUID
    number: str
    events: tuple[tuple[EncodedEvent, Act, PolicyRef | None], ...]


class LifeSource:
    """Draws petitions without end: a decided life, moved to another week and another id.

    The same seed gives the same petitions but for the salts of their commitments, which
    petitions that are the same life in the same week share.

    Args:
        lives: Decided once.
        seed: Of the run.
    """

    def __init__(self, lives: Sequence[Life], seed: int) -> None:
        self._lives = lives
        self._random = Random(seed)
        self._codec = EventCodec()
        self._moved: dict[tuple[int, int], tuple[Life, tuple[EncodedEvent, ...]]] = {}
        self._drawn_len = 0

    def draw(self) -> Life:
        """Return the next petition as domain events."""
        life, _, petition_id = self._draw()
        return tuple(_of_petition(decided, petition_id, self._drawn_len) for decided in life)

    def draw_encoded(self) -> EncodedLife:
        """Return the next petition with its payloads."""
        life, encoded, petition_id = self._draw()
        events = zip(life, encoded, strict=True)
        return EncodedLife(
            petition_id,
            _number(self._drawn_len),
            tuple(self._encode(decided, event, petition_id) for decided, event in events),
        )

    def _draw(self) -> tuple[Life, tuple[EncodedEvent, ...], UUID]:
        place = self._random.randrange(len(self._lives)), self._random.randrange(WEEKS_MAX)
        if place not in self._moved:
            delay = timedelta(weeks=place[1])
            life = tuple(_moved(decided, delay) for decided in self._lives[place[0]])
            encoded = tuple(self._codec.encode(decided.event) for decided in life)
            self._moved[place] = life, encoded
        self._drawn_len += 1
        return *self._moved[place], UUID(int=self._random.getrandbits(128), version=4)

    def _encode(
        self, decided: DecidedEvent, encoded: EncodedEvent, petition_id: UUID
    ) -> tuple[EncodedEvent, Act, PolicyRef | None]:
        """Return an event as one of a petition; its payload is the same but for the number."""
        if isinstance(decided.event, Registered):
            of = _of_petition(decided, petition_id, self._drawn_len)
            return self._codec.encode(of.event), of.act, of.policy
        return (
            msgspec.structs.replace(encoded, originator_id=petition_id),
            _keyed(decided, petition_id),
            decided.policy,
        )

    def draw_events(self, events_len: int) -> Iterator[EncodedLife]:
        """Yield whole petitions until they have at least so many events."""
        while events_len > 0:
            life = self.draw_encoded()
            events_len -= len(life.events)
            yield life


def prepare_life(ledger: str, life: EncodedLife) -> Append:
    """Return a whole life as one append, checked and ready for its place in the log.

    Pure. As an import does: one key and one answer per petition, and its number claimed.

    Raises:
        EventTooLargeError, UnstorableTextError: as ``prepare_append``.
    """
    parts = [
        prepare_append(ledger, [event], act=act, policy=policy)
        for event, act, policy in life.events
    ]
    first, act, _ = life.events[0]
    last = life.events[-1][0]
    answer = canonical_bytes({"originator_id": life.petition_id, "version": last.version})
    return Append(
        events=tuple(part.events[0] for part in parts),
        columns=tuple(part.columns[0] for part in parts),
        frames=tuple(part.frames[0] for part in parts),
        steps=(StreamStep(life.petition_id, first.version, last.version),),
        command=CommandKey(act.actor_id, act.idempotency_key or "", _FINGERPRINT, answer),
        claims=(f"number:{life.number}",),
    )


def _number(drawn_len: int) -> str:
    return f"B-{drawn_len:09d}"


def _moved(decided: DecidedEvent, delay: timedelta) -> DecidedEvent:
    """Return a decided event some time later, with every instant it speaks of."""
    act = msgspec.structs.replace(decided.act, occurred_at=decided.act.occurred_at + delay)
    return DecidedEvent(_later(decided.event, delay), act, decided.policy)


def _of_petition(decided: DecidedEvent, petition_id: UUID, drawn_len: int) -> DecidedEvent:
    """Return a decided event as one of another petition, with a number and a key of its own."""
    # As in decoding: `replace` would run the library's constructor, ten times slower.
    event = copy(decided.event)
    event.__dict__["originator_id"] = petition_id
    if isinstance(event, Registered):
        event.__dict__["number"] = _number(drawn_len)
    return DecidedEvent(event, _keyed(decided, petition_id), decided.policy)


def _keyed(decided: DecidedEvent, petition_id: UUID) -> Act:
    key = f"bench:{petition_id}:{decided.event.originator_version}"
    return msgspec.structs.replace(decided.act, idempotency_key=key)


def _later(value: Any, delay: timedelta) -> Any:  # noqa: ANN401 - whatever an event may hold
    """Return a value with every instant inside it later by so much."""
    match value:
        case datetime():
            return value + delay
        case tuple():
            return tuple(_later(each, delay) for each in value)
        case msgspec.Struct():
            names = value.__struct_fields__
            changes = {name: _later(getattr(value, name), delay) for name in names}
            return msgspec.structs.replace(value, **changes)
        case _ if is_dataclass(value) and not isinstance(value, type):
            changes = {
                field.name: _later(getattr(value, field.name), delay)
                for field in fields(value)
                if field.init
            }
            return replace(value, **changes)
        case _:
            return value
