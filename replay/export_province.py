"""Without this file a sum over ledgers could not be handed in with what it is the sum of."""

from collections.abc import Iterator
from dataclasses import replace

from domain.cell_sums import CellsByFigure
from domain.report_kind import COUNTS_BESIDE
from domain.text import Text
from replay.export_columns import count_field, rate_fields, rate_values
from replay.export_document import PETITIONS, Document, Row, Say, Table
from replay.export_field import Field, FieldKind, Value
from replay.letterhead import Letterhead
from replay.province import ProvinceReport

TOTAL_CODE = "total"
TOTAL = Text("合计", "Total")
_COUNTS = Text("收件情况", "intake")


def province_document(
    report: ProvinceReport, letterhead: Letterhead, say: Say, *, total_first: bool = False
) -> Document:
    """Return the figures of several ledgers with their sum, ready for any format; pure.

    Args:
        report: The figures.
        letterhead: Who hands it in.
        say: Language of the names.
        total_first: Whether a printed form has the sum above its parts.
    """
    first = report.parts[0].report
    figures = list(report.parts[0].cells)
    rows: list[Row] = [
        (
            say(part.place),
            "petition",
            part.ledger,
            part.report.position,
            part.report.number,
            part.left_out is None,
            *_values(part.cells, figures),
        )
        for part in report.parts
    ]
    total: Row | None = None
    if report.total:
        cells = {cell.figure: cell for cell in report.total}
        total = (say(TOTAL), "petition", TOTAL_CODE, None, None, None, *_values(cells, figures))
    origin = replace(
        first.origin,
        position=None,
        positions={part.ledger: part.report.position for part in report.parts},
        number=None,
        state=None,
        withheld=report.notes,
    )
    fields = [*_head_fields(), *_figure_fields(report, figures)]
    return Document(
        f"province-{first.question.kind}",
        Text(f"{first.title.zh}汇总", f"{first.title.en}, several ledgers"),
        Table(fields, rows, total),
        origin,
        letterhead,
        notes=tuple(_sources(report)),
        total_first=total_first,
    )


def _sources(report: ProvinceReport) -> Iterator[Text]:
    for part in report.parts:
        number = part.report.number
        if number is None:
            yield Text(
                f"{part.ledger}：未发布，日志位置 {part.report.position}。",
                f"{part.ledger}: a working figure at log position {part.report.position}.",
            )
        else:
            yield Text(
                f"{part.ledger}：已发布报表 {number}，日志位置 {part.report.position}。",
                f"{part.ledger}: published report {number} at log position {part.report.position}.",
            )


def _head_fields() -> list[Field]:
    return [
        Field("place", Text("辖区", "jurisdiction"), FieldKind.TEXT, Text("名称", "Its name")),
        Field(
            "counted_in",
            Text("计量单位", "unit"),
            FieldKind.TEXT,
            codes={"petition": PETITIONS},
            width=8,
        ),
        Field(
            "ledger",
            Text("台账", "ledger"),
            FieldKind.CODE,
            Text("total 指合计", "total: the sum"),
            width=14,
        ),
        Field(
            "position",
            Text("日志位置", "log position"),
            FieldKind.COUNT,
            Text("数字由此位置及以前的事件得出", "Last event that counts"),
        ),
        Field(
            "report_number",
            Text("报表编号", "report"),
            FieldKind.COUNT,
            Text("已发布报表的编号；空白为未发布", "Number of a published report; else empty"),
        ),
        Field(
            "is_counted",
            Text("计入合计", "counted"),
            FieldKind.FLAG,
            Text("收件不全的不计入", "One with an incomplete intake is not"),
        ),
    ]


def _figure_fields(report: ProvinceReport, figures: list[str]) -> Iterator[Field]:
    catalogue = report.parts[0].report.catalogue
    for figure in figures:
        if figure in COUNTS_BESIDE:
            yield count_field(figure, COUNTS_BESIDE[figure], _COUNTS)
        else:
            yield from rate_fields(catalogue.find(figure))


def _values(cells: CellsByFigure, figures: list[str]) -> Iterator[Value]:
    for figure in figures:
        cell = cells.get(figure)
        if figure in COUNTS_BESIDE:
            yield None if cell is None else cell.n
        else:
            yield from rate_values(None if cell is None or cell.n is None else cell)
