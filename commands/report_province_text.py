"""Without this file a sum over ledgers could be had as a file only."""

from commands.instants import local_text
from commands.json_text import print_json
from commands.language import say
from commands.report_document import NO_FIGURE
from commands.table_text import Column, print_head, print_table
from domain.cell_sums import CellsByFigure
from domain.rate import WITHHELD
from domain.report_cells import Cell
from domain.report_kind import COUNTS_BESIDE
from domain.text import Text
from replay.export_manifest import origin_member
from replay.export_province import TOTAL, TOTAL_CODE, province_document
from replay.letterhead import NOBODY
from replay.province import Contribution, ProvinceReport


def print_province(report: ProvinceReport, *, as_json: bool) -> None:
    """Write the figures of several ledgers to stdout, as a table or as JSON."""
    document = province_document(report, NOBODY, say)
    if as_json:
        head: dict[str, object] = {
            "schema": "taizhang.province_report/1",
            "report": document.name,
            "title": document.title._asdict(),
        }
        members: dict[str, object] = {
            "ledgers": [_member(part) for part in report.parts],
            "total": [_cell(cell) for cell in report.total] if report.total else None,
        }
        print_json(head | origin_member(document.origin) | members)
        return
    origin = document.origin
    head_lines = [
        (Text("报表", "report"), say(document.title)),
        (Text("截至", "as of"), f"{local_text(origin.as_of, origin.zone)} [{origin.zone.key}]"),
        (Text("日志位置", "log positions"), origin.log),
        (Text("定义", "definitions"), ", ".join(each.reference for each in origin.definitions)),
    ]
    if origin.period is not None:
        head_lines.append((Text("统计期", "period"), say(origin.period)))
    print_head([*head_lines, *((WITHHELD, say(note)) for note in report.notes)])
    figures = list(report.parts[0].cells)
    rows = [
        [
            part.ledger,
            say(part.place),
            str(part.report.position),
            NO_FIGURE if part.report.number is None else str(part.report.number),
            *_cells(part.cells, figures),
        ]
        for part in report.parts
    ]
    total = {cell.figure: cell for cell in report.total}
    rows.append([TOTAL_CODE, say(TOTAL), NO_FIGURE, NO_FIGURE, *_cells(total, figures)])
    print_table(_columns(report, figures), rows)


def _columns(report: ProvinceReport, figures: list[str]) -> list[Column]:
    catalogue = report.parts[0].report.catalogue
    columns = [
        Column(Text("台账", "ledger"), is_number=False, is_whole=True),
        Column(Text("辖区", "jurisdiction"), is_number=False),
        Column(Text("日志位置", "log position")),
        Column(Text("报表编号", "report")),
    ]
    for figure in figures:
        if figure in COUNTS_BESIDE:
            columns.append(Column(COUNTS_BESIDE[figure]))
        else:
            label = catalogue.find(figure).label
            columns.append(Column(Text("件数 n/d", "n/d")))
            columns.append(Column(Text(f"{label.zh} %", f"{label.en} %")))
    return columns


def _cells(cells: CellsByFigure, figures: list[str]) -> list[str]:
    shown: list[str] = []
    for figure in figures:
        cell = cells.get(figure)
        is_given = cell is not None and cell.n is not None
        if figure in COUNTS_BESIDE:
            shown.append(str(cell.n) if cell is not None and is_given else NO_FIGURE)
        elif cell is not None and is_given:
            shown += [f"{cell.n}/{cell.d}", cell.printed or NO_FIGURE]
        else:
            shown += [NO_FIGURE, NO_FIGURE]
    return shown


def _member(part: Contribution) -> dict[str, object]:
    left_out = part.left_out
    return {
        "ledger": part.ledger,
        "jurisdiction": part.place._asdict(),
        "position": part.report.position,
        "report_number": part.report.number,
        "is_counted": left_out is None,
        "left_out": None if left_out is None else left_out._asdict(),
        "figures": [_cell(cell) for cell in part.cells.values()],
    }


def _cell(cell: Cell) -> dict[str, object]:
    return {"figure": cell.figure, "n": cell.n, "d": cell.d, "printed": cell.printed}
