"""Without this file handling times could be computed but not printed."""

import re
from collections.abc import Mapping, Sequence
from datetime import time
from fractions import Fraction

import click

from commands.language import say
from commands.reading import Reading
from commands.report_document import NO_FIGURE, Report, group_member
from commands.report_question import Question
from commands.table_text import Column
from domain.dimension import Dimension
from domain.handling_time import HandlingMeasure
from domain.limit import BusinessPeriod
from domain.office_hours import OfficeHours
from domain.ranking import Entry, Ranking, rank
from domain.spread import Spread
from domain.text import Text
from projections.case_times import ClockStart
from projections.handling_times import Handling, read_handling

_TITLE = Text("办理时长（小时）", "Handling time (hours)")
_FIGURES = (
    Text("最短", "min"),
    Text("下四分位", "p25"),
    Text("中位数", "median"),
    Text("上四分位", "p75"),
    Text("P90", "p90"),
    Text("最长", "max"),
    Text("平均", "mean"),
)
_PERIOD = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


def make_handling_report(
    start: ClockStart,
    measure: HandlingMeasure,
    office: OfficeHours,
    reading: Reading,
    question: Question,
) -> Report:
    """Return how long petitions took and how old the open ones are, in hours. Blocking.

    Groups stand in their places by the median of the closed, the quickest first.
    """
    answer = read_handling(
        reading.connection,
        question.by,
        as_of=question.instant,
        measure=measure,
        office=office,
        start=start,
        scope=question.scope,
        cohort=question.cohort,
    )
    ranking = _quickest_first(answer.rows, question.cases_min)
    lines = () if question.by is Dimension.TOTAL else (*ranking.ranked, *ranking.unranked)
    columns = [
        Column(Text("名次", "rank")),
        Column(question.by.label, is_number=False),
        Column(Text("件数", "cases")),
        *(Column(title) for title in _FIGURES),
        Column(Text("中位数（含未办结，K–M）", "median with the open (Kaplan–Meier)")),
        Column(Text("未办结", "open")),
        Column(Text("未办结已历时中位数", "median age of the open")),
    ]
    rows = [
        [
            NO_FIGURE if line.rank is None else str(line.rank),
            say(question.label(line.key)),
            *_cells(answer.rows[line.key]),
        ]
        for line in lines
    ]
    rows.append([NO_FIGURE, say(Dimension.TOTAL.label), *_cells(answer.total)])
    members: dict[str, object] = {
        "start": start.value,
        "measure": measure.value,
        "rows": [
            {"rank": line.rank}
            | group_member(question, line.key)
            | _member(answer.rows[line.key], measure)
            for line in lines
        ]
        or [{"rank": None} | group_member(question, "") | _member(answer.total, measure)],
        "total": _member(answer.total, measure),
    }
    said = (start.label, measure.label)
    notes: tuple[tuple[Text, str], ...] = ()
    if measure is HandlingMeasure.WORKING:
        hours = " ".join(f"{each.start:%H:%M}-{each.end:%H:%M}" for each in office.business_hours)
        notes = ((Text("工作时间", "office hours"), f"{office.calendar.reference} {hours}"),)
    suffix = "" if measure is HandlingMeasure.WALL else f".{measure.value}"
    return Report(
        "handling-time",
        Text(
            "，".join((_TITLE.zh, *(each.zh for each in said))),
            ", ".join((_TITLE.en, *(each.en for each in said))),
        ),
        [f"handling_time.{start.value}{suffix}@1"],
        answer.position,
        columns,
        rows,
        members,
        notes=notes,
    )


def _quickest_first(rows: Mapping[str, Handling], cases_min: int) -> Ranking:
    """Return groups in their places by the median of their closed petitions; pure."""
    return rank(
        (
            Entry(key, None if median is None else -median, each.closed.count)
            for key, each in rows.items()
            for median in (each.closed.median,)
        ),
        cases_min,
    )


def parse_hours(text: str) -> Sequence[BusinessPeriod]:
    """Return the office hours of a text such as ``09:00-12:00,13:00-17:00``.

    Raises:
        click.BadParameter: the text names no rising hours.
    """
    periods = []
    for part in text.split(","):
        found = _PERIOD.fullmatch(part.strip())
        if found is None:
            raise _no_hours(text)
        first, second, third, fourth = map(int, found.groups())
        periods.append(BusinessPeriod(time(first, second), time(third, fourth)))
    edges = [edge for period in periods for edge in (period.start, period.end)]
    if edges != sorted(set(edges)):
        raise _no_hours(text)
    return periods


def _no_hours(text: str) -> click.BadParameter:
    return click.BadParameter(
        say(
            Text(
                f"“{text}”不是办公时间；请写成 09:00-12:00,13:00-17:00，依次递增。",
                f"'{text}' are no office hours; write 09:00-12:00,13:00-17:00, rising.",
            )
        )
    )


def _cells(handling: Handling) -> list[str]:
    spread = handling.closed
    return [
        str(spread.count),
        *(text or NO_FIGURE for text in spread.hours().values()),
        _hours(handling.median_us) or NO_FIGURE,
        str(handling.open.count),
        handling.open.hours()["median"] or NO_FIGURE,
    ]


def _member(handling: Handling, measure: HandlingMeasure) -> dict[str, object]:
    # A working hour is no part of a day of 24 hours.
    is_clock = measure is not HandlingMeasure.WORKING
    return {
        "cases": handling.closed.count,
        "hours": handling.closed.hours(),
        "days": handling.closed.days() if is_clock else None,
        "median_with_open": _hours(handling.median_us),
        "open": handling.open.count,
        "open_hours": handling.open.hours(),
    }


def _hours(duration_us: int | None) -> str | None:
    if duration_us is None:
        return None
    return Spread(1, median=Fraction(duration_us)).hours()["median"]
