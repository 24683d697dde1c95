"""Without this file a workbook of a few kilobytes could exhaust memory and end the program.

The spreadsheet reader allocates the rectangle up to the farthest cell before it
returns anything, and it shows formulas without a result and error cells as empty.
So a sheet is looked through first, and such cells are found here.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

from replay.reject_reasons import Reason
from replay.workbook_archive import opened_workbook, sheet_part, too_large

CELLS_MAX = 20_000_000
"""Cells of the rectangle up to the farthest one; 1 GiB when read."""

_CHUNK_LEN = 1 << 20
_PIECE_LEN_MAX = 64 << 20
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br=[\"'](\d{1,9})[\"']")
_CELL = re.compile(
    rb"<(?:\w+:)?c\b(?P<attributes>[^>]*?)(?:/>|>(?P<content>.*?)(?:</(?:\w+:)?c>|$))", re.DOTALL
)
_REFERENCE = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,9})[\"']")
_ERROR_TYPE = re.compile(rb"\bt=[\"']e[\"']")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>[^<]")


def scan_sheet(path: Path, sheet_index: int) -> dict[tuple[int, int], Reason]:
    """Return row and column, both from 0, of the cells that have no value to import; blocking.

    Args:
        path: A workbook that was measured.
        sheet_index: Place of the sheet in the workbook, from 0.

    Raises:
        TableError: the sheet is damaged, or reaches farther than ``CELLS_MAX``.
    """
    with opened_workbook(path) as archive:
        return _scan(path, archive, sheet_part(archive, sheet_index))


def _scan(path: Path, archive: ZipFile, part: str) -> dict[tuple[int, int], Reason]:
    found: dict[tuple[int, int], Reason] = {}
    row_max = column_max = 0
    for piece in _pieces(path, archive, part):
        for number in _ROW.findall(piece):
            row_max = max(row_max, int(number))
        for cell in _CELL.finditer(piece):
            reference = _REFERENCE.search(cell["attributes"])
            if reference is None:
                continue
            row, column = int(reference[2]), _column_number(reference[1])
            row_max, column_max = max(row_max, row), max(column_max, column)
            reason = _reason_of(cell)
            if reason is not None:
                found[row - 1, column - 1] = reason
    if row_max * column_max > CELLS_MAX:
        raise too_large(path, f"{row_max} × {column_max} cells")
    return found


def _reason_of(cell: re.Match[bytes]) -> Reason | None:
    if _ERROR_TYPE.search(cell["attributes"]):
        return Reason.CELL_ERROR
    content = cell["content"] or b""
    if _FORMULA.search(content) and not _VALUE.search(content):
        return Reason.FORMULA_NOT_CALCULATED
    return None


def _pieces(path: Path, archive: ZipFile, part: str) -> Iterator[bytes]:
    """Yield the sheet in pieces that end between two cells."""
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK_LEN):
            rest += chunk
            if b"\0" in chunk or len(rest) > _PIECE_LEN_MAX:
                # UTF-16 is lawful in XML and would slip through every pattern above.
                raise too_large(path, "UTF-16, or a cell without end")
            end = max(rest.rfind(b"</c>"), rest.rfind(b"</row>"), rest.rfind(b":row>"))
            if end > 0:
                yield rest[:end]
                rest = rest[end:]
    yield rest


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
