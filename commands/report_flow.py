"""Without this file a month's work would be told by a rate that is none."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import click

from commands.language import say
from commands.reading import Reading
from commands.report_document import NO_FIGURE, Report, group_member
from commands.report_question import Question
from commands.table_text import Column
from domain.dimension import Dimension
from domain.flow import FLOW_RATIO, Flow, flow_between
from domain.text import Text

_TITLE = Text("当期口径", "Flow of the period")
_TICK = timedelta(microseconds=1)
_FIRST = datetime(1900, 1, 1, tzinfo=UTC)


def make_flow_report(reading: Reading, question: Question) -> Report:
    """Return acceptances and acts of closing of a period, by group. Blocking.

    Raises:
        click.UsageError: no period was named.
    """
    cohort = question.cohort
    if cohort is None:
        raise click.UsageError(
            say(
                Text(
                    "当期口径须指明统计期；请加 --period 或 --from。",
                    "A flow is that of a period; add --period or --from.",
                )
            )
        )
    end = min(question.instant, cohort.accepted_before - _TICK)
    accepted = replace(question, as_of=end).counts(reading)
    until = replace(question, as_of=end, cohort=None).counts(reading)
    start = max(cohort.accepted_from, _FIRST) - _TICK
    # The units of the period's end report both, so that a merger within it moves no closing.
    scope = replace(question.scope, units_at=end)
    before = replace(question, as_of=start, cohort=None, scope=scope).counts(reading)
    flows = flow_between(accepted.rows, before.rows, until.rows)
    total = flow_between({"": accepted.total}, {"": before.total}, {"": until.total}).get(
        "", Flow(0, 0)
    )
    columns = [
        Column(question.by.label, is_number=False),
        Column(Text("受理数", "accepted")),
        Column(Text("办结件次", "acts of closing")),
        Column(Text("办结受理比 %", "flow ratio %")),
    ]
    groups = {} if question.by is Dimension.TOTAL else flows
    rows = [[say(question.label(key)), *_cells(each)] for key, each in groups.items()]
    rows.append([say(Dimension.TOTAL.label), *_cells(total)])
    return Report(
        "flow",
        _TITLE,
        [FLOW_RATIO],
        until.position,
        columns,
        rows,
        {
            "rows": [group_member(question, key) | _member(each) for key, each in groups.items()],
            "total": _member(total),
        },
    )


def _cells(flow: Flow) -> list[str]:
    return [str(flow.accepted), str(flow.closings), flow.ratio or NO_FIGURE]


def _member(flow: Flow) -> dict[str, object]:
    return {"accepted": flow.accepted, "closings": flow.closings, "flow_ratio": flow.ratio}
