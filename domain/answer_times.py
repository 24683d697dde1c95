"""Without this file shares such as "answered within 15 working days" would have no one meaning."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.calendar import Calendar
from domain.limit import TimeUnit


def answered_by_working_day(
    start: datetime, answered_at: datetime, amount_days: int, calendar: Calendar, zone: ZoneInfo
) -> bool:
    """Whether the answer's local date is not after the n-th working day; pure.

    The day after ``start`` is the first that can count; an answer on a rest day
    belongs to the working days before it.

    Args:
        start: Aware instant of the message or of its acceptance.
        answered_at: Aware instant of the answer.
        amount_days: Working days, 0 or more.
        calendar: Working days, make-up days included.
        zone: Zone of the civil days.
    """
    first = start.astimezone(zone).date()
    return answered_at.astimezone(zone).date() <= calendar.add_working_days(first, amount_days)


def answered_by_calendar_day(
    start: datetime, answered_at: datetime, amount_days: int, zone: ZoneInfo
) -> bool:
    """Whether the answer's local date is not after the n-th day from ``start``'s; pure."""
    first = start.astimezone(zone).date()
    return answered_at.astimezone(zone).date() <= first + timedelta(days=amount_days)


def answered_within_hours(start: datetime, answered_at: datetime, amount_hours: int) -> bool:
    """Whether no more than the exact duration passed, nights and holidays included; pure."""
    # In UTC: two instants of one zone are subtracted by the wall clock, which may have jumped.
    return answered_at.astimezone(UTC) - start.astimezone(UTC) <= timedelta(hours=amount_hours)


def answered_within(
    start: datetime,
    answered_at: datetime,
    amount: int,
    unit: TimeUnit,
    calendar: Calendar,
    zone: ZoneInfo,
) -> bool:
    """Whether an answer came within an amount of time, as published tables count it; pure.

    Working days run to the end of the day. Calendar days are exact durations of
    24 hours each; ``answered_by_calendar_day`` is the other reading. On the spot
    means the same local day.

    Raises:
        ValueError: the unit is ``working_hour``, for which no table is published.
    """
    match unit:
        case TimeUnit.WORKING_DAY:
            return answered_by_working_day(start, answered_at, amount, calendar, zone)
        case TimeUnit.CALENDAR_DAY:
            return answered_within_hours(start, answered_at, amount * 24)
        case TimeUnit.WALL_HOUR:
            return answered_within_hours(start, answered_at, amount)
        case TimeUnit.ON_SPOT:
            return answered_by_calendar_day(start, answered_at, 0, zone)
        case TimeUnit.WORKING_HOUR:
            raise ValueError("working_hour has no meaning here; use a deadline instead")
