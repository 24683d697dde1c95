"""Without this file a spreadsheet would guess what a cell holds, and lose digits."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from domain.rounding import Rounding
from replay.export_document import Origin
from replay.export_field import Field, FieldKind, Value
from replay.export_values import is_alive

A4: Final = 9
"""How xlsxwriter calls the paper."""


class Styles:
    """The cell formats of one workbook.

    Args:
        book: An open ``xlsxwriter.Workbook``.
    """

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - xlsxwriter publishes no types
        def style(**properties: object) -> Any:  # noqa: ANN401 - as above
            return book.add_format({"font_name": "宋体", "font_size": 10} | properties)

        box = {"border": 1, "valign": "vcenter"}
        self.title = style(font_size=18, align="center", valign="vcenter", bold=True)
        self.line = style(valign="vcenter")
        self.right = style(valign="vcenter", align="right")
        self.head = style(**box, bold=True, align="center", text_wrap=True, bg_color="#F2F2F2")
        self.number_row = style(**box, align="center")
        self.wrap = style(text_wrap=True, valign="top")
        # Marks a text for good: editing the cell does not turn it into a formula.
        self.quoted = style(text_wrap=True, valign="top", quote_prefix=True)
        self.text = style(**box, text_wrap=True)
        self.part = style(**box, text_wrap=True, indent=1)
        self.quoted_text = style(**box, text_wrap=True, quote_prefix=True)
        self.code = style(**box, num_format="@")
        self.missing = style(**box, align="right")
        self.count = style(**box, num_format="0")
        self.decimal = style(**box, num_format="0.00")
        self.day = style(**box, num_format="yyyy-mm-dd", align="left")
        self.instant = style(**box, num_format="yyyy-mm-dd hh:mm:ss", align="left")

    def of_text(self, field: Field, text: str) -> Any:  # noqa: ANN401 - as above
        """Return how a text stands."""
        if is_alive(text):
            return self.quoted_text
        return self.code if field.kind is FieldKind.CODE else self.text


class CellWriter:
    """Writes typed cells into a sheet.

    Args:
        sheet: Of an open workbook.
        styles: Of that workbook.
        origin: What the figures were computed from.
    """

    def __init__(self, sheet: Any, styles: Styles, origin: Origin) -> None:  # noqa: ANN401 - as above
        self._sheet = sheet
        self._styles = styles
        self._origin = origin

    def write(
        self, line: int, column: int, field: Field, value: Value, places: Mapping[str, int]
    ) -> None:
        """Write one value of a row; a percentage as formula with the digits it gives.

        Args:
            line: Line of the sheet, from 0.
            column: Column of the sheet, from 0.
            field: What stands there.
            value: Of the record.
            places: Where each column stands in this sheet.
        """
        sheet, styles = self._sheet, self._styles
        match value:
            case str():
                sheet.write_string(line, column, value, styles.of_text(field, value))
            case None:
                sheet.write_blank(line, column, None, styles.missing)
            case bool():
                sheet.write_boolean(line, column, value, styles.text)
            case int():
                sheet.write_number(line, column, value, styles.count)
            case Decimal() if field.share is not None and field.share.n in places:
                formula = self._formula(line, field, places)
                sheet.write_formula(line, column, formula, styles.decimal, float(value))
            case Decimal():
                sheet.write_number(line, column, float(value), styles.decimal)
            case datetime():
                local = value.astimezone(self._origin.zone).replace(tzinfo=None)
                sheet.write_datetime(line, column, local, styles.instant)
            case date():
                sheet.write_datetime(line, column, value, styles.day)

    def _formula(self, line: int, field: Field, places: Mapping[str, int]) -> str:
        from xlsxwriter.utility import xl_rowcol_to_cell  # noqa: PLC0415 - as the workbook

        share = field.share
        if share is None:
            raise ValueError(f"{field.name} is no share")
        n, d = (xl_rowcol_to_cell(line, places[name]) for name in (share.n, share.d))
        formula = f"=ROUND(100*{n}/{d},2)"
        if self._origin.rounding == Rounding.GBT_8170:
            # On an exact tie half-up gave an odd last digit one too many.
            formula += f"-IF(MOD(20000*{n},2*{d})={d},MOD(ROUND(10000*{n}/{d},0),2)/100,0)"
        return formula
