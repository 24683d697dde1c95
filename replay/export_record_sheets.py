"""Without this file a workbook would be cut where its sheet ends."""

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

from domain.text import Text
from replay.export_document import Document, Say
from replay.export_errors import SHEET_ROWS_MAX
from replay.export_field import FieldKind
from replay.export_workbook_cells import A4, CellWriter, Styles
from replay.workbook_archive import opened_workbook, sheet_part

RECORDS: Final = Text("数据", "Data")

_WIDTHS: Final[Mapping[FieldKind, int]] = {
    FieldKind.TEXT: 24,
    FieldKind.CODE: 16,
    FieldKind.COUNT: 12,
    FieldKind.PERCENT: 12,
    FieldKind.POINTS: 10,
    FieldKind.DAY: 12,
    FieldKind.INSTANT: 20,
    FieldKind.FLAG: 8,
}
_CHUNK_LEN: Final = 1 << 20
_ROW: Final = b"<row r="


class RecordSheet(NamedTuple):
    """One sheet of records: its name, and which records it holds, from 1."""

    name: str
    first: int
    last: int


def record_sheets(rows: int, say: Say) -> list[RecordSheet]:
    """Return the sheets that hold so many records; pure.

    One sheet is called 数据; several are numbered and say which records they hold.
    """
    if rows <= SHEET_ROWS_MAX:
        return [RecordSheet(say(RECORDS), 1, rows)]
    starts = range(1, rows + 1, SHEET_ROWS_MAX)
    ends = [min(start + SHEET_ROWS_MAX - 1, rows) for start in starts]
    return [
        RecordSheet(f"{say(RECORDS)}{number} ({first}-{last})", first, last)
        for number, (first, last) in enumerate(zip(starts, ends, strict=True), start=1)
    ]


def write_record_sheets(
    book: Any,  # noqa: ANN401 - xlsxwriter publishes no types
    document: Document,
    sheets: list[RecordSheet],
    styles: Styles,
    say: Say,
) -> None:
    """Write every record once, each sheet under a head of its own. Blocking."""
    table = document.table
    records = iter(table.records)
    places = {field.name: column for column, field in enumerate(table.fields)}
    for part in sheets:
        sheet = book.add_worksheet(part.name)
        cells = CellWriter(sheet, styles, document.origin)
        for column, field in enumerate(table.fields):
            sheet.set_column(column, column, field.width or _WIDTHS[field.kind])
            sheet.write_string(0, column, say(field.full_label), styles.head)
        lines = islice(records, part.last - part.first + 1)
        for line, row in enumerate(lines, start=1):
            for column, (field, value) in enumerate(zip(table.fields, row, strict=True)):
                cells.write(line, column, field, value, places)
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, part.last - part.first + 1, len(table.fields) - 1)


def count_records(file: Path, sheets: list[RecordSheet], first_place: int) -> Iterator[int]:
    """Yield how many records each sheet holds, read back in bounded memory. Blocking.

    Args:
        file: A finished workbook.
        sheets: Its sheets of records.
        first_place: Place of the first of them in the workbook, from 0.
    """
    with opened_workbook(file) as archive:
        for place in range(first_place, first_place + len(sheets)):
            found, rest = -1, b""
            with archive.open(sheet_part(archive, place)) as stream:
                while chunk := stream.read(_CHUNK_LEN):
                    piece = rest + chunk
                    found += piece.count(_ROW)
                    # What may be the beginning of a row is looked at with what follows.
                    rest = piece[1 - len(_ROW) :]
            yield found
