"""Without this file it would be open whether a weekend or a suspension is handling time."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from domain.calendar import Calendar
from domain.limit import BusinessPeriod
from domain.office_hours import working_time
from domain.vocabulary import Labelled

Stretch = tuple[datetime, datetime]
"""Two aware instants, the first of them first."""


class HandlingMeasure(Labelled):
    """What counts as handling time."""

    WALL = "wall", "自然小时", "wall hours"
    NET = "net", "自然小时，扣除中止", "wall hours less suspension"
    WORKING = "working", "工作小时，扣除中止", "working hours less suspension"


class OfficeTime(NamedTuple):
    """When an office works."""

    calendar: Calendar
    zone: ZoneInfo
    business_hours: Sequence[BusinessPeriod]

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time between two instants; pure."""
        return working_time(start, end, self.calendar, self.zone, self.business_hours)


def handled(
    start: datetime,
    end: datetime,
    pauses: Iterable[Stretch],
    measure: HandlingMeasure,
    office: OfficeTime,
) -> timedelta:
    """Return how long a petition was handled; pure.

    Args:
        start: Aware instant.
        end: Aware instant; zero time where it precedes ``start``.
        pauses: Suspensions, none overlapping another; what lies outside does not count.
        measure: What counts.
        office: When the office works, for ``WORKING`` alone.
    """
    if measure is HandlingMeasure.WALL:
        return max(timedelta(), end - start)
    stood = [(max(begin, start), min(until, end)) for begin, until in pauses]
    stretches = [(start, end), *((begin, until) for begin, until in stood if begin < until)]
    if measure is HandlingMeasure.WORKING:
        lengths = [office.between(begin, until) for begin, until in stretches]
    else:
        lengths = [until - begin for begin, until in stretches]
    whole, *stops = lengths
    return max(timedelta(), whole - sum(stops, timedelta()))
