"""Without this file no XLSX workbook could be imported."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from replay.import_errors import TableError
from replay.reject_reasons import Reason
from replay.table import BadCell, Cell, Table, TableForm, TableRow, fitted
from replay.workbook_archive import measure_workbook
from replay.workbook_scan import scan_sheet

_EXACT_MAX = 10**15
"""Spreadsheet programs keep 15 digits; a longer number has lost its last ones."""

_Raw = int | float | str | bool | datetime | date | time | timedelta


@contextmanager
def open_workbook_table(path: Path, form: TableForm) -> Iterator[Table]:
    """Open one sheet of an XLSX workbook; blocking, the whole sheet in memory.

    Args:
        path: The file.
        form: How it is written; ``sheet`` must be stated where there are several.

    Raises:
        TableError: the file is no workbook, too large, or the sheet or its header is missing.
    """
    measure_workbook(path)
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            index = _sheet_index(path, workbook, form.sheet)
            # Scanned before it is read: on a far-off cell the reader aborts the whole process.
            bad_cells = scan_sheet(path, index)
            sheet = workbook.get_sheet_by_index(index)
    except CalamineError as error:
        raise TableError(
            "workbook-damaged",
            f"{path.name} 无法读取（{error}）；请用表格软件打开并另存为 .xlsx。",
            f"{path.name} cannot be read ({error}); open it in a spreadsheet program and save it "
            "as .xlsx.",
        ) from error
    rows = _SheetRows(sheet, bad_cells)
    header = rows.read_header(path, form.header_row)
    yield Table(header, rows.number_rows(len(header)), lambda: rows.line / max(rows.height, 1))


class _SheetRows:
    """Reads the rows of a sheet in order."""

    def __init__(self, sheet: CalamineSheet, bad_cells: dict[tuple[int, int], Reason]) -> None:
        self._bad_cells = bad_cells
        self._indent = sheet.start[1] if sheet.start else 0
        self._rows = iter(sheet.iter_rows())
        self.height = sheet.total_height + 1
        self.line = 0

    def read_header(self, path: Path, header_row: int) -> tuple[str, ...]:
        for _ in range(header_row - 1):
            self._next()
        cells = self._next()
        header = [] if cells is None else [str(cell).strip() for cell in cells]
        while header and not header[-1]:
            header.pop()
        if not header:
            raise TableError(
                "table-empty",
                f"{path.name} 第 {header_row} 行没有表头。",
                f"{path.name} has no header in row {header_row}.",
            )
        return tuple(header)

    def number_rows(self, width: int) -> Iterator[TableRow]:
        number = 0
        while (raw := self._next()) is not None:
            number += 1
            cells: list[Cell] = [_cell(value) for value in raw]
            for column in range(len(cells)):
                reason = self._bad_cells.get((self.line - 1, column))
                if reason is not None:
                    cells[column] = BadCell(reason)
            if all(cell == "" for cell in cells):
                continue
            fit, misfit = fitted(tuple(cells), width)
            yield TableRow(number, self.line, fit, misfit)

    def _next(self) -> Sequence[_Raw] | None:
        row = next(self._rows, None)
        if row is None:
            return None
        self.line += 1
        return [""] * self._indent + row


def _cell(value: _Raw) -> Cell:
    """Return a cell as a CSV export of the same sheet would state it, but dates as dates."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case str() | date():
            return value
        case int() | float():
            if abs(value) >= _EXACT_MAX:
                return BadCell(Reason.NUMBER_IMPRECISE, str(value))
            return str(int(value)) if value == int(value) else repr(value)
        case _:
            return str(value)


def _sheet_index(path: Path, workbook: CalamineWorkbook, stated: str | None) -> int:
    sheets = workbook.sheets_metadata
    if stated is not None:
        found = [index for index, sheet in enumerate(sheets) if sheet.name == stated]
    else:
        found = [
            index
            for index, sheet in enumerate(sheets)
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
    if len(found) == 1:
        return found[0]
    names = "、".join(sheet.name for sheet in sheets)
    raise TableError(
        "sheet-undecided",
        f"{path.name} 的工作表为：{names}；请在映射文件 table.sheet 中写明一个。",
        f"{path.name} has the sheets {names}; state one as table.sheet in the mapping.",
    )
