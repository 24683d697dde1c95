"""Without this file CSV and XLSX would be imported by different rules."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from replay.reject_reasons import Reason


class BadCell(NamedTuple):
    """A cell whose value cannot be known; it spoils the row only where it is asked for."""

    reason: Reason
    shown: str = ""


Cell = str | datetime | date | BadCell
"""What a file states: text, or the wall-clock time or day of a spreadsheet's date cell."""


class TableRow(NamedTuple):
    """One data row, as many cells as the header has.

    Attributes:
        number: Data row, 1 for the first after the header; blank rows count.
        line: Physical line or sheet row on which it begins.
        cells: Its cells.
        broken: Why it is no row, or null; then ``cells`` hold what could be read.
    """

    number: int
    line: int
    cells: tuple[Cell, ...]
    broken: Reason | None = None


class Table(NamedTuple):
    """A header and its rows, to be read once.

    Attributes:
        header: Column names without surrounding space.
        rows: Data rows, oldest first, without blank ones.
        fraction_read: Returns the share of the file read so far, 0 to 1.
    """

    header: tuple[str, ...]
    rows: Iterator[TableRow]
    fraction_read: Callable[[], float]


class TableForm(NamedTuple):
    """How the file is written, as the mapping states it.

    Attributes:
        encoding: ``utf-8``, ``utf-8-sig`` or ``gb18030``, or null for what a BOM says.
        delimiter: One character, or null for the usual one of the suffix.
        sheet: Name of the sheet, or null where the workbook has one only.
        header_row: Line of the header among the file's records, from 1.
    """

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int = 1


def shown(cell: Cell) -> str:
    """Return a cell as text; pure."""
    match cell:
        case BadCell():
            return cell.shown
        case datetime():
            return cell.isoformat(" ")
        case date():
            return cell.isoformat()
        case str():
            return cell


def fitted(cells: tuple[Cell, ...], width: int) -> tuple[tuple[Cell, ...], Reason | None]:
    """Return a row as wide as the header, or as it is with the reason it does not fit; pure.

    Empty cells to the right of the header are what spreadsheet programs leave behind.
    """
    if len(cells) > width and not any(shown(cell).strip() for cell in cells[width:]):
        cells = cells[:width]
    return cells, None if len(cells) == width else Reason.RAGGED
