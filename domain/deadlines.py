"""Without this file no deadline could be computed, and every clock would be somebody's guess.

Source: Civil Code art. 201 and 203 (day 0, roll, end of day) by analogy; domain.md §6.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from domain.calendar import Calendar
from domain.errors import DomainError
from domain.text import Text
from domain.vocabulary import Clock, Labelled

AMOUNT_MAX = 10_000


class TimeUnit(Labelled):
    """How a limit counts; there is no default unit, a pack must say it."""

    WORKING_DAY = "working_day", "个工作日", "working days"
    CALENDAR_DAY = "calendar_day", "日（自然日）", "calendar days"
    WALL_HOUR = "wall_hour", "小时（不停表）", "hours, nights and holidays included"
    WORKING_HOUR = "working_hour", "个工作小时", "working hours"
    ON_SPOT = "on_spot", "现场（当日）", "on the spot, the same day"


class Roll(Labelled):
    """What becomes of a calendar-day limit that ends on a rest day."""

    ANY_REST_DAY = "any_rest_day", "遇休息日顺延", "rolls off any rest day"
    HOLIDAYS_ONLY = "holidays_only", "仅遇法定节假日放假顺延", "rolls off public holidays only"
    NONE = "none", "不顺延", "never rolls"


class Limit(msgspec.Struct, frozen=True):
    """An allowance of time.

    Attributes:
        amount: 0 to ``AMOUNT_MAX`` of ``unit``; ignored for ``on_spot``.
        unit: How the amount counts.
        roll: Where a calendar-day limit may end; other units never end on a rest day.
        close_of_business: Local end of the last day; null means 24:00. Hours ignore it.
    """

    amount: int
    unit: TimeUnit
    roll: Roll = Roll.ANY_REST_DAY
    close_of_business: time | None = None

    def __str__(self) -> str:
        """Return ``10 working_day``, as rules are written in deadlines."""
        return "on_spot" if self.unit is TimeUnit.ON_SPOT else f"{self.amount} {self.unit}"

    @property
    def label(self) -> Text:
        """The limit in words of both languages."""
        if self.unit is TimeUnit.ON_SPOT:
            return self.unit.label
        return Text(f"{self.amount}{self.unit.label.zh}", f"{self.amount} {self.unit.label.en}")


class BusinessPeriod(msgspec.Struct, frozen=True):
    """One stretch of office hours on every working day, in local time; start before end."""

    start: time
    end: time


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


class InvalidLimitError(DomainError):
    """A limit is negative, too large, or counts office hours that nobody stated."""

    code = "invalid-limit"


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
    _check(limit, business_hours)
    local = start.astimezone(zone)
    first = local.date()
    match limit.unit:
        case TimeUnit.WORKING_DAY:
            last = calendar.add_working_days(first, limit.amount)
            return Due(_end_of(last, limit, zone), last, calendar.is_provisional(first, last))
        case TimeUnit.CALENDAR_DAY:
            unrolled = first + timedelta(days=limit.amount)
            last = rolled(unrolled, limit.roll, calendar)
            # Only the roll asks the calendar; without one no notice can move the end.
            asks = limit.roll is not Roll.NONE
            provisional = asks and calendar.is_provisional(unrolled, last)
            return Due(_end_of(last, limit, zone), last, provisional)
        case TimeUnit.WALL_HOUR:
            end = start.astimezone(UTC) + timedelta(hours=limit.amount)
            return Due(end, end.astimezone(zone).date(), provisional=False)
        case TimeUnit.WORKING_HOUR:
            closing = _working_end(local, limit.amount, calendar, business_hours)
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
    due = due_at(start, limit, calendar, zone, business_hours)
    return Deadline(clock, due.due_at, f"{rule}: {limit}", calendar.reference, due.provisional)


def half_limit(limit: Limit) -> Limit:
    """Return the limit of a reopened petition: half, rounded up, in the same unit; pure.

    ``on_spot`` becomes 1 working day [assumed], and no half is less than 1.

    Source:
        domain.md, decision 7.
    """
    if limit.unit is TimeUnit.ON_SPOT:
        return Limit(1, TimeUnit.WORKING_DAY, limit.roll, limit.close_of_business)
    return msgspec.structs.replace(limit, amount=max(1, (limit.amount + 1) // 2))


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
    return (due.astimezone(zone) - timedelta(microseconds=1)).date()


def _end_of(day: date, limit: Limit, zone: ZoneInfo) -> datetime:
    if limit.close_of_business is None:
        return midnight_after(day, zone)
    return datetime.combine(day, limit.close_of_business, zone).astimezone(UTC)


def _working_end(
    local: datetime, amount: int, calendar: Calendar, business_hours: Sequence[BusinessPeriod]
) -> datetime:
    left = timedelta(hours=amount)
    day, opening = local.date(), local.time()
    while True:
        if calendar.is_workday(day):
            for period in business_hours:
                begin = datetime.combine(day, max(period.start, opening), local.tzinfo)
                end = datetime.combine(day, period.end, local.tzinfo)
                if begin <= end and left <= end - begin:
                    return begin + left
                left -= max(timedelta(), end - begin)
        day, opening = day + timedelta(days=1), time.min


def _check(limit: Limit, business_hours: Sequence[BusinessPeriod]) -> None:
    if not 0 <= limit.amount <= AMOUNT_MAX:
        raise InvalidLimitError(
            Text(
                f"时限 {limit.amount} 不在 0 至 {AMOUNT_MAX} 之间；未作任何更改，请修改规则包。",
                f"the limit {limit.amount} is outside 0 to {AMOUNT_MAX}; "
                "nothing was changed, correct the policy pack.",
            )
        )
    if limit.unit is TimeUnit.WORKING_HOUR and not business_hours:
        raise InvalidLimitError(
            Text(
                "按工作小时计时须写明办公时间；未作任何更改，请在规则包中补充。",
                "a limit in working hours needs office hours; "
                "nothing was changed, state them in the policy pack.",
            )
        )
