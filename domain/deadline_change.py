"""Without this file a granted extension or a pause could not move a due instant lawfully."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from domain.calendar import Calendar
from domain.deadlines import Deadline, due_at, last_day
from domain.limit import BusinessPeriod, Limit, TimeUnit, check_limit
from domain.office_hours import end_of_working_time, working_time

_DAY_UNITS = frozenset({TimeUnit.WORKING_DAY, TimeUnit.CALENDAR_DAY})


def extended(
    deadline: Deadline,
    limit: Limit,
    calendar: Calendar,
    zone: ZoneInfo,
    business_hours: Sequence[BusinessPeriod] = (),
) -> Deadline:
    """Return a deadline moved on by a granted extension; pure.

    Days count from the last day of the old deadline as day 0, hours from its instant.

    Args:
        deadline: The deadline in force.
        limit: What was granted.
        calendar: The clock's own calendar.
        zone: The ledger's zone.
        business_hours: Office hours, for ``working_hour`` only.

    Raises:
        InvalidLimitError: the grant is no usable limit.
    """
    start = deadline.due_at
    if limit.unit in _DAY_UNITS:
        start = datetime.combine(last_day(deadline.due_at, zone), time.min, zone)
    due = due_at(start, limit, calendar, zone, business_hours)
    return msgspec.structs.replace(
        deadline,
        due_at=due.due_at,
        rule=f"{deadline.rule} + {limit}",
        calendar=calendar.reference,
        provisional=deadline.provisional or due.provisional,
    )


def capped(
    deadline: Deadline,
    start: datetime,
    total: Limit,
    calendar: Calendar,
    zone: ZoneInfo,
    business_hours: Sequence[BusinessPeriod] = (),
) -> Deadline:
    """Return an extended deadline, no later than a total allowance from the start; pure.

    Args:
        deadline: What a grant has moved.
        start: Aware instant that started the clock.
        total: Most that the limit and all grants may come to together.
        calendar: The clock's own calendar.
        zone: The ledger's zone.
        business_hours: Office hours, for ``working_hour`` only.

    Raises:
        InvalidLimitError: the total is no usable limit.
    """
    end = due_at(start, total, calendar, zone, business_hours)
    if deadline.due_at <= end.due_at:
        return deadline
    rule = f"{deadline.rule}, {total} in all"
    return msgspec.structs.replace(
        deadline, due_at=end.due_at, rule=rule, provisional=end.provisional
    )


def resumed(
    deadline: Deadline,
    paused_at: datetime,
    resumed_at: datetime,
    unit: TimeUnit,
    calendar: Calendar,
    zone: ZoneInfo,
    business_hours: Sequence[BusinessPeriod] = (),
) -> Deadline:
    """Return a deadline moved on by the time its clock stood still; pure.

    Paused days run from the day of the pause up to the day before the resumption,
    counted by the clock's own calendar: a pause over a weekend adds no working day.
    A pause that begins after the due moves nothing.

    Args:
        deadline: The deadline in force at the pause.
        paused_at: Aware instant of the pause.
        resumed_at: Aware instant of the resumption, not before ``paused_at``.
        unit: Unit the clock counts in; wall hours move by the exact duration, working
            hours by what of it lay inside office hours.
        calendar: The clock's own calendar.
        zone: The ledger's zone.
        business_hours: Office hours, for ``working_hour`` only.

    Raises:
        InvalidLimitError: working hours are counted and no office hours are stated.

    Source:
        domain.md §6.12.
    """
    if paused_at > deadline.due_at:
        return deadline
    match unit:
        case TimeUnit.WORKING_HOUR:
            check_limit(Limit(0, unit), business_hours)
            stood = working_time(paused_at, resumed_at, calendar, zone, business_hours)
            local = deadline.due_at.astimezone(zone)
            due = end_of_working_time(local, stood, calendar, business_hours) if stood else local
            return msgspec.structs.replace(deadline, due_at=due.astimezone(UTC))
        case TimeUnit.WALL_HOUR | TimeUnit.ON_SPOT:
            stood = resumed_at.astimezone(UTC) - paused_at.astimezone(UTC)
            return msgspec.structs.replace(deadline, due_at=deadline.due_at + stood)
        case TimeUnit.WORKING_DAY | TimeUnit.CALENDAR_DAY:
            days = _days_paused(paused_at, resumed_at, unit, calendar, zone)
            if days == 0:
                return deadline
            moved = extended(deadline, Limit(days, unit), calendar, zone)
            return msgspec.structs.replace(moved, rule=deadline.rule)


def _days_paused(
    paused_at: datetime, resumed_at: datetime, unit: TimeUnit, calendar: Calendar, zone: ZoneInfo
) -> int:
    paused_on = paused_at.astimezone(zone).date()
    resumed_on = resumed_at.astimezone(zone).date()
    if unit is TimeUnit.CALENDAR_DAY:
        return (resumed_on - paused_on).days
    eve = timedelta(days=1)
    return calendar.count_working_days(paused_on - eve, resumed_on - eve)
