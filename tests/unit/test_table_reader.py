"""CSV and TSV files become rows, and a broken row costs only itself."""

from pathlib import Path

import pytest

from replay.file_digest import file_digest
from replay.import_errors import TableError
from replay.reject_reasons import Reason
from replay.table import TableForm, TableRow
from replay.table_reader import open_table

UTF_8 = TableForm(encoding="utf-8")


def _read(
    folder: Path, content: str | bytes, name: str = "cases.csv", form: TableForm = UTF_8
) -> tuple[tuple[str, ...], list[TableRow]]:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with open_table(path, form) as table:
        return table.header, list(table.rows)


def test_csv_rows_are_numbered_from_one_with_their_lines(tmp_path: Path) -> None:
    """A row knows its number and the physical line it begins on, also after line breaks."""
    header, rows = _read(tmp_path, 'a, b \r\n1,"x\r\ny"\r\n2,z\r\n')
    assert header == ("a", "b")
    assert [(row.number, row.line, row.cells) for row in rows] == [
        (1, 2, ("1", "x\r\ny")),
        (2, 4, ("2", "z")),
    ]


def test_csv_blank_rows_are_passed_over_but_counted(tmp_path: Path) -> None:
    """A blank line is no case, and rows after it keep their place."""
    _, rows = _read(tmp_path, "a,b\n1,2\n\n,\n3,4\n")
    assert [(row.number, row.cells) for row in rows] == [(1, ("1", "2")), (4, ("3", "4"))]


def test_csv_rows_of_another_width_are_broken_alone(tmp_path: Path) -> None:
    """Too few or too many cells break a row, empty cells to the right do not."""
    _, rows = _read(tmp_path, "a,b\n1\n1,2,3\n1,2,,\n1,2\n")
    assert [row.broken for row in rows] == [Reason.RAGGED, Reason.RAGGED, None, None]
    assert rows[2].cells == ("1", "2")


@pytest.mark.parametrize(
    "broken",
    ['1,"never closed\n', '1,"closed" and on\n', '1,"never closed, and the next is quoted\n'],
)
def test_csv_row_with_unbalanced_quotes_costs_only_its_line(tmp_path: Path, broken: str) -> None:
    """A quote that is never closed does not swallow the rows after it."""
    after = "".join(f'{number},"text {number}"\n' for number in range(2, 60))
    _, rows = _read(tmp_path, f"a,b\n{broken}{after}")
    assert [row.broken for row in rows] == [Reason.UNREADABLE] + [None] * 58
    assert rows[0].cells == (broken.rstrip(),)
    assert [(row.number, row.line, row.cells[0]) for row in rows[1:]] == [
        (number, number + 1, str(number)) for number in range(2, 60)
    ]


def test_csv_cell_without_end_is_broken_alone(tmp_path: Path) -> None:
    """A cell beyond the reader's limit breaks its row, not the import."""
    _, rows = _read(tmp_path, f"a,b\n1,{'x' * 200_000}\n2,y\n")
    assert [row.broken for row in rows] == [Reason.UNREADABLE, None]


def test_csv_cell_with_nul_is_kept_for_the_reject(tmp_path: Path) -> None:
    """NUL does not stop the reader; the row that holds it is judged later."""
    _, rows = _read(tmp_path, b"a,b\n1,x\0y\n2,z\n")
    assert [row.cells for row in rows] == [("1", "x\0y"), ("2", "z")]


def test_tsv_is_split_at_tabs(tmp_path: Path) -> None:
    """The suffix decides the usual separator."""
    header, rows = _read(tmp_path, "a\tb,c\n1\t2,3\n", "cases.tsv")
    assert (header, rows[0].cells) == (("a", "b,c"), ("1", "2,3"))


def test_delimiter_of_the_mapping_wins(tmp_path: Path) -> None:
    """A semicolon file is read where the mapping says so."""
    header, _ = _read(tmp_path, "a;b\n1;2\n", form=TableForm("utf-8", ";"))
    assert header == ("a", "b")


def test_header_row_of_the_mapping_wins(tmp_path: Path) -> None:
    """Title lines above the header are passed over."""
    form = TableForm("utf-8", header_row=3)
    header, rows = _read(tmp_path, "年度报表\n\na,b\n1,2\n", form=form)
    assert (header, len(rows)) == (("a", "b"), 1)


def test_gb18030_is_read_where_stated(tmp_path: Path) -> None:
    """A GB18030 file gives the same rows as a UTF-8 file."""
    content = "编号,姓名\n1,㐂𠮷䶮\n"
    stated = TableForm("gb18030")
    assert _read(tmp_path, content.encode("gb18030"), form=stated) == _read(tmp_path, content)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("cases.csv", b"", "table-empty"),
        ("cases.csv", b"\xef\xbb\xbf", "table-empty"),
        ("cases.xlsx", b"", "table-empty"),
        ("cases.pdf", b"%PDF-1.7", "table-unsupported"),
        ("cases.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "table-unsupported"),
        ("cases.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1", "table-unsupported"),
        ("cases.csv", b"PK\x03\x04rest", "table-unsupported"),
        ("cases.xlsx", b"a,b\n1,2\n", "workbook-damaged"),
        ("cases.xlsx", b"PK\x03\x04rest", "workbook-damaged"),
    ],
)
def test_file_that_is_no_table_is_refused(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    """An empty, foreign or damaged file is refused as a whole, and says what to do."""
    with pytest.raises(TableError) as refusal:
        _read(tmp_path, content, name)
    assert refusal.value.code == code
    assert "未导入任何内容" in refusal.value.text.zh


def test_fraction_read_ends_at_one(tmp_path: Path) -> None:
    """Progress is measured in the file's own bytes."""
    path = tmp_path / "cases.csv"
    path.write_text("编号\n" + "题\n" * 50_000, "utf-8")
    with open_table(path, UTF_8) as table:
        next(table.rows)
        begun = table.fraction_read()
        assert sum(1 for _ in table.rows) == 49_999
        assert 0 < begun < 0.5
        assert table.fraction_read() == 1


def test_file_digest_is_sha_256_of_the_bytes(tmp_path: Path) -> None:
    """The provenance in every event can be checked with any tool."""
    path = tmp_path / "cases.csv"
    path.write_bytes(b"abc")
    assert file_digest(path).startswith("ba7816bf8f01cfea414140de5dae2223")
