"""Without this file a log of a million events would have to be played command by command."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from uuid import UUID

import msgspec

from benchmarks.moved_life import hand_over, key_act, move_event
from domain.act import Act
from domain.intake_events import Registered
from ledger.append import Append, CommandKey, prepare_acts
from ledger.canonical import canonical_bytes
from ledger.codec import EncodedEvent, EventCodec
from ledger.header import PolicyRef
from scenarios.decided_life import DecidedEvent, Life

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
        drawn_len: How many another source has drawn for the same ledger; numbers go on there.
    """

    def __init__(self, lives: Sequence[Life], seed: int, drawn_len: int = 0) -> None:
        self._lives = lives
        self._random = Random(seed)
        self._codec = EventCodec()
        self._moved: dict[tuple[int, int], tuple[Life, tuple[EncodedEvent, ...]]] = {}
        self._drawn_len = drawn_len

    def draw(self) -> Life:
        """Return the next petition as domain events."""
        life, _, petition_id = self._draw()
        return tuple(hand_over(decided, petition_id, _number(self._drawn_len)) for decided in life)

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
            life = tuple(move_event(decided, delay) for decided in self._lives[place[0]])
            encoded = tuple(self._codec.encode(decided.event) for decided in life)
            self._moved[place] = life, encoded
        self._drawn_len += 1
        return *self._moved[place], UUID(int=self._random.getrandbits(128), version=4)

    def _encode(
        self, decided: DecidedEvent, encoded: EncodedEvent, petition_id: UUID
    ) -> tuple[EncodedEvent, Act, PolicyRef | None]:
        """Return an event as one of a petition; its payload is the same but for the number."""
        if isinstance(decided.event, Registered):
            of = hand_over(decided, petition_id, _number(self._drawn_len))
            return self._codec.encode(of.event), of.act, of.policy
        return (
            msgspec.structs.replace(encoded, originator_id=petition_id),
            key_act(decided, petition_id),
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
    _, act, _ = life.events[0]
    last = life.events[-1][0]
    answer = canonical_bytes({"originator_id": life.petition_id, "version": last.version})
    return prepare_acts(
        ledger,
        life.events,
        command=CommandKey(act.actor_id, act.idempotency_key or "", _FINGERPRINT, answer),
        claims=(f"number:{life.number}",),
    )


def _number(drawn_len: int) -> str:
    return f"B-{drawn_len:09d}"
