"""Without this file no report could be opened in a spreadsheet."""

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import Any, Final

import orjson

from domain.text import Text
from replay.export_document import Document, Say
from replay.export_form import FORM_ROWS_MAX
from replay.export_manifest import Manifest
from replay.export_print_sheet import write_print_sheet
from replay.export_record_sheets import count_records, record_sheets, write_record_sheets
from replay.export_values import is_alive
from replay.export_workbook_cells import Styles

PRINTED: Final = Text("打印表", "Printed form")
DEFINITIONS: Final = Text("口径", "Definitions")
MANIFEST: Final = Text("清单", "Manifest")

_WIDE: Final = 60
_PLACE: Final = 1
"""Place of the first sheet of records; the form stands before it."""


def write_workbook(document: Document, file: Path, manifest: Manifest, say: Say) -> None:
    """Write the sheets of a workbook: form, records, definitions, manifest.

    Blocking. The same document gives the same bytes: the time of making is the instant of
    the figures. Text is written as text alone, so that none of it runs. Records past the
    end of a sheet stand in the next one; of many records memory holds one row.

    Args:
        document: What to write.
        file: Where.
        manifest: What the file says of itself.
        say: Language of its texts.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415 - only who writes workbooks pays for it

    is_large = len(document.table.records) > FORM_ROWS_MAX
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": not is_large,
        "tmpdir": str(file.parent),
    }
    origin = document.origin
    sheets = record_sheets(len(document.table.records), say)
    with Workbook(str(file), options) as book:
        book.set_properties(
            {
                "title": say(document.title),
                "author": document.letterhead.unit,
                "comments": f"position={origin.log}; as_of={origin.as_of.isoformat()}",
                "created": origin.as_of.astimezone(UTC).replace(tzinfo=None, microsecond=0),
            }
        )
        styles = Styles(book)
        write_print_sheet(book.add_worksheet(say(PRINTED)), document, styles, say)
        # Rows go to disk as they come; only sheets that are written line by line allow it.
        book.constant_memory = is_large
        write_record_sheets(book, document, sheets, styles, say)
        book.constant_memory = False
        _write_definitions(book.add_worksheet(say(DEFINITIONS)), document, styles)
        shown = {} if len(sheets) == 1 else {"sheets": [each._asdict() for each in sheets]}
        _write_manifest(book.add_worksheet(say(MANIFEST)), manifest | shown, styles)


def count_workbook(document: Document, file: Path, say: Say) -> int:
    """Return the records of a workbook over all its sheets, read back from it; blocking."""
    sheets = record_sheets(len(document.table.records), say)
    return sum(count_records(file, sheets, _PLACE))


def _write_definitions(sheet: Any, document: Document, styles: Styles) -> None:  # noqa: ANN401 - xlsxwriter's own
    heads = ("标识 id", "名称", "label", "公式或含义", "formula or meaning", "代码 codes")
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, styles.head)
        sheet.set_column(column, column, _WIDE if column > len(heads) - 4 else 24)
    for number, line in enumerate(_definition_lines(document), start=1):
        for column, text in enumerate(line):
            sheet.write_string(
                number, column, text, styles.quoted if is_alive(text) else styles.wrap
            )
    sheet.freeze_panes(1, 1)


def _definition_lines(document: Document) -> Iterator[tuple[str, ...]]:
    for reference, label, formula in document.origin.definitions:
        yield reference, label.zh, label.en, formula.zh, formula.en, ""
    for field in document.table.fields:
        codes = "; ".join(f"{code} = {text.zh} / {text.en}" for code, text in field.codes.items())
        label = field.full_label
        yield field.name, label.zh, label.en, field.about.zh, field.about.en, codes


def _write_manifest(sheet: Any, manifest: Manifest, styles: Styles) -> None:  # noqa: ANN401 - xlsxwriter's own
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 2 * _WIDE)
    for column, head in enumerate(("项目 item", "内容 value")):
        sheet.write_string(0, column, head, styles.head)
    for number, (name, value) in enumerate(manifest.items(), start=1):
        text = value if isinstance(value, str) else orjson.dumps(value).decode()
        sheet.write_string(number, 0, name, styles.wrap)
        sheet.write_string(number, 1, text, styles.quoted if is_alive(text) else styles.wrap)
