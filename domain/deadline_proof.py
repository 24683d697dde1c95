"""Without this file nobody could check a due date day by day, notice by notice."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from domain.calendar import Calendar
from domain.deadlines import due_at
from domain.limit import BusinessPeriod, Limit, TimeUnit
from domain.text import Text


class DayCount(msgspec.Struct, frozen=True):
    """One day of a count.

    Attributes:
        day: Civil day in the ledger's zone.
        number: Days counted so far, this one included.
        counted: Whether the day itself counts.
        reason: Why it counts or does not.
        notice: Document number of the notice that decides it, else empty.
    """

    day: date
    number: int
    counted: bool
    reason: Text
    notice: str


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

    Source:
        domain.md §6.17.
    """
    due = due_at(start, limit, calendar, zone, business_hours)
    first = start.astimezone(zone).date()
    counts: list[DayCount] = []
    number = 0
    for offset in range((due.last_day - first).days + 1):
        day = first + timedelta(days=offset)
        counted, why = _verdict(day, offset, limit, calendar)
        number += counted
        noticed = calendar.day_notice(day)
        notice = noticed.number if noticed else ""
        counts.append(DayCount(day, number, counted, _reason(day, why, calendar), notice))
    return counts


def _verdict(day: date, offset: int, limit: Limit, calendar: Calendar) -> tuple[bool, Text]:
    by_day = limit.unit in {TimeUnit.WORKING_DAY, TimeUnit.CALENDAR_DAY}
    by_work = limit.unit in {TimeUnit.WORKING_DAY, TimeUnit.WORKING_HOUR}
    if by_day and offset == 0:
        return False, Text("起算当日，不计入", "day 0, not counted")
    if by_work and not calendar.is_workday(day):
        return False, Text("不计入", "skipped")
    if limit.unit is TimeUnit.CALENDAR_DAY and offset > limit.amount:
        return False, Text("顺延", "the end rolls over this day or to it")
    return True, Text("计入", "counted")


def _reason(day: date, why: Text, calendar: Calendar) -> Text:
    kind = calendar.day_kind(day).label
    noticed = calendar.day_notice(day)
    zh, en = (f"{kind.zh}，{why.zh}", f"{kind.en}, {why.en}")
    if noticed:
        zh, en = f"{noticed.holiday.zh}：{zh}", f"{noticed.holiday.en}: {en}"
    if not calendar.is_published(day.year):
        zh += "（当年放假安排尚未公布，暂定）"
        en += " (provisional: the notice for this year is not published)"
    return Text(zh, en)
