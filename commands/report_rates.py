"""Without this file no closure, on-time or satisfaction rate could be printed."""

from collections.abc import Mapping, Sequence

from commands.language import say
from commands.reading import Reading
from commands.report_document import Report, group_member, rate_cells, rate_member, reasons
from commands.report_question import Question
from commands.table_text import Column
from domain.counts import Counts, check_identities
from domain.dimension import Dimension
from domain.rate import Rate
from domain.rates import RateDefinition
from domain.report_kind import COUNTS_BESIDE, ReportKind, counts_beside
from domain.text import Text
from projections.rate_queries import CountsAnswer


def make_rates_report(
    kind: ReportKind, reading: Reading, question: Question, metrics: Sequence[str] = ()
) -> Report:
    """Return one of the reports on rates. Blocking.

    Args:
        kind: Any but the ranking.
        reading: The ledger.
        question: What is asked.
        metrics: What is asked for, of a report on chosen rates.

    Raises:
        RetiredDefinitionError: one of the rates was retired.
        NoSuchMetricError: there is no such rate.
        CountsDisagreeError: the counts do not add up; nothing may be printed.
    """
    answer = question.counts(reading)
    definitions = question.rates(reading, answer, kind, metrics)
    groups = dict(answer.rows)
    for counts in groups.values():
        check_identities(counts)
    columns = [Column(question.by.label, is_number=False)]
    if kind is ReportKind.CLOSURE:
        columns.extend(Column(label) for label in COUNTS_BESIDE.values())
    for definition in definitions:
        columns.append(Column(Text("件数 n/d", "n/d")))
        columns.append(Column(Text(f"{definition.label.zh} %", f"{definition.label.en} %")))
        columns.append(Column(Text("95% 区间", "95 % interval")))
    if question.by is Dimension.TOTAL:
        groups = {"": answer.total}
    totals = _rates(definitions, answer, None)
    rows = []
    for key, counts in groups.items():
        label = say(question.label(key))
        rows.append([label, *_cells(kind, counts, question, _rates(definitions, answer, key))])
    if question.by is not Dimension.TOTAL:
        total = say(Dimension.TOTAL.label)
        rows.append([total, *_cells(kind, answer.total, question, totals)])
    members: dict[str, object] = {
        "rows": [
            group_member(question, key)
            | _member(counts, question, _rates(definitions, answer, key))
            for key, counts in groups.items()
        ],
        "total": _member(answer.total, question, totals),
    }
    return Report(
        kind.value,
        kind.label,
        [definition.reference for definition in definitions],
        answer.position,
        columns,
        rows,
        members,
        reasons(
            rate
            for key in (*answer.rows, None)
            for rate in _rates(definitions, answer, key).values()
        ),
    )


def _rates(
    definitions: Sequence[RateDefinition], answer: CountsAnswer, key: str | None
) -> dict[str, Rate]:
    group = None if answer.by is Dimension.TOTAL else key
    return {definition.rate_id: answer.rate(definition, group) for definition in definitions}


def _cells(
    kind: ReportKind, counts: Counts, question: Question, rates: Mapping[str, Rate]
) -> list[str]:
    cells: list[str] = []
    if kind is ReportKind.CLOSURE:
        cells.extend(str(value) for value in counts_beside(counts).values())
    for rate in rates.values():
        cells.extend(rate_cells(rate, question.cases_min))
    return cells


def _member(counts: Counts, question: Question, rates: Mapping[str, Rate]) -> dict[str, object]:
    return {
        "counts": counts_beside(counts),
        "rates": {
            rate_id: rate_member(rate, question.cases_min) for rate_id, rate in rates.items()
        },
    }
