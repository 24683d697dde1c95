"""Without this file cases could be counted by group but not printed."""

from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from commands.instants import local_text
from commands.language import say
from commands.reading import Reading
from commands.report_document import NO_FIGURE, Report, group_member
from commands.report_question import Question
from commands.table_text import Column
from domain.calendar import Calendar
from domain.dimension import Dimension
from domain.ranking import Entry, rank
from domain.text import Text
from projections.case_sums import CaseSum, Stretch, read_case_sums

_TITLE = Text("件数与起止", "Cases")


def make_cases_report(calendar: Calendar, reading: Reading, question: Question) -> Report:
    """Return how many cases there are by group, the most first. Blocking.

    Args:
        calendar: Working days.
        reading: The ledger.
        question: What is asked.
    """
    found = read_case_sums(
        reading.connection,
        question.case_key or question.by,
        calendar=calendar,
        zone=reading.zone,
        now=question.now,
        as_of=question.as_of,
        scope=question.scope,
        cohort=question.cohort,
    )
    entries = (Entry(key, Fraction(row.cases), row.cases) for key, row in found.rows.items())
    ranking = rank(entries, question.cases_min)
    is_whole = question.grouping is Dimension.TOTAL
    lines = () if is_whole else (*ranking.ranked, *ranking.unranked)
    columns = [
        Column(Text("名次", "rank")),
        Column(question.grouping.label, is_number=False),
        Column(Text("件数", "cases")),
        Column(Text("办结", "closed")),
        Column(Text("未办结", "open")),
        Column(Text("逾期未答复", "open overdue")),
        Column(Text("无时限", "without limit")),
        Column(Text("最早提交", "first filed")),
        Column(Text("最晚提交", "last filed")),
        Column(Text("非工作日提交", "filed on rest days")),
        Column(Text("最晚答复", "last answered")),
        Column(Text("非工作日答复", "answered on rest days")),
    ]
    zone = reading.zone
    rows = [
        [
            NO_FIGURE if line.rank is None else str(line.rank),
            say(question.label(line.key)),
            *_cells(found.rows[line.key], zone),
        ]
        for line in lines
    ]
    rows.append([NO_FIGURE, say(Dimension.TOTAL.label), *_cells(found.total, zone)])
    members: dict[str, object] = {
        "calendar": calendar.reference,
        "rows": [
            {"rank": line.rank}
            | group_member(question, line.key)
            | _member(found.rows[line.key], zone)
            for line in lines
        ],
        "total": _member(found.total, zone),
    }
    notes = ((Text("工作日历", "calendar"), calendar.reference),)
    return Report("cases", _TITLE, ["cases@1"], found.position, columns, rows, members, (), notes)


def _cells(row: CaseSum, zone: ZoneInfo) -> list[str]:
    return [
        str(row.cases),
        str(row.closed),
        str(row.open),
        str(row.overdue),
        str(row.without_limit),
        *(NO_FIGURE if at is None else local_text(at, zone) for at in _ends(row.filed)),
        str(row.filed.off_days),
        NO_FIGURE if row.answered.last is None else local_text(row.answered.last, zone),
        str(row.answered.off_days),
    ]


def _ends(stretch: Stretch) -> tuple[datetime | None, datetime | None]:
    return stretch.first, stretch.last


def _member(row: CaseSum, zone: ZoneInfo) -> dict[str, object]:
    return {
        "cases": row.cases,
        "closed": row.closed,
        "open": row.open,
        "open_overdue": row.overdue,
        "without_limit": row.without_limit,
        "filed": _stretch(row.filed, zone),
        "answered": _stretch(row.answered, zone),
    }


def _stretch(stretch: Stretch, zone: ZoneInfo) -> dict[str, object]:
    first, last = (
        at and at.astimezone(zone).isoformat(timespec="seconds") for at in _ends(stretch)
    )
    return {
        "count": stretch.count,
        "first": first,
        "last": last,
        "on_rest_days": stretch.off_days,
    }
