"""Without this file Chinese names could push the figures beside them out of line."""

import io

import pytest
from rich.cells import cell_len

from commands.table_text import Column, one_line, print_head, print_table
from domain.text import Text

COLUMNS = (
    Column(Text("单位", "unit"), is_number=False),
    Column(Text("件数 n/d", "n/d")),
    Column(Text("办结率 %", "closure rate %")),
)
ROWS = (
    ("双流区住建局", "128/130", "98.46"),
    ("DOB", "89/89", "100.00"),
    ("空港 Airport 管委会", "2/3", "–"),
)


class Terminal(io.StringIO):
    """A stdout that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_table_aligns_chinese_and_latin_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """By display width, the right edge of every figure stands under that of its heading."""
    terminal = Terminal()
    monkeypatch.setattr("sys.stdout", terminal)
    monkeypatch.setenv("COLUMNS", "80")
    print_table(COLUMNS, ROWS)
    lines = [line.rstrip() for line in terminal.getvalue().splitlines() if line.strip(" ─")]
    assert len(lines) == 4
    assert "\x1b" not in terminal.getvalue()
    assert len({cell_len(line) for line in lines}) == 1
    edges = {
        cell_len(line[: line.index(n_d) + len(n_d)])
        for line, n_d in zip(lines, ["n/d", "128/130", "89/89", "2/3"], strict=True)
    }
    assert len(edges) == 1


def test_table_is_separated_by_tabs_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    """A program reads cells, not box drawings."""
    print_head([(Text("定义", "definitions"), "closure_rate@1")])
    print_table(COLUMNS, ROWS)
    assert capsys.readouterr().out.splitlines() == [
        "# definitions: closure_rate@1",
        "unit\tn/d\tclosure rate %",
        "双流区住建局\t128/130\t98.46",
        "DOB\t89/89\t100.00",
        "空港 Airport 管委会\t2/3\t–",
    ]


def test_one_line_disarms_what_petitioners_typed() -> None:
    """Tabs, line breaks, terminal codes and direction marks become spaces."""
    assert one_line("a\tb\nc\x1b[31md\u202ee　f") == "a b c [31md e f"
