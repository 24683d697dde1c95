"""Without this file no closure, on-time or satisfaction rate could be printed."""

from collections.abc import Mapping

from commands.language import say
from commands.reading import Reading
from commands.report_document import Report, group_member, rate_cells, rate_member, reasons
from commands.report_question import Question
from commands.table_text import Column
from domain.counts import Counts, check_identities
from domain.dimension import Dimension
from domain.rate import Rate
from domain.rates import RATES
from domain.text import Text
from projections.rate_queries import CountsAnswer, read_counts

_TITLES = {
    "closure": Text("办结情况", "Closure"),
    "ontime": Text("按时办结情况", "On time"),
    "satisfaction": Text("满意与解决情况", "Satisfaction and resolution"),
}
_RATES = {
    "closure": ("closure_rate",),
    "ontime": ("ontime_rate.effective", "ontime_rate.original", "ontime_rate.closed"),
    "satisfaction": (
        "satisfaction_rate.strict",
        "satisfaction_rate.lenient",
        "satisfaction_rate.all",
        "satisfaction_rate.all_strict",
        "resolution_rate.petitioner",
    ),
}
_COUNTS = {
    "received": Text("收到", "received"),
    "pending": Text("待受理", "pending"),
    "not_accepted": Text("不予受理", "not accepted"),
    "referred_out": Text("已引导", "referred out"),
    "withdrawn": Text("撤回", "withdrawn"),
    "open": Text("未办结", "open"),
}


def make_rates_report(name: str, reading: Reading, question: Question) -> Report:
    """Return one of the reports on rates. Blocking.

    Args:
        name: ``closure``, ``ontime`` or ``satisfaction``.
        reading: The ledger.
        question: What is asked.

    Raises:
        CountsDisagreeError: the counts do not add up; nothing may be printed.
    """
    answer = read_counts(
        reading.connection,
        question.by,
        as_of=question.instant,
        zone=reading.zone,
        scope=question.scope,
        cohort=question.cohort,
    )
    groups = dict(answer.rows)
    for counts in groups.values():
        check_identities(counts)
    definitions = [RATES[rate_id] for rate_id in _RATES[name]]
    columns = [Column(question.by.label, is_number=False)]
    if name == "closure":
        columns.extend(Column(label) for label in _COUNTS.values())
    for definition in definitions:
        columns.append(Column(Text("件数 n/d", "n/d")))
        columns.append(Column(Text(f"{definition.label.zh} %", f"{definition.label.en} %")))
        columns.append(Column(Text("95% 区间", "95 % interval")))
    if question.by is Dimension.TOTAL:
        groups = {"": answer.total}
    totals = _rates(name, answer, None)
    rows = []
    for key, counts in groups.items():
        label = say(question.label(key))
        rows.append([label, *_cells(name, counts, question, _rates(name, answer, key))])
    if question.by is not Dimension.TOTAL:
        total = say(Dimension.TOTAL.label)
        rows.append([total, *_cells(name, answer.total, question, totals)])
    members: dict[str, object] = {
        "rows": [
            group_member(question, key) | _member(counts, question, _rates(name, answer, key))
            for key, counts in groups.items()
        ],
        "total": _member(answer.total, question, totals),
    }
    references = [definition.reference for definition in definitions]
    return Report(
        name,
        _TITLES[name],
        references,
        answer.position,
        columns,
        rows,
        members,
        reasons(
            rate for key in (*answer.rows, None) for rate in _rates(name, answer, key).values()
        ),
    )


def _rates(name: str, answer: CountsAnswer, key: str | None) -> dict[str, Rate]:
    group = None if answer.by is Dimension.TOTAL else key
    return {rate_id: answer.rate(RATES[rate_id], group) for rate_id in _RATES[name]}


def _cells(name: str, counts: Counts, question: Question, rates: Mapping[str, Rate]) -> list[str]:
    cells = [str(value) for value in _beside(counts).values()] if name == "closure" else []
    for rate in rates.values():
        cells.extend(rate_cells(rate, question.cases_min))
    return cells


def _member(counts: Counts, question: Question, rates: Mapping[str, Rate]) -> dict[str, object]:
    return {
        "counts": _beside(counts),
        "rates": {
            rate_id: rate_member(rate, question.cases_min) for rate_id, rate in rates.items()
        },
    }


def _beside(counts: Counts) -> dict[str, int]:
    """Return the counts that must stand beside a closure rate (domain.md §5)."""
    derived = {"pending": counts.pending, "open": counts.open}
    return {name: derived[name] if name in derived else counts[name] for name in _COUNTS}
