"""Without this file a clock in working hours would run through lunch, nights and weekends."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from domain.calendar import Calendar
from domain.holiday_notice import DayHalf
from domain.limit import BusinessPeriod

_NOON = time(12)
"""Where a half day is divided [assumed]: notices say morning or afternoon, never an hour."""


def open_periods(
    day: date, calendar: Calendar, business_hours: Sequence[BusinessPeriod]
) -> Iterator[BusinessPeriod]:
    """Yield the office hours of one day: none on a rest day, half of them on a half day; pure."""
    if not calendar.is_workday(day):
        return
    half = calendar.half_worked(day)
    for period in business_hours:
        start, end = period.start, period.end
        if half is DayHalf.MORNING:
            end = min(end, _NOON)
        elif half is DayHalf.AFTERNOON:
            start = max(start, _NOON)
        if start < end:
            yield BusinessPeriod(start, end)


def end_of_working_time(
    local: datetime, amount: timedelta, calendar: Calendar, business_hours: Sequence[BusinessPeriod]
) -> datetime:
    """Return when some time inside office hours is over; pure.

    Args:
        local: Aware instant in the ledger's zone from which time counts.
        amount: Zero or more.
        calendar: Working days.
        business_hours: Ascending periods that each end after they start, at least one.

    Returns:
        An aware instant in the zone of ``local``.

    Raises:
        DayOutOfRangeError: the end is outside the calendar.
    """
    left = amount
    day, opening = local.date(), local.time()
    while True:
        for period in open_periods(day, calendar, business_hours):
            begin = datetime.combine(day, max(period.start, opening), local.tzinfo)
            end = datetime.combine(day, period.end, local.tzinfo)
            if begin <= end and left <= end - begin:
                return begin + left
            left -= max(timedelta(), end - begin)
        day, opening = day + timedelta(days=1), time.min


def working_time(
    start: datetime,
    end: datetime,
    calendar: Calendar,
    zone: ZoneInfo,
    business_hours: Sequence[BusinessPeriod],
) -> timedelta:
    """Return the time inside office hours between two instants; pure.

    The inverse of ``end_of_working_time``; zero where ``end`` precedes ``start``.

    Args:
        start: Aware instant.
        end: Aware instant.
        calendar: Working days.
        zone: The ledger's zone.
        business_hours: Ascending periods; without one the answer is zero.

    Raises:
        DayOutOfRangeError: an instant is outside the calendar.
    """
    first, last = start.astimezone(zone), end.astimezone(zone)
    total = timedelta()
    for offset in range((last.date() - first.date()).days + 1):
        day = first.date() + timedelta(days=offset)
        for period in open_periods(day, calendar, business_hours):
            begin = max(first, datetime.combine(day, period.start, zone))
            until = min(last, datetime.combine(day, period.end, zone))
            total += max(timedelta(), until - begin)
    return total


class OfficeHours(NamedTuple):
    """When an office works: its working days, their zone, and ascending periods of a day."""

    calendar: Calendar
    zone: ZoneInfo
    business_hours: Sequence[BusinessPeriod]

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time between two instants; pure."""
        return working_time(start, end, self.calendar, self.zone, self.business_hours)
