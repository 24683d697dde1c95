"""XLSX workbooks become the rows a CSV export of them would be, and cannot harm the program."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from replay.import_errors import TableError
from replay.reject_reasons import Reason
from replay.table import BadCell, TableForm, TableRow
from replay.table_reader import open_table

Fill = Callable[[Any], None]
SHOWN = datetime(2019, 4, 8, 8, 37, 20)  # noqa: DTZ001 - a date cell has no zone
SHEET = "xl/worksheets/sheet1.xml"


def _workbook(folder: Path, fill: Fill) -> Path:
    workbook = openpyxl.Workbook()
    fill(workbook.active)
    path = folder / "cases.xlsx"
    workbook.save(path)
    return path


def _rows(path: Path, form: TableForm | None = None) -> tuple[tuple[str, ...], list[TableRow]]:
    with open_table(path, form or TableForm()) as table:
        return table.header, list(table.rows)


def _of_rows(*rows: list[object]) -> Fill:
    def fill(sheet: Any) -> None:  # noqa: ANN401 - openpyxl has no types
        for row in rows:
            sheet.append(row)

    return fill


def _rewrite(path: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    """Change one part of a workbook, as a program that writes oddly would."""
    with ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    parts[part] = change(parts[part])
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_workbook_cells_read_as_a_csv_export_states_them(tmp_path: Path) -> None:
    """Whole numbers have no point, truth is a word, dates stay dates."""
    path = _workbook(
        tmp_path,
        _of_rows(
            ["a", " b ", "c", "d", "e"],
            [2549, 2.5, True, SHOWN, date(2018, 4, 24)],
        ),
    )
    header, rows = _rows(path)
    assert header == ("a", "b", "c", "d", "e")
    assert rows[0].cells == (
        "2549",
        "2.5",
        "TRUE",
        SHOWN,
        date(2018, 4, 24),
    )


def test_workbook_rows_know_their_place_when_the_table_is_indented(tmp_path: Path) -> None:
    """A table that begins at C5 is read where the mapping states its header row."""

    def fill(sheet: Any) -> None:  # noqa: ANN401 - openpyxl has no types
        for place, value in {"C5": "a", "D5": "b", "C6": "1", "C8": "2", "D8": "x"}.items():
            sheet[place] = value

    header, rows = _rows(_workbook(tmp_path, fill), TableForm(header_row=5))
    assert header == ("", "", "a", "b")
    assert [(row.number, row.line, row.cells) for row in rows] == [
        (1, 6, ("", "", "1", "")),
        (3, 8, ("", "", "2", "x")),
    ]


def test_workbook_formula_without_result_is_a_bad_cell(tmp_path: Path) -> None:
    """A formula that was never calculated is not an empty cell."""
    path = _workbook(tmp_path, _of_rows(["a", "b"], ["1", "=1+1"], ["2", "x"]))
    _, rows = _rows(path)
    assert rows[0].cells == ("1", BadCell(Reason.FORMULA_NOT_CALCULATED))
    assert rows[1].cells == ("2", "x")


def test_workbook_formula_with_result_reads_as_its_result(tmp_path: Path) -> None:
    """The result that was stored is what people saw."""
    path = _workbook(tmp_path, _of_rows(["a"], ["=1+1"]))
    _rewrite(
        path, SHEET, lambda xml: xml.replace(b"<v />", b"<v>2</v>").replace(b"<v/>", b"<v>2</v>")
    )
    assert _rows(path)[1][0].cells == ("2",)


def test_workbook_error_is_a_bad_cell(tmp_path: Path) -> None:
    """#N/A is not an empty cell."""
    path = _workbook(tmp_path, _of_rows(["a", "b"], ["1", "#N/A"]))
    assert _rows(path)[1][0].cells == ("1", BadCell(Reason.CELL_ERROR))


def test_workbook_long_number_is_a_bad_cell(tmp_path: Path) -> None:
    """An 18-digit number in a number cell has lost its last digits; as text it is whole."""
    path = _workbook(tmp_path, _of_rows(["a", "b"], [911010812345678123, "911010812345678123"]))
    bad, good = _rows(path)[1][0].cells
    assert isinstance(bad, BadCell)
    assert bad.reason is Reason.NUMBER_IMPRECISE
    assert good == "911010812345678123"


def test_workbook_with_a_far_off_cell_is_refused(tmp_path: Path) -> None:
    """A cell at XFD1048576 would make the reader ask for half a terabyte and abort."""

    def fill(sheet: Any) -> None:  # noqa: ANN401 - openpyxl has no types
        sheet["A1"], sheet["XFD1048576"] = "a", "far"

    with pytest.raises(TableError) as refusal:
        _rows(_workbook(tmp_path, fill))
    assert refusal.value.code == "workbook-too-large"


def test_workbook_that_unpacks_to_a_bomb_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A part that unpacks beyond the limit is refused by its size, before it is unpacked."""
    monkeypatch.setattr("replay.workbook_archive.UNPACKED_BYTES_MAX", 1 << 20)
    path = _workbook(tmp_path, _of_rows(["a"], ["1"]))
    with ZipFile(path, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/bomb.bin", b"\0" * (1 << 20))
    assert path.stat().st_size < 20_000
    with pytest.raises(TableError) as refusal:
        _rows(path)
    assert refusal.value.code == "workbook-too-large"


def test_workbook_that_lies_about_a_size_is_refused(tmp_path: Path) -> None:
    """A part that is not what the directory claims is damage."""
    path = _workbook(tmp_path, _of_rows(["a"], ["1"]))
    content = bytearray(path.read_bytes())
    directory = content.index(b"PK\x01\x02")
    size = directory + 24
    content[size : size + 4] = (7).to_bytes(4, "little")
    path.write_bytes(content)
    with pytest.raises(TableError) as refusal:
        _rows(path)
    assert refusal.value.code == "workbook-damaged"


def test_workbook_in_utf_16_is_refused(tmp_path: Path) -> None:
    """A sheet the measuring cannot read is not handed to the reader unmeasured."""
    path = _workbook(tmp_path, _of_rows(["a"], ["1"]))
    _rewrite(path, SHEET, lambda xml: xml.decode().encode("utf-16"))
    with pytest.raises(TableError):
        _rows(path)


def test_workbook_with_several_sheets_needs_a_stated_one(tmp_path: Path) -> None:
    """The sheet is stated, never guessed; hidden sheets do not count."""
    workbook = openpyxl.Workbook()
    workbook.active.title = "说明"
    workbook.create_sheet("数据").append(["a"])
    workbook.create_sheet("草稿").sheet_state = "hidden"
    path = tmp_path / "cases.xlsx"
    workbook.save(path)
    with pytest.raises(TableError) as refusal:
        _rows(path)
    assert refusal.value.code == "sheet-undecided"
    assert "说明、数据、草稿" in refusal.value.text.zh
    assert _rows(path, TableForm(sheet="数据"))[0] == ("a",)


def test_workbook_bad_cells_are_found_in_the_stated_sheet(tmp_path: Path) -> None:
    """Formulas of another sheet do not spoil this one's cells."""
    workbook = openpyxl.Workbook()
    workbook.active.append(["a"])
    workbook.active.append(["=1+1"])
    other = workbook.create_sheet("数据")
    other.append(["a"])
    other.append(["x"])
    path = tmp_path / "cases.xlsx"
    workbook.save(path)
    assert _rows(path, TableForm(sheet="数据"))[1][0].cells == ("x",)


def test_workbook_without_header_is_refused(tmp_path: Path) -> None:
    """An empty sheet is no table."""
    with pytest.raises(TableError) as refusal:
        _rows(_workbook(tmp_path, lambda _: None))
    assert refusal.value.code == "table-empty"


def test_workbook_scan_finds_cells_across_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cells are found wherever the pieces of a large sheet end."""
    monkeypatch.setattr("replay.workbook_scan._CHUNK_LEN", 37)
    path = _workbook(
        tmp_path, _of_rows(["a", "b"], *[list[object](("=1+1", "x")) for _ in range(40)])
    )
    _, rows = _rows(path)
    assert [row.cells for row in rows] == [(BadCell(Reason.FORMULA_NOT_CALCULATED), "x")] * 40
