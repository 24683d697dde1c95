"""Without this file nobody could check a due date day by day, notice by notice."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from domain.calendar import Calendar
from domain.deadlines import due_at, midnight_after
from domain.limit import BusinessPeriod, Limit, TimeUnit
from domain.office_hours import working_time
from domain.text import Text

_DAY_ZERO = Text("起算当日，不计入", "day 0, not counted")
_SKIPPED = Text("不计入", "skipped")
_ROLLED = Text("顺延", "the end rolls over this day or to it")
_COUNTED = Text("计入", "counted")


class DayCount(msgspec.Struct, frozen=True):
    """One day of a count.

    Attributes:
        day: Civil day in the ledger's zone.
        number: Days counted so far, this one included.
        counted: Whether the day itself, or a part of it, counts.
        reason: Why it counts or does not.
        notice: Document number of the notice that decides it, else empty.
        minutes: Whole minutes of the limit used up by the end of the day; 0 for limits in days.
    """

    day: date
    number: int
    counted: bool
    reason: Text
    notice: str
    minutes: int = 0


def explain(
    start: datetime,
    limit: Limit,
    calendar: Calendar,
    zone: ZoneInfo,
    business_hours: Sequence[BusinessPeriod] = (),
) -> list[DayCount]:
    """Return every day from the start to the due day, counted or skipped, with its reason; pure.

    Args:
        start: Aware instant that starts the clock; its local day comes first.
        limit: The allowance.
        calendar: The calendar the deadline pins.
        zone: The ledger's zone.
        business_hours: Office hours, for ``working_hour`` only.

    Raises:
        InvalidLimitError: as ``domain.deadlines.due_at``.
        DayOutOfRangeError: as ``domain.deadlines.due_at``.

    Source:
        domain.md §6.17.
    """
    due = due_at(start, limit, calendar, zone, business_hours)
    first = start.astimezone(zone).date()
    counts: list[DayCount] = []
    number = 0
    spent = timedelta()
    for offset in range((due.last_day - first).days + 1):
        day = first + timedelta(days=offset)
        end = min(due.due_at, midnight_after(day, zone))
        why = _COUNTED
        match limit.unit:
            case TimeUnit.WORKING_DAY | TimeUnit.CALENDAR_DAY:
                why = _verdict(day, offset, number, limit, calendar)
            case TimeUnit.WORKING_HOUR:
                before, spent = spent, working_time(start, end, calendar, zone, business_hours)
                why = _COUNTED if spent > before else _SKIPPED
            case TimeUnit.WALL_HOUR:
                before, spent = spent, end - start.astimezone(UTC)
                why = _COUNTED if spent > before else _SKIPPED
            case TimeUnit.ON_SPOT:
                pass
        number += why is _COUNTED
        noticed = calendar.day_notice(day)
        counts.append(
            DayCount(
                day,
                number,
                why is _COUNTED,
                _reason(day, why, calendar),
                noticed.number if noticed else "",
                spent // timedelta(minutes=1),
            )
        )
    return counts


def _verdict(day: date, offset: int, number: int, limit: Limit, calendar: Calendar) -> Text:
    if offset == 0:
        return _DAY_ZERO
    by_work = limit.unit is TimeUnit.WORKING_DAY
    if number == limit.amount:
        return _ROLLED
    return _SKIPPED if by_work and not calendar.is_workday(day) else _COUNTED


def _reason(day: date, why: Text, calendar: Calendar) -> Text:
    kind = calendar.day_kind(day).label
    noticed = calendar.day_notice(day)
    zh, en = (f"{kind.zh}，{why.zh}", f"{kind.en}, {why.en}")
    if noticed and noticed.worked:
        half = noticed.worked.label
        zh, en = f"{kind.zh}（{half.zh}），{why.zh}", f"{kind.en} ({half.en}), {why.en}"
    if noticed:
        zh, en = f"{noticed.holiday.zh}：{zh}", f"{noticed.holiday.en}: {en}"
    if not calendar.is_published(day.year):
        zh += "（当年放假安排尚未公布，暂定）"
        en += " (provisional: the notice for this year is not published)"
    return Text(zh, en)
