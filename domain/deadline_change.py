"""Without this file a granted extension or a pause could not move a due instant lawfully."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from domain.calendar import Calendar
from domain.deadlines import Deadline, due_at, last_day
from domain.limit import BusinessPeriod, Limit, TimeUnit

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


def resumed(
    deadline: Deadline,
    paused_at: datetime,
    resumed_at: datetime,
    unit: TimeUnit,
    calendar: Calendar,
    zone: ZoneInfo,
) -> Deadline:
    """Return a deadline moved on by the time its clock stood still; pure.

    Paused days run from the day of the pause up to the day before the resumption,
    counted by the clock's own calendar: a pause over a weekend adds no working day.

    Args:
        deadline: The deadline in force at the pause.
        paused_at: Aware instant of the pause, not after ``deadline.due_at``.
        resumed_at: Aware instant of the resumption, not before ``paused_at``.
        unit: Unit the clock counts in; hours move by the exact duration.
        calendar: The clock's own calendar.
        zone: The ledger's zone.
    """
    paused_on = paused_at.astimezone(zone).date()
    resumed_on = resumed_at.astimezone(zone).date()
    if unit not in _DAY_UNITS:
        due = deadline.due_at + (resumed_at - paused_at)
        return msgspec.structs.replace(deadline, due_at=due)
    days = (resumed_on - paused_on).days
    if unit is TimeUnit.WORKING_DAY:
        eve = timedelta(days=1)
        days = calendar.count_working_days(paused_on - eve, resumed_on - eve)
    if days == 0:
        return deadline
    moved = extended(deadline, Limit(days, unit), calendar, zone)
    return msgspec.structs.replace(moved, rule=deadline.rule)
