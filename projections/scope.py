"""Without this file every report would cut its figures out of the whole in its own way."""

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from domain.dimension import Dimension
from domain.extent import Extent
from domain.petition_facts import PetitionFacts
from projections.petition_steps import kind_of


@dataclass(frozen=True)
class Scope:
    """Which petitions are meant; None stands for all, ``""`` for those without the attribute.

    Attributes:
        unit: Code of the unit a petition counts for.
        petition_type: Identifier of a petition type.
        channel: Identifier of a channel.
        region: Region as recorded.
        as_dispatched: Whether a unit keeps what it was dispatched after it merged; otherwise
            its heir reports that, from the day the merger took effect.
        units_at: Aware instant whose units report, so that figures of two instants can be
            set against each other; None for the instant the petitions are judged at.
    """

    unit: str | None = None
    petition_type: str | None = None
    channel: str | None = None
    region: str | None = None
    as_dispatched: bool = False
    units_at: datetime | None = None

    @property
    def dimensions(self) -> frozenset[Dimension]:
        """The dimensions this scope cuts by."""
        values = {
            Dimension.UNIT: self.unit,
            Dimension.TYPE: self.petition_type,
            Dimension.CHANNEL: self.channel,
            Dimension.REGION: self.region,
        }
        return frozenset(each for each, value in values.items() if value is not None)

    def needs_heirs(self, by: Dimension) -> bool:
        """Whether mergers of units change an answer grouped in this way; pure."""
        return not self.as_dispatched and (by is Dimension.UNIT or self.unit is not None)

    def extent(self, by: Dimension = Dimension.TOTAL, key: str | None = None) -> Extent:
        """Return the petitions of one group within the scope; without a key, of all."""
        values: dict[Dimension, str | None] = {
            Dimension.UNIT: self.unit,
            Dimension.TYPE: self.petition_type,
            Dimension.CHANNEL: self.channel,
            Dimension.REGION: self.region,
        }
        if by in values and key is not None:
            values[by] = key
        return Extent(
            unit=values[Dimension.UNIT],
            petition_type=values[Dimension.TYPE],
            channel=values[Dimension.CHANNEL],
            region=values[Dimension.REGION],
        )


EVERYTHING = Scope()

_NEVER: Final = datetime.min.replace(tzinfo=UTC)
_EVER: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Cohort:
    """Petitions accepted in a half-open stretch of time, judged later (domain.md §5, 批次口径).

    Attributes:
        accepted_from: First aware instant that belongs to it.
        accepted_before: First aware instant that does not.
    """

    accepted_from: datetime
    accepted_before: datetime

    @classmethod
    def between(
        cls, accepted_from: datetime | None, accepted_before: datetime | None
    ) -> "Cohort | None":
        """Return the cohort with one end open where it is None, or None where both are."""
        if accepted_from is None and accepted_before is None:
            return None
        return cls(accepted_from or _NEVER, accepted_before or _EVER)

    def months(self, zone: ZoneInfo) -> list[date] | None:
        """Return the first days of its months, or None where it does not consist of local months.

        Pure.
        """
        ends = (self.accepted_from, self.accepted_before)
        if not all(MINYEAR < end.year < MAXYEAR for end in ends):
            return None
        first, after = (end.astimezone(zone).replace(tzinfo=None) for end in ends)
        if any(end != datetime.combine(end.replace(day=1), time.min) for end in (first, after)):
            return None
        numbers = range(first.year * 12 + first.month - 1, after.year * 12 + after.month - 1)
        return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def is_meant(facts: PetitionFacts, scope: Scope, cohort: Cohort | None) -> bool:
    """Whether a petition falls into a scope, whatever its unit, and into a cohort. Pure."""
    kind = kind_of(facts)
    wanted = (
        (scope.petition_type, kind.petition_type),
        (scope.channel, kind.channel),
        (scope.region, kind.region),
    )
    if any(value is not None and value != own for value, own in wanted):
        return False
    if cohort is None:
        return True
    accepted_at = kind.accepted_at
    return accepted_at is not None and cohort.accepted_from <= accepted_at < cohort.accepted_before
