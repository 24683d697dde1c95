"""Without this file handling times could be computed but not printed."""

from zoneinfo import ZoneInfo

import click

from commands.language import say
from commands.reading import Reading
from commands.report_document import (
    NO_FIGURE,
    Report,
    group_member,
    rate_cells,
    rate_member,
    reasons,
)
from commands.report_question import Question
from commands.table_text import Column
from domain.calendar import Calendar
from domain.dimension import Dimension
from domain.limit import TimeUnit
from domain.ranking import rank_rates
from domain.text import Text
from projections.case_statistics import AnswerLimit, read_answered_within
from projections.case_times import ClockStart

_ANSWERED = Text("限期内答复", "Answered within")
_AMOUNT_MAX = 3650
_SUFFIXES = {
    "wd": TimeUnit.WORKING_DAY,
    "cd": TimeUnit.CALENDAR_DAY,
    "h": TimeUnit.WALL_HOUR,
}


def make_answered_report(
    limit: AnswerLimit, start: ClockStart, reading: Reading, question: Question
) -> Report:
    """Return the shares answered within a limit, the best first. Blocking."""
    shares = read_answered_within(
        reading.connection,
        question.by,
        limit,
        now=question.now,
        as_of=question.as_of,
        start=start,
        scope=question.scope,
        cohort=question.cohort,
    )
    ranking = rank_rates(shares.rows, question.cases_min)
    columns = [
        Column(Text("名次", "rank")),
        Column(question.by.label, is_number=False),
        Column(Text("件数 n/d", "n/d")),
        Column(Text("比率 %", "share %")),
        Column(Text("95% 区间", "95 % interval")),
    ]
    lines = () if question.by is Dimension.TOTAL else (*ranking.ranked, *ranking.unranked)
    rows = [
        [
            NO_FIGURE if line.rank is None else str(line.rank),
            say(question.label(line.key)),
            *rate_cells(shares.rows[line.key], question.cases_min),
        ]
        for line in lines
    ]
    total = [NO_FIGURE, say(Dimension.TOTAL.label), *rate_cells(shares.total, question.cases_min)]
    members: dict[str, object] = {
        "start": start.value,
        "limit": {
            "amount": limit.amount,
            "unit": limit.unit.value,
            "calendar": limit.calendar.reference,
        },
        "rows": [
            {"rank": line.rank}
            | group_member(question, line.key)
            | rate_member(shares.rows[line.key], question.cases_min)
            for line in lines
        ],
        "total": rate_member(shares.total, question.cases_min),
    }
    amount = f"{limit.amount} "
    title = Text(
        f"{_ANSWERED.zh} {amount}{limit.unit.label.zh}（{start.label.zh}，"
        f"{limit.calendar.reference}）",
        f"{_ANSWERED.en} {amount}{limit.unit.label.en} ({start.label.en}, "
        f"{limit.calendar.reference})",
    )
    references = [f"answered_within.{limit.amount}_{limit.unit.value}.{start.value}@1"]
    return Report(
        "answered-within",
        title,
        references,
        shares.position,
        columns,
        [*rows, total],
        members,
        reasons((*shares.rows.values(), shares.total)),
    )


def parse_limit(text: str, calendar: Calendar, zone: ZoneInfo) -> AnswerLimit:
    """Return the limit of a text such as ``15wd``, ``5cd`` or ``24h``.

    Raises:
        click.BadParameter: the text is no limit.
    """
    amount = text.rstrip("wcdh")
    unit = _SUFFIXES.get(text[len(amount) :])
    if (
        unit is None
        or not (amount.isascii() and amount.isdigit())
        or not 1 <= int(amount) <= _AMOUNT_MAX
    ):
        raise click.BadParameter(
            say(
                Text(
                    f"“{text}”不是时限；请写 15wd（工作日）、5cd（自然日）"
                    f"或 24h（小时），1 至 {_AMOUNT_MAX}。",
                    f"'{text}' is no limit; write 15wd (working days), 5cd (calendar days) or 24h "
                    f"(hours), 1 to {_AMOUNT_MAX}.",
                )
            )
        )
    return AnswerLimit(int(amount), unit, calendar, zone)
