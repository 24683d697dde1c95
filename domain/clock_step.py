"""Without this file the clock could not say what it does, or do the same thing twice unnoticed."""

from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID, uuid5

from domain.measures import UNDISPATCHED
from domain.vocabulary import Clock, Labelled, SupervisionLevel


class StepKind(Labelled):
    """What the clock raises by itself; the stored value never changes."""

    REMINDER = "reminder", "催办", "reminders"
    PROPOSAL = "proposal", "督办建议", "supervision proposals"
    RESUMPTION = "resumption", "自动恢复", "resumptions"
    RECOUNT = "recount", "重算时限", "recounted dues"
    LAPSE = "lapse", "逾期未补正", "withdrawals by silence"
    BROKEN_PROMISE = "broken_promise", "承诺未兑现", "broken promises"
    CLOSURE = "closure", "自动办结", "closures"
    ARCHIVING = "archiving", "归档", "archivings"
    NOTE = "note", "列入督办", "supervision notes"


class ClockStep(NamedTuple):
    """One thing that falls due for one petition by the rules alone.

    Attributes:
        at: The logical instant: when it fell due, however much later it is recorded.
        kind: What it is.
        petition_id: For which petition.
        cycle: Its cycle, 0 before acceptance.
        clock: The clock concerned, if one is.
        unit: Unit concerned, empty for nobody's own.
        due_at: Due of that clock, or None.
        level: Colour of a proposal, or None.
        rule: What it rests on: rule of a proposal, notice of a recount.
        cited: Versions of the petition's events that a proposal rests on.
        noted: Supervision order to note on the petition, or None.
    """

    at: datetime
    kind: StepKind
    petition_id: UUID
    cycle: int
    clock: Clock | None = None
    unit: str = UNDISPATCHED
    due_at: datetime | None = None
    level: SupervisionLevel | None = None
    rule: str = ""
    cited: tuple[int, ...] = ()
    noted: UUID | None = None

    @property
    def key(self) -> str:
        """The idempotency key: instant, rule, petition and cycle; equal steps have equal keys.

        The instant comes first, at a fixed width, so that the greatest key of the clock is
        that of the latest instant it has acted at.
        """
        parts = (
            instant_key(self.at),
            self.kind.value,
            str(self.petition_id),
            str(self.cycle),
            "" if self.clock is None else self.clock.value,
            self.unit,
            "" if self.due_at is None else instant_key(self.due_at),
            "" if self.level is None else self.level.value,
            "" if self.noted is None else str(self.noted),
        )
        return "/".join(parts)

    @property
    def order_id(self) -> UUID:
        """The stream of a proposal, the same whoever raises it and however often."""
        return uuid5(self.petition_id, self.key)


def instant_key(at: datetime) -> str:
    """Return an instant at a fixed width, so that texts sort as the instants do."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}"


def instant_of(key: str) -> datetime:
    """Return the instant with which a key of the clock begins.

    Raises:
        ValueError: it is no such key.
    """
    written = key.partition("/")[0]
    return datetime.strptime(written, "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=UTC)
