"""Without this file a holiday published while clocks run would move no due, or the wrong ones."""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from domain.calendar import Calendar
from domain.deadlines import Deadline, due_at, last_day, midnight_after, rolled
from domain.limit import BusinessPeriod, Limit, Roll, TimeUnit
from domain.office_hours import end_of_working_time, working_time


def recompute(
    deadline: Deadline,
    start: datetime,
    limit: Limit,
    old: Calendar,
    new: Calendar,
    now: datetime,
    zone: ZoneInfo,
    business_hours: Sequence[BusinessPeriod] = (),
) -> Deadline | None:
    """Return a running deadline under a revised calendar, or None where it stays; pure.

    A revision never makes a past moment late and never shortens a running clock, so an
    earlier due is not taken, and a due that is past stays past.

    Args:
        deadline: The deadline in force, with its extensions and pauses.
        start: Aware instant that started its clock.
        limit: The allowance it started with.
        old: The calendar the deadline pins.
        new: The revised edition of that calendar.
        now: Aware instant of the revision's arrival.
        zone: The ledger's zone.
        business_hours: Office hours, for ``working_hour`` only.

    Raises:
        InvalidLimitError: as ``domain.deadlines.due_at``.
        DayOutOfRangeError: as ``domain.deadlines.due_at``.

    Source:
        domain.md §6.10.
    """
    if deadline.due_at <= now:
        return None
    fresh = _recounted(deadline, start, limit, old, new, zone, business_hours)
    return fresh if fresh.due_at > deadline.due_at else None


def settle(
    deadline: Deadline,
    start: datetime,
    limit: Limit,
    old: Calendar,
    new: Calendar,
    now: datetime,
    zone: ZoneInfo,
    business_hours: Sequence[BusinessPeriod] = (),
) -> Deadline | None:
    """Return a provisional deadline made definite by a published year, or None; pure.

    None where the deadline is definite already or the new edition says nothing new on
    it. A provisional due was announced as one that may move, so it may come forward as
    well, but never to before ``now``: then the due that was announced stands.

    Args:
        deadline: The deadline in force, with its extensions and pauses.
        start: Aware instant that started its clock.
        limit: The allowance it started with.
        old: The calendar the deadline pins.
        new: The edition with the published year.
        now: Aware instant of the publication's arrival.
        zone: The ledger's zone.
        business_hours: Office hours, for ``working_hour`` only.

    Raises:
        InvalidLimitError: as ``domain.deadlines.due_at``.
        DayOutOfRangeError: as ``domain.deadlines.due_at``.

    Source:
        domain.md §6.10.
    """
    if not deadline.provisional:
        return None
    fresh = _recounted(deadline, start, limit, old, new, zone, business_hours)
    if fresh.due_at < min(now, deadline.due_at):
        fresh = replace(fresh, due_at=deadline.due_at)
    said = (fresh.due_at, fresh.provisional)
    return None if said == (deadline.due_at, deadline.provisional) else fresh


def _recounted(
    deadline: Deadline,
    start: datetime,
    limit: Limit,
    old: Calendar,
    new: Calendar,
    zone: ZoneInfo,
    business_hours: Sequence[BusinessPeriod],
) -> Deadline:
    """Return the deadline counted by another calendar.

    One that an extension or a pause has moved keeps the amount it has come to: so many
    working days or hours by the old calendar are as many by the new one.
    """
    local = start.astimezone(zone)
    last = last_day(deadline.due_at, zone)
    moved = deadline.due_at != due_at(start, limit, old, zone, business_hours).due_at
    if moved and limit.unit is TimeUnit.WORKING_DAY:
        limit = replace(limit, amount=max(0, old.count_working_days(local.date(), last)))
    elif moved and limit.unit is TimeUnit.WORKING_HOUR:
        spent = working_time(start, deadline.due_at, old, zone, business_hours)
        closing = end_of_working_time(local, spent, new, business_hours)
        provisional = new.is_provisional(local.date(), closing.date())
        return _pinned(deadline, closing.astimezone(UTC), new, provisional=provisional)
    elif moved and limit.unit is TimeUnit.CALENDAR_DAY:
        ends_on = rolled(last, limit.roll, new)
        due = deadline.due_at + (midnight_after(ends_on, zone) - midnight_after(last, zone))
        provisional = limit.roll is not Roll.NONE and new.is_provisional(last, ends_on)
        return _pinned(deadline, due, new, provisional=provisional)
    elif moved:
        return _pinned(deadline, deadline.due_at, new, provisional=False)
    due_again = due_at(start, limit, new, zone, business_hours)
    return _pinned(deadline, due_again.due_at, new, provisional=due_again.provisional)


def _pinned(
    deadline: Deadline, due: datetime, calendar: Calendar, *, provisional: bool
) -> Deadline:
    return replace(deadline, due_at=due, calendar=calendar.reference, provisional=provisional)
