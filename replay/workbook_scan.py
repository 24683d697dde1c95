"""Without this file a workbook of a few kilobytes could exhaust memory and end the program.

The spreadsheet reader allocates the rectangle up to the farthest cell before it
returns anything, and it shows formulas without a result and error cells as empty.
So the parts are measured first, and such cells are found here.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from posixpath import join, normpath
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 - the module names it so

from replay.import_errors import TableError
from replay.reject_reasons import Reason

PARTS_MAX = 5_000
UNPACKED_BYTES_MAX = 1 << 30
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
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)/?>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)/?>")
_ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


class SheetScan(NamedTuple):
    """What the spreadsheet reader would not tell.

    Attributes:
        bad_cells: Row and column, both from 0, of cells without a known value.
    """

    bad_cells: dict[tuple[int, int], Reason]


def scan_sheet(path: Path, sheet_index: int) -> SheetScan:
    """Return the cells of a sheet that have no value to import; blocking.

    Unpacks every part once, in bounded memory, so that no size is merely claimed.

    Args:
        path: An XLSX file.
        sheet_index: Place of the sheet in the workbook, from 0.

    Raises:
        TableError: the file is no workbook, is damaged, or unpacks to more than
            the limits above.
    """
    try:
        with ZipFile(path) as archive:
            _measure(path, archive)
            part = _sheet_part(archive, sheet_index)
            return SheetScan(_scan(path, archive, part))
    except (BadZipFile, ZlibError, EOFError, NotImplementedError, KeyError, IndexError) as error:
        raise TableError(
            "workbook-damaged",
            f"{path.name} 不是完好的 XLSX 工作簿（{error}）；请用表格软件打开并另存为 .xlsx。",
            f"{path.name} is no sound XLSX workbook ({error}); open it in a spreadsheet program "
            "and save it as .xlsx.",
        ) from error


def _measure(path: Path, archive: ZipFile) -> None:
    parts = archive.infolist()
    if len({part.filename for part in parts}) < len(parts):
        raise BadZipFile("two parts of one name")
    claimed = sum(part.file_size for part in parts)
    if len(parts) > PARTS_MAX or claimed > UNPACKED_BYTES_MAX:
        raise _too_large(path, f"{len(parts)} parts, {claimed} bytes")
    for part in parts:
        # Reading stops at the claimed size and checks the sum: after this, claims are facts.
        with archive.open(part) as stream:
            while stream.read(_CHUNK_LEN):
                pass


def _sheet_part(archive: ZipFile, sheet_index: int) -> str:
    sheets = [_attributes(tag) for tag in _SHEET.findall(archive.read("xl/workbook.xml"))]
    relation_id = next(
        value for name, value in sheets[sheet_index].items() if name.endswith(b":id")
    )
    for tag in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
        relation = _attributes(tag)
        if relation[b"Id"] == relation_id:
            target = relation[b"Target"].decode()
            return target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
    raise KeyError(relation_id.decode())


def _attributes(tag: bytes) -> dict[bytes, bytes]:
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(tag)}


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
        raise _too_large(path, f"{row_max} × {column_max} cells")
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
                raise _too_large(path, "UTF-16, or a cell without end")
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


def _too_large(path: Path, measured: str) -> TableError:
    return TableError(
        "workbook-too-large",
        f"{path.name} 超出可读范围（{measured}）；请删去多余的空白区域，或另存为 CSV。",
        f"{path.name} is beyond what is read ({measured}); delete the empty area around the "
        "table, or save it as CSV.",
    )
