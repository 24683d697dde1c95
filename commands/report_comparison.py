"""Without this file 环比 and 同比 would be worked out by hand from rounded figures."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import click

from commands.language import say
from commands.reading import Reading
from commands.report_document import NO_FIGURE, Report, group_member, rate_member, reasons
from commands.report_question import Question
from commands.table_text import Column
from domain.comparison import Against, Comparison
from domain.counts import check_identities
from domain.difference import printed_points
from domain.dimension import Dimension
from domain.rates import RateDefinition
from domain.report_kind import ReportKind
from domain.text import Text
from projections.scope import Cohort

TEST = Text(
    "两期差的 95% 区间（Newcombe 混合记分法，独立样本）不含 0 为明显差异",
    "clear where the 95 % interval of the difference (Newcombe's hybrid score, independent "
    "samples) leaves 0 out",
)


def make_compared_report(
    kind: ReportKind, against: Against, reading: Reading, question: Question
) -> Report:
    """Return rates of a period beside those of another one, with the difference. Blocking.

    The other period is judged as long after its end as the one asked for, so that both had
    the same time to be settled.

    Raises:
        click.UsageError: no period was named.
        CountsDisagreeError: the counts do not add up; nothing may be printed.
    """
    earlier = earlier_question(question, against, reading.zone)
    before, after = earlier.counts(reading), question.counts(reading)
    for answer in (before, after):
        for counts in answer.rows.values():
            check_identities(counts)
    definitions = question.rates(reading, after, kind)
    groups: list[str | None] = [None]
    if question.by is not Dimension.TOTAL:
        groups = [*sorted(before.rows.keys() | after.rows.keys()), None]
    columns = [Column(question.by.label, is_number=False)]
    for definition in definitions:
        columns += _columns(definition, earlier, question)
    rows: list[list[str]] = []
    members: list[dict[str, object]] = []
    for group in groups:
        compared = {
            each.rate_id: Comparison(
                before.rate(each, group), after.rate(each, group), question.cases_min
            )
            for each in definitions
        }
        label = Dimension.TOTAL.label if group is None else question.label(group)
        rows.append([say(label), *(cell for each in compared.values() for cell in _cells(each))])
        place = {"key": None} if group is None else group_member(question, group)
        rates = {rate_id: _member(each) for rate_id, each in compared.items()}
        members.append(place | {"rates": rates})
    title = Text(f"{kind.label.zh}，{against.label.zh}", f"{kind.label.en}, {against.label.en}")
    return Report(
        f"{kind.value}-compared",
        title,
        [definition.reference for definition in definitions],
        after.position,
        columns,
        rows,
        {
            "against": against.value,
            "earlier": {"period": str(earlier.period), "as_of": earlier.instant.isoformat()},
            "test": TEST._asdict(),
            "rows": members,
        },
        reasons(
            answer.rate(each, group)
            for answer in (before, after)
            for group in groups
            for each in definitions
        ),
        notes=(
            (Text("比较期", "compared with"), f"{earlier.period} ({earlier.instant.isoformat()})"),
            (Text("差异判定", "difference"), say(TEST)),
        ),
    )


def earlier_question(question: Question, against: Against, zone: ZoneInfo) -> Question:
    """Return the same question of the period compared with; pure.

    Raises:
        click.UsageError: no period was named.
    """
    if question.period is None:
        raise click.UsageError(
            say(
                Text(
                    "环比、同比须指明统计期；请加 --period，如 --period 2019-09。",
                    "A comparison needs a period; add --period, such as --period 2019-09.",
                )
            )
        )
    period = against.of(question.period)
    start, end = period.bounds(zone)
    after_end: timedelta = question.instant - question.period.bounds(zone)[1]
    return replace(
        question,
        period=period,
        cohort=Cohort(start, end),
        as_of=end + after_end,
        # Units that merged in between are compared as what they are now.
        scope=replace(question.scope, units_at=question.instant),
    )


def _columns(definition: RateDefinition, earlier: Question, later: Question) -> list[Column]:
    label = definition.label
    return [
        Column(Text(f"{label.zh} {earlier.period}", f"{label.en} {earlier.period}")),
        Column(Text(str(later.period), str(later.period))),
        Column(Text("百分点", "points")),
        Column(Text("95% 区间", "95 % interval")),
        Column(Text("判定", "verdict"), is_number=False),
    ]


def _cells(compared: Comparison) -> list[str]:
    found = compared.difference
    return [
        *(
            f"{rate.n}/{rate.d} {say(rate.shown(cases_min=compared.cases_min))}"
            if rate.d >= compared.cases_min
            else say(rate.shown(cases_min=compared.cases_min))
            for rate in (compared.earlier, compared.later)
        ),
        compared.points or NO_FIGURE,
        NO_FIGURE
        if found is None
        else f"{printed_points(found.lower)} … {printed_points(found.upper)}",
        say(compared.verdict.label),
    ]


def _member(compared: Comparison) -> dict[str, object]:
    found = compared.difference
    return {
        "earlier": rate_member(compared.earlier, compared.cases_min),
        "later": rate_member(compared.later, compared.cases_min),
        "points": compared.points,
        "interval_95": found and [printed_points(limit) for limit in found[1:]],
        "verdict": compared.verdict.value,
    }
