"""Without this file no deadline could be computed, and every clock would be somebody's guess.

Source: Civil Code art. 201 and 203 (day 0, roll, end of day) by analogy; domain.md §6.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from domain.calendar import Calendar
from domain.limit import BusinessPeriod, Limit, Roll, TimeUnit, check_limit
from domain.office_hours import end_of_working_time
from domain.vocabulary import Clock

_KNOWN_DEADLINES_MAX: Final = 16_384
"""Deadlines remembered: some years of days under the dozen limits of a pack."""


class Due(msgspec.Struct, frozen=True):
    """Where a limit ends.

    Attributes:
        due_at: UTC instant; an act at or before it is on time.
        last_day: Last lawful civil day in the ledger's zone.
        provisional: Whether a calendar notice still to come may move it.
    """

    due_at: datetime
    last_day: date
    provisional: bool


class Deadline(msgspec.Struct, frozen=True):
    """A deadline as an event stores it: a recorded fact, never computed again.

    Attributes:
        clock: Which duty it times.
        due_at: UTC instant; 24:00 of the last day is stored as the next local midnight.
        rule: The rule with its limit, ``s2_quanzhou@1/appeal: 10 working_day``.
        calendar: Pinned calendar, ``cn@2026``.
        provisional: Whether a year touched had no published notice.
    """

    clock: Clock
    due_at: datetime
    rule: str
    calendar: str
    provisional: bool = False


def due_at(
    start: datetime,
    limit: Limit,
    calendar: Calendar,
    zone: ZoneInfo,
    business_hours: Sequence[BusinessPeriod] = (),
) -> Due:
    """Return where a limit that starts at an instant ends; pure.

    Day 0 is the local day of ``start``. Working days count from the next working day,
    also where ``start`` falls on a rest day or after hours; calendar days count every
    day. Hours run from the exact instant.

    Args:
        start: Aware instant that starts the clock.
        limit: The allowance.
        calendar: Working days; must be the one the deadline will pin.
        zone: The ledger's zone, in which days begin and end.
        business_hours: Office hours in ascending order, for ``working_hour`` only.

    Raises:
        InvalidLimitError: the amount is outside 0 to ``AMOUNT_MAX``, or working
            hours are asked for without office hours.
        DayOutOfRangeError: the end is outside the calendar.
    """
    check_limit(limit, business_hours)
    local = start.astimezone(zone)
    first = local.date()
    match limit.unit:
        case TimeUnit.WORKING_DAY | TimeUnit.CALENDAR_DAY:
            return _due_in_days(first, limit, calendar, zone)
        case TimeUnit.WALL_HOUR:
            end = start.astimezone(UTC) + timedelta(hours=limit.amount)
            return Due(end, end.astimezone(zone).date(), provisional=False)
        case TimeUnit.WORKING_HOUR:
            amount = timedelta(hours=limit.amount)
            closing = end_of_working_time(local, amount, calendar, business_hours)
            end = closing.astimezone(UTC)
            return Due(end, closing.date(), calendar.is_provisional(first, closing.date()))
        case TimeUnit.ON_SPOT:
            return Due(midnight_after(first, zone), first, provisional=False)


def start_deadline(
    clock: Clock,
    start: datetime,
    limit: Limit,
    rule: str,
    calendar: Calendar,
    zone: ZoneInfo,
    business_hours: Sequence[BusinessPeriod] = (),
) -> Deadline:
    """Return the deadline to record for a clock that starts now; pure.

    Args:
        clock: Which duty is timed.
        start: Aware instant that starts it.
        limit: The allowance.
        rule: Pack, version and type, ``s2_quanzhou@1/appeal``; the limit is appended.
        calendar: Calendar to pin.
        zone: The ledger's zone.
        business_hours: Office hours, for ``working_hour`` only.

    Raises:
        InvalidLimitError: as ``due_at``.
        DayOutOfRangeError: as ``due_at``.
    """
    if limit.unit is TimeUnit.WORKING_DAY or limit.unit is TimeUnit.CALENDAR_DAY:
        return _deadline_in_days(clock, start.astimezone(zone).date(), limit, rule, calendar, zone)
    due = due_at(start, limit, calendar, zone, business_hours)
    return Deadline(clock, due.due_at, f"{rule}: {limit}", calendar.reference, due.provisional)


def rolled(day: date, roll: Roll, calendar: Calendar) -> date:
    """Return the day on which a calendar-day limit that reaches ``day`` ends; pure."""
    match roll:
        case Roll.ANY_REST_DAY:
            return calendar.next_workday(day)
        case Roll.HOLIDAYS_ONLY:
            while (noticed := calendar.day_notice(day)) and not noticed.kind.is_work:
                day += timedelta(days=1)
            return day
        case Roll.NONE:
            return day


def midnight_after(day: date, zone: ZoneInfo) -> datetime:
    """Return 24:00 of a local day as a UTC instant; pure."""
    return datetime.combine(day + timedelta(days=1), time.min, zone).astimezone(UTC)


def last_day(due: datetime, zone: ZoneInfo) -> date:
    """Return the last lawful local day of a due instant; local midnight ends the day before."""
    # In UTC: where clocks jump at midnight, local arithmetic would stay on the day after.
    return (due.astimezone(UTC) - timedelta(microseconds=1)).astimezone(zone).date()


@lru_cache(maxsize=_KNOWN_DEADLINES_MAX)
def _deadline_in_days(
    clock: Clock, first: date, limit: Limit, rule: str, calendar: Calendar, zone: ZoneInfo
) -> Deadline:
    """Return the deadline of a clock that starts on a local day, at whatever time of it."""
    check_limit(limit, ())
    due = _due_in_days(first, limit, calendar, zone)
    return Deadline(clock, due.due_at, f"{rule}: {limit}", calendar.reference, due.provisional)


def _due_in_days(first: date, limit: Limit, calendar: Calendar, zone: ZoneInfo) -> Due:
    if limit.unit is TimeUnit.WORKING_DAY:
        last = calendar.add_working_days(first, limit.amount)
        return Due(_end_of(last, limit, zone), last, calendar.is_provisional(first, last))
    unrolled = first + timedelta(days=limit.amount)
    last = rolled(unrolled, limit.roll, calendar)
    # Only the roll asks the calendar; without one no notice can move the end.
    asks = limit.roll is not Roll.NONE
    provisional = asks and calendar.is_provisional(unrolled, last)
    return Due(_end_of(last, limit, zone), last, provisional)


def _end_of(day: date, limit: Limit, zone: ZoneInfo) -> datetime:
    if limit.close_of_business is None:
        return midnight_after(day, zone)
    return datetime.combine(day, limit.close_of_business, zone).astimezone(UTC)
