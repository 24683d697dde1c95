"""Without this file no month could be closed with a form of its petitions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.counts import Counts
from domain.dimension import Dimension
from domain.measure_labels import MEASURE_LABELS
from domain.period import read_period
from domain.rates import RateDefinition
from domain.report_cells import Cell
from domain.text import Text
from projections.rate_queries import CountsAnswer
from replay.export_columns import (
    count_field,
    group_fields,
    rate_fields,
    rate_values,
)
from replay.export_document import Document, Row, Table
from replay.export_field import Field, Value
from replay.export_rates import TOTAL_CODE
from replay.group_labels import group_label
from replay.template_frame import Frame

_SATISFACTION = (
    "satisfaction_rate.strict",
    "satisfaction_rate.lenient",
    "satisfaction_rate.all",
    "resolution_rate.petitioner",
)
_ONTIME = ("ontime_rate.effective", "ontime_rate.original", "ontime_rate.explained")


@dataclass(frozen=True)
class Block:
    """Columns that stand under one head.

    Attributes:
        name: Put before the names of its columns.
        label: The head.
        answer: Counts by unit.
        measures: Counts it shows.
        rates: Rates it shows.
    """

    name: str
    label: Text
    answer: CountsAnswer
    measures: Sequence[str]
    rates: Sequence[RateDefinition]


def closure_monthly(frame: Frame) -> Document:
    """Return 办结情况月报: this period and the year so far, by unit. Blocking.

    Raises:
        CountsDisagreeError: the counts do not add up.
    """
    period = frame.period
    year = read_period(str(period.year), period.start_day)
    now, so_far = frame.counts(period), frame.counts(year)
    closure, *ontime = frame.take_rates(now.position, "closure_rate", *_ONTIME)
    shown = ("received",)
    blocks = (
        Block("period", Text("本期", "this period"), now, shown, (closure,)),
        Block("year", Text("本年累计", "year so far"), so_far, shown, (closure,)),
        *(Block("period", rate.label, now, (), (rate,)) for rate in ontime),
    )
    return _document(frame, blocks)


def satisfaction_report(frame: Frame) -> Document:
    """Return 满意度回访报告: answers and rates of satisfaction and resolution, by unit. Blocking.

    Raises:
        CountsDisagreeError: the counts do not add up.
    """
    now = frame.counts(frame.period)
    answers = ("satisfied", "basically_satisfied", "dissatisfied")
    rates = frame.take_rates(now.position, *_SATISFACTION)
    blocks = (
        Block("period", Text("有效回答", "valid answers"), now, answers, ()),
        *(Block("period", rate.label, now, (), (rate,)) for rate in rates),
    )
    return _document(frame, blocks)


def _document(frame: Frame, blocks: Sequence[Block]) -> Document:
    fields = [*group_fields(Dimension.UNIT), *(each for block in blocks for each in _fields(block))]
    units = sorted({unit for block in blocks for unit in block.answer.rows})
    withheld = (block.answer.withheld(unit) for block in blocks for unit in (*units, None))
    return frame.document(
        Table(fields, [_row(frame, blocks, unit) for unit in units], _row(frame, blocks, None)),
        blocks[0].answer.position,
        list(dict.fromkeys(rate for block in blocks for rate in block.rates)),
        withheld=tuple(dict.fromkeys(reason for reason in withheld if reason is not None)),
    )


def _fields(block: Block) -> Iterator[Field]:
    for measure in block.measures:
        yield count_field(f"{block.name}.{measure}", MEASURE_LABELS[measure], block.label)
    for rate in block.rates:
        group = {} if block.label == rate.label else {"group": block.label}
        yield from rate_fields(rate, prefix=f"{block.name}_", **group)


def _row(frame: Frame, blocks: Sequence[Block], unit: str | None) -> Row:
    label = frame.say(group_label(Dimension.UNIT, unit, frame.names))
    values: list[Value] = [label, "petition", TOTAL_CODE if unit is None else unit]
    for block in blocks:
        answer = block.answer
        counts = answer.total if unit is None else answer.rows.get(unit, Counts())
        values += [counts[measure] for measure in block.measures]
        for rate in block.rates:
            values += rate_values(_cell(frame, rate, answer, unit, counts))
    return tuple(values)


def _cell(
    frame: Frame, rate: RateDefinition, answer: CountsAnswer, unit: str | None, counts: Counts
) -> Cell:
    """Return a rate with its digits, as a published report would hold it."""
    if answer.withheld(unit) is not None:
        return Cell(group=unit, figure=rate.reference, n=None)
    share = rate.sums(counts)
    printed = share.percent() if share.is_printed(frame.cases_min) else None
    return Cell(group=unit, figure=rate.reference, n=share.n, d=share.d, printed=printed)
