"""Without this file a report could be read on a screen but not signed on paper."""

from typing import Any

from replay.export_document import Document, Say
from replay.export_field import Field, FieldKind
from replay.export_form import Form, FormRow, lay_out
from replay.export_workbook_cells import A4, CellWriter, Styles

_COLUMNS_UPRIGHT = 12
_MARGIN_IN = 0.4
_WIDTHS = {FieldKind.COUNT: 8, FieldKind.PERCENT: 8, FieldKind.POINTS: 8, FieldKind.DAY: 11}
_WIDTH = 16
_HEIGHT_PT = {"title": 30, "note": 15}
_HAN = "\u2e80"
"""From here on characters are twice as wide as those before."""
_CHARACTERS_PER_NOTE = 90


def write_print_sheet(sheet: Any, document: Document, styles: Styles, say: Say) -> None:  # noqa: ANN401 - xlsxwriter's own
    """Write a report as a form of one A4 width whose head is repeated on each page. Blocking."""
    form = lay_out(document, say)
    last = len(form.columns) - 1
    sheet.set_row(0, _HEIGHT_PT["title"])
    _merge(sheet, 0, 0, last, form.title, styles.title)
    line = 1
    for mark in form.marks:
        _merge(sheet, line, 0, last, mark, styles.right)
        line += 1
    middle = max(0, last // 2)
    _merge(sheet, line, 0, middle, form.unit, styles.line)
    _merge(sheet, line, middle + 1, last, form.counted_in, styles.right)
    head = line + 1
    body = _write_head(sheet, head, form, styles)
    places = {field.name: column for column, field in enumerate(form.columns)}
    cells = CellWriter(sheet, styles, document.origin)
    for line, row in enumerate(form.rows, start=body):
        for column, field in enumerate(form.columns):
            value = row.record[document.table.place(field.name)]
            if field.is_figure and value is not None:
                cells.write(line, column, field, value, places)
            else:
                _write_word(sheet, line, column, row, form, styles)
    _write_foot(sheet, body + len(form.rows), form, styles)
    _set_up_page(sheet, form, head, body)


def _write_head(sheet: Any, line: int, form: Form, styles: Styles) -> int:  # noqa: ANN401 - as above
    """Write the head and return the first line below it."""
    lower = line + 1 if form.has_groups else line
    column = 0
    for label, width in form.groups:
        if label:
            _merge(sheet, line, column, column + width - 1, label, styles.head)
        for place in range(column, column + width):
            if label or not form.has_groups:
                sheet.write_string(lower, place, form.labels[place], styles.head)
            else:
                sheet.merge_range(line, place, lower, place, "", styles.head)
                sheet.write_string(line, place, form.labels[place], styles.head)
        column += width
    # Spreadsheets do not fit the height of merged cells by themselves.
    lines = max(map(_lines, form.columns, form.labels))
    sheet.set_row(lower, _HEIGHT_PT["note"] * lines)
    for place, number in enumerate(form.numbers):
        sheet.write_string(lower + 1, place, number, styles.number_row)
    return lower + 2


def _lines(field: Field, label: str) -> int:
    """Return how many lines a label takes in its column; pure."""
    length = sum(2 if character >= _HAN else 1 for character in label)
    return -(-length // (_width(field) - 1))


def _width(field: Field) -> int:
    return field.width or _WIDTHS.get(field.kind, _WIDTH)


def _write_word(
    sheet: Any,  # noqa: ANN401 - as above
    line: int,
    column: int,
    row: FormRow,
    form: Form,
    styles: Styles,
) -> None:
    text, field = row.cells[column], form.columns[column]
    if field.is_figure:
        style = styles.missing
    elif column == 0 and row.is_part:
        style = styles.part
    else:
        style = styles.of_text(field, text)
    sheet.write_string(line, column, text, style)


def _write_foot(sheet: Any, line: int, form: Form, styles: Styles) -> None:  # noqa: ANN401 - as above
    last = len(form.columns) - 1
    signed = "    ".join(f"{label}：{value or '________'}" for label, value in form.foot)
    _merge(sheet, line, 0, last, signed, styles.line)
    for number, note in enumerate(form.notes, start=1):
        lines = 1 + len(note) // _CHARACTERS_PER_NOTE
        sheet.set_row(line + number, _HEIGHT_PT["note"] * lines)
        _merge(sheet, line + number, 0, last, note, styles.wrap)


def _set_up_page(sheet: Any, form: Form, head: int, body: int) -> None:  # noqa: ANN401 - as above
    for column, field in enumerate(form.columns):
        sheet.set_column(column, column, _width(field))
    if len(form.columns) > _COLUMNS_UPRIGHT:
        sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=_MARGIN_IN, right=_MARGIN_IN)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head, body - 1)
    sheet.freeze_panes(body, 1)
    sheet.set_footer("&C— &P —")
    sheet.center_horizontally()


def _merge(sheet: Any, line: int, first: int, last: int, text: str, style: Any) -> None:  # noqa: ANN401 - as above
    """Write a text over several cells; one cell needs no merging."""
    if last > first:
        sheet.merge_range(line, first, line, last, "", style)
    if last >= first:
        sheet.write_string(line, first, text, style)
