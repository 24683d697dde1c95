"""Without this file nobody could say when a reminder or a supervision order is due by the rules."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.calendar import Calendar
from domain.deadline_change import extended
from domain.deadlines import Deadline, last_day, midnight_after
from domain.limit import BusinessPeriod, Limit, TimeUnit
from domain.office_hours import end_of_working_time, working_time
from domain.pack_oversight import SupervisionRule
from domain.vocabulary import SupervisionLevel


def reminder_times(
    rule: SupervisionRule,
    start: datetime,
    unit: TimeUnit,
    deadline: Deadline,
    calendar: Calendar,
    zone: ZoneInfo,
    business_hours: Sequence[BusinessPeriod] = (),
) -> tuple[datetime, ...]:
    """Return when reminders of a running clock go out, in order, each once; pure.

    Shares are of what the clock has come to, extensions and pauses included: of its days,
    rounded down and ending at midnight, or of its hours to the minute. What would come
    before the start or not before the due is left out.

    Args:
        rule: The pack's.
        start: Aware instant that started the clock.
        unit: Unit the clock counts in.
        deadline: The deadline in force.
        calendar: The clock's own calendar.
        zone: The ledger's zone.
        business_hours: Office hours, for ``working_hour`` only.

    Raises:
        DayOutOfRangeError: an instant is outside the calendar.

    Source:
        domain.md §6.15.
    """
    shares = {
        _share(percent, start, unit, deadline, calendar, zone, business_hours)
        for percent in rule.reminder_percents
    }
    last = instant_before(deadline, rule.remind_before, calendar, zone)
    return tuple(sorted(at for at in {*shares, last} if start < at < deadline.due_at))


def supervision_times(
    rule: SupervisionRule, deadline: Deadline, calendar: Calendar, zone: ZoneInfo
) -> tuple[tuple[SupervisionLevel, datetime], ...]:
    """Return when each colour of the ladder is proposed if the clock is still unmet; pure.

    Days count from the last day of the deadline, as those of an extension do.

    Args:
        rule: The pack's.
        deadline: The deadline in force.
        calendar: The clock's own calendar.
        zone: The ledger's zone.

    Raises:
        DayOutOfRangeError: an instant is outside the calendar.
    """
    return tuple(
        (
            step.level,
            extended(deadline, step.after_due, calendar, zone).due_at
            if step.after_due.amount
            else deadline.due_at,
        )
        for step in rule.steps
    )


def instant_before(deadline: Deadline, span: Limit, calendar: Calendar, zone: ZoneInfo) -> datetime:
    """Return the latest instant from which a limit does not reach past a deadline; pure.

    Args:
        deadline: What must not be passed.
        span: In days or wall hours.
        calendar: The clock's own calendar.
        zone: The ledger's zone.

    Raises:
        ValueError: the span counts office hours or is on the spot.
    """
    match span.unit:
        case TimeUnit.WORKING_DAY:
            day = last_day(deadline.due_at, zone)
            for _ in range(span.amount):
                day = calendar.previous_workday(day)
            return midnight_after(day, zone)
        case TimeUnit.CALENDAR_DAY:
            day = last_day(deadline.due_at, zone) - timedelta(days=span.amount)
            return midnight_after(day, zone)
        case TimeUnit.WALL_HOUR:
            return deadline.due_at - timedelta(hours=span.amount)
        case TimeUnit.WORKING_HOUR | TimeUnit.ON_SPOT:
            raise ValueError(f"a ladder counts in days or wall hours, never in {span.unit}")


def _share(
    percent: int,
    start: datetime,
    unit: TimeUnit,
    deadline: Deadline,
    calendar: Calendar,
    zone: ZoneInfo,
    business_hours: Sequence[BusinessPeriod],
) -> datetime:
    local, last = start.astimezone(zone), last_day(deadline.due_at, zone)
    match unit:
        case TimeUnit.WORKING_DAY:
            days = calendar.count_working_days(local.date(), last) * percent // 100
            day = calendar.add_working_days(local.date(), days) if days else local.date()
            return midnight_after(day, zone)
        case TimeUnit.CALENDAR_DAY:
            days = (last - local.date()).days * percent // 100
            return midnight_after(local.date() + timedelta(days=days), zone)
        case TimeUnit.WALL_HOUR | TimeUnit.ON_SPOT:
            whole = deadline.due_at - start.astimezone(UTC)
            return start.astimezone(UTC) + _minutes(whole, percent)
        case TimeUnit.WORKING_HOUR:
            whole = working_time(start, deadline.due_at, calendar, zone, business_hours)
            part = _minutes(whole, percent)
            return end_of_working_time(local, part, calendar, business_hours).astimezone(UTC)


def _minutes(whole: timedelta, percent: int) -> timedelta:
    return timedelta(minutes=whole // timedelta(minutes=1) * percent // 100)
