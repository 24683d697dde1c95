"""Without this file it would be open whether a weekend or a suspension is handling time."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from domain.office_hours import OfficeHours
from domain.vocabulary import Labelled

Stretch = tuple[datetime, datetime]
"""Two aware instants, the first of them first."""


class HandlingMeasure(Labelled):
    """What counts as handling time."""

    WALL = "wall", "自然小时", "wall hours"
    NET = "net", "自然小时，扣除中止", "wall hours less suspension"
    WORKING = "working", "工作小时，扣除中止", "working hours less suspension"


def handled(
    start: datetime,
    end: datetime,
    pauses: Iterable[Stretch],
    measure: HandlingMeasure,
    office: OfficeHours,
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
