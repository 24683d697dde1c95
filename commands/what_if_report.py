"""Without this file a supposed figure could be read without the real one beside it."""

from collections.abc import Sequence

from commands.language import say
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
from commands.what_if_head import what_if_head, what_if_notes
from domain.counts import check_identities
from domain.dimension import Dimension
from domain.rate import Rate, points_between
from domain.rates import RateDefinition
from domain.report_kind import ReportKind
from domain.supposition import Supposition
from domain.text import Text
from replay.what_if import WhatIf


def make_rates(
    kind: ReportKind,
    definitions: Sequence[RateDefinition],
    told: WhatIf,
    supposition: Supposition,
    question: Question,
) -> Report:
    """Return the rates of every group, as they are and as they would be.

    Args:
        kind: Any but the ranking.
        definitions: The rates it prints.
        told: The history counted twice.
        supposition: The other rules.
        question: What was asked.

    Raises:
        CountsDisagreeError: the counts do not add up; nothing may be printed.
    """
    for counts in (*told.real.rows.values(), *told.supposed.rows.values()):
        check_identities(counts)
    columns = [
        Column(question.by.label, is_number=False),
        Column(Text("指标", "rate"), is_number=False),
        Column(Text("实际 n/d", "real n/d")),
        Column(Text("实际 %", "real %")),
        Column(Text("假设 n/d", "what-if n/d")),
        Column(Text("假设 %", "what-if %")),
        Column(Text("相差（百分点）", "difference in points")),
    ]
    rows: list[list[str]] = []
    members: list[dict[str, object]] = []
    for key in _groups(told, question):
        rates: dict[str, object] = {}
        for definition in definitions:
            real, supposed = _pair(told, definition, key)
            points = _points(real, supposed, question.cases_min)
            rows.append(
                [
                    say(Dimension.TOTAL.label if key is None else question.label(key)),
                    say(definition.label),
                    *rate_cells(real, question.cases_min)[:2],
                    *rate_cells(supposed, question.cases_min)[:2],
                    points or NO_FIGURE,
                ]
            )
            rates[definition.rate_id] = {
                "real": rate_member(real, question.cases_min),
                "what_if": rate_member(supposed, question.cases_min),
                "points": points,
            }
        group = {"key": None} if key is None else group_member(question, key)
        members.append(group | {"rates": rates})
    withheld = reasons(
        rate
        for key in _groups(told, question)
        for definition in definitions
        for rate in _pair(told, definition, key)
    )
    return Report(
        f"what-if {kind.value}",
        Text(f"假设重放：{kind.label.zh}", f"What-if: {kind.label.en}"),
        [definition.reference for definition in definitions],
        told.real.position,
        columns,
        rows,
        what_if_head(told, supposition) | {"groups": members},
        withheld,
        [*what_if_notes(told, supposition)],
    )


def _groups(told: WhatIf, question: Question) -> list[str | None]:
    """Return the keys of the groups, and None for the total."""
    if question.by is Dimension.TOTAL:
        return [None]
    return [*sorted(told.real.rows.keys() | told.supposed.rows.keys()), None]


def _pair(told: WhatIf, definition: RateDefinition, key: str | None) -> tuple[Rate, Rate]:
    return told.real.rate(definition, key), told.supposed.rate(definition, key)


def _points(real: Rate, supposed: Rate, cases_min: int) -> str | None:
    shown = all(rate.withheld is None and rate.d >= max(cases_min, 1) for rate in (real, supposed))
    return points_between(real, supposed) if shown else None
