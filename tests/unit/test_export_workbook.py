"""A workbook gives the same integers and digits to every program that reads it."""

import zipfile
from decimal import Decimal
from itertools import islice
from pathlib import Path
from time import sleep
from typing import Any

import openpyxl
import orjson
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from domain.report_kind import ReportKind
from domain.rounding import Rounding
from replay import export_form, export_pdf, export_record_sheets, export_workbook
from replay.export_document import Document
from replay.export_errors import RowsLostError, TooManyRowsError
from replay.export_file import Format, export_document
from replay.letterhead import Letterhead
from tests.unit.exported_reports import closing, report_document, say_zh, typed_document

ROWS = {
    "transport": closing(128, 130),
    "small": closing(1, 3),
    "tie": closing(1, 32),
    "nearly": closing(99_999, 100_000),
    "none": closing(0, 0),
}


def write(folder: Path, document: Document, name: str = "report.xlsx") -> Path:
    """Export a report as a workbook."""
    return export_document(document, folder / name, Format.XLSX, say_zh).file


def read_sheet(file: Path, name: str) -> list[list[Any]]:
    """Return the rows of a sheet, read by calamine."""
    with CalamineWorkbook.from_path(file) as book:
        return book.get_sheet_by_name(name).to_python()


def figures_of(rows: list[list[Any]]) -> dict[str, tuple[int, int, str]]:
    """Return n, d and the rate by unit code from the sheet 数据, first row the head."""
    head = rows[0]
    places = [head.index(name) for name in ("代码", "办结率 分子", "办结率 分母", "办结率 %")]
    found = {}
    for row in rows[1:]:
        code, n, d, rate = (row[place] for place in places)
        absent = rate is None or rate == "" or pd.isna(rate)
        found[code] = (int(n), int(d), "" if absent else f"{Decimal(repr(rate)):.2f}")
    return found


def test_every_reader_finds_the_same_digits(tmp_path: Path) -> None:
    """Cached values stand beside the formulas: nobody reads 0."""
    file = write(tmp_path, report_document(ROWS))
    with CalamineWorkbook.from_path(file) as book:
        by_calamine = book.get_sheet_by_name("数据").to_python()
    sheet = openpyxl.load_workbook(file, data_only=True)["数据"]
    by_openpyxl = [list(row) for row in sheet.iter_rows(values_only=True)]
    frame = pd.read_excel(file, sheet_name="数据", engine="openpyxl")
    by_pandas = [list(frame.columns), *frame.to_numpy().tolist()]
    expected = {
        "transport": (128, 130, "98.46"),
        "small": (1, 3, "33.33"),
        "tie": (1, 32, "3.13"),
        "nearly": (99_999, 100_000, ""),
        "none": (0, 0, ""),
        "total": (100_129, 100_165, "99.96"),
    }
    assert figures_of(by_calamine) == expected
    assert figures_of(by_openpyxl) == expected
    assert figures_of(by_pandas) == expected


def test_rate_is_a_formula_over_its_integers(tmp_path: Path) -> None:
    """The formula shows how; ties by GB/T 8170 have one of their own."""
    for rounding, digits in ((Rounding.HALF_UP, 3.13), (Rounding.GBT_8170, 3.12)):
        document = report_document({"tie": closing(1, 32)}, rounding=rounding)
        file = write(tmp_path, document, f"{rounding.value}.xlsx")
        column = [cell.value for cell in openpyxl.load_workbook(file)["数据"][1]].index("办结率 %")
        formula = openpyxl.load_workbook(file)["数据"].cell(2, column + 1).value
        cached = openpyxl.load_workbook(file, data_only=True)["数据"].cell(2, column + 1).value
        assert formula.startswith("=ROUND(100*J2/K2,2)")
        assert ("MOD(" in formula) == (rounding is Rounding.GBT_8170)
        assert cached == digits


def test_printed_form_has_the_integers_of_the_records(tmp_path: Path) -> None:
    """Title, two-level head, 甲乙丙 row, total, foot and notes; one A4 wide, head repeated."""
    letterhead = Letterhead(unit="政企直通办", head="张三", phone="028-0000")
    file = write(tmp_path, report_document(ROWS, letterhead=letterhead))
    book = openpyxl.load_workbook(file, data_only=True)
    assert book.sheetnames == ["打印表", "数据", "口径", "清单"]
    sheet = book["打印表"]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0][0] == "2019年9月办结情况"
    assert rows[1][0] == "内部管理用表"
    assert rows[2][0] == "填报单位：政企直通办"
    assert "计量单位：件" in rows[2]
    assert rows[3][3] == "收件情况"
    assert rows[5] == ["甲", "乙", "丙", *(str(number) for number in range(1, 10))]
    records = {row[2]: row[9:12] for row in rows[6:12]}
    assert records["transport"] == [128, 130, 98.46]
    assert records["none"] == [0, 0, "无办件"]
    assert records["nearly"] == [99_999, 100_000, ">99.99"]
    assert records["total"] == [100_129, 100_165, 99.96]
    assert rows[12][0].startswith("单位负责人：张三")
    notes = [row[0] for row in rows[13:]]
    assert any("日志位置 300" in note for note in notes)
    assert any("口径说明 closure_rate@1" in note for note in notes)
    assert sheet.print_title_rows == "$4:$6"
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
    assert not book["数据"].merged_cells.ranges


def test_total_first_makes_the_others_its_parts(tmp_path: Path) -> None:
    """其中 stands before the first part, and parts are indented."""
    sheet = openpyxl.load_workbook(write(tmp_path, report_document(ROWS, total_first=True)))[
        "打印表"
    ]
    names = [row[0] for row in sheet.iter_rows(min_row=7, max_row=8, values_only=True)]
    assert names == ["合计", "其中：区交通运输局"]
    assert sheet.cell(8, 1).alignment.indent == 1


def test_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    """The time of making is the instant of the figures."""
    first = write(tmp_path, report_document(ROWS), "a.xlsx").read_bytes()
    sleep(1.1)
    assert write(tmp_path, report_document(ROWS), "b.xlsx").read_bytes() == first


def test_typed_text_stays_text(tmp_path: Path) -> None:
    """No cell but the rates is a formula, whatever people typed."""
    file = write(tmp_path, typed_document("=1+1", "+1", "@SUM(A1)", "911010812345678901"))
    sheet = openpyxl.load_workbook(file)["数据"]
    cells = [sheet.cell(line, 1) for line in range(2, 6)]
    assert [cell.value for cell in cells] == ["=1+1", "+1", "@SUM(A1)", "911010812345678901"]
    assert [cell.data_type for cell in cells] == ["s"] * 4
    with zipfile.ZipFile(file) as archive:
        xml = archive.read("xl/worksheets/sheet2.xml").decode()
    assert xml.count("<f>") == xml.count("<f>ROUND(")


def test_records_past_the_end_of_a_sheet_stand_in_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numbered sheets with a head each say which records they hold; none is lost."""
    whole = figures_of(read_sheet(write(tmp_path, report_document(ROWS)), "数据"))
    monkeypatch.setattr(export_record_sheets, "SHEET_ROWS_MAX", 4)
    done = export_document(report_document(ROWS), tmp_path / "b.xlsx", Format.XLSX, say_zh)
    names = openpyxl.load_workbook(done.file).sheetnames
    assert names == ["打印表", "数据1 (1-4)", "数据2 (5-6)", "口径", "清单"]
    first, second = (read_sheet(done.file, name) for name in names[1:3])
    assert first[0] == second[0]
    assert figures_of(first) | figures_of(second) == whole
    assert done.rows == (len(first) - 1) + (len(second) - 1) == 6
    sheets = dict(read_sheet(done.file, "清单"))["sheets"]
    assert orjson.loads(sheets)[1] == {"name": "数据2 (5-6)", "first": 5, "last": 6}


def test_sheet_that_lost_a_record_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The count goes over all sheets; a file with a record too few is not left behind."""
    monkeypatch.setattr(export_record_sheets, "SHEET_ROWS_MAX", 4)
    monkeypatch.setattr(export_record_sheets, "islice", lambda rows, end: islice(rows, end - 1))
    with pytest.raises(RowsLostError, match="6 rows were expected, 4 were written"):
        write(tmp_path, report_document(ROWS))
    assert list(tmp_path.iterdir()) == []


def test_form_of_many_records_says_where_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody signs ten thousand lines: the form has the total, the sheets have the records."""
    monkeypatch.setattr(export_form, "FORM_ROWS_MAX", 4)
    monkeypatch.setattr(export_workbook, "FORM_ROWS_MAX", 4)
    monkeypatch.setattr(export_pdf, "FORM_ROWS_MAX", 4)
    file = write(tmp_path, report_document(ROWS))
    printed = [str(row[0]) for row in read_sheet(file, "打印表")]
    assert "合计" in printed
    assert "区交通运输局" not in printed
    assert any(text.startswith("共 5 行，多于 4 行的不印在表上") for text in printed)
    assert len(read_sheet(file, "数据")) == 7
    assert figures_of(read_sheet(file, "数据"))["transport"] == (128, 130, "98.46")
    with pytest.raises(TooManyRowsError):
        export_document(report_document(ROWS), tmp_path / "a.pdf", Format.PDF, say_zh)


def test_ranking_gives_places_and_lists_who_has_none(tmp_path: Path) -> None:
    """Places come from the score; the hub stands below without one."""
    document = report_document(kind=ReportKind.RANKING)
    with CalamineWorkbook.from_path(write(tmp_path, document)) as book:
        rows = book.get_sheet_by_name("数据").to_python()
    assert rows[0][3:6] == ["名次", "档次", "得分"]
    assert [row[2] for row in rows[1:]][-1] == "total"


def test_public_report_hides_small_cells_in_every_sheet(tmp_path: Path) -> None:
    """A star on the form, nothing in the records, and the reason beside it; no score is told."""
    rows = {"transport": closing(128, 130), "small": closing(1, 3), "large": closing(90, 99)}
    file = write(tmp_path, report_document(rows, is_public=True))
    with CalamineWorkbook.from_path(file) as book:
        head, *records = book.get_sheet_by_name("数据").to_python()
        printed = book.get_sheet_by_name("打印表").to_python()
    small = dict(zip(head, next(row for row in records if row[2] == "small"), strict=True))
    assert (small["办结率 分子"], small["办结率 %"], small["办结率 说明"]) == ("", "", "suppressed")
    assert "*" in next(row for row in printed if row[2] == "small")
    ranking = report_document(rows, kind=ReportKind.RANKING, is_public=True)
    with CalamineWorkbook.from_path(write(tmp_path, ranking, "ranking.xlsx")) as book:
        head, *records = book.get_sheet_by_name("数据").to_python()
    assert {row[head.index("得分")] for row in records} == {""}
