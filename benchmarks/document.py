"""Without this file the table of the documentation would be typed by hand."""

from collections.abc import Iterable
from pathlib import Path

from benchmarks.chart import draw_chart
from benchmarks.rows import Row

BEGIN = "<!-- measured: begin -->"
END = "<!-- measured: end -->"


def write_document(path: Path, table: str, rows: Iterable[Row]) -> None:
    """Put a table of runs between the marks of a document; the text around it stays.

    Its chart is written beside the document, under its name, and shown below the table.

    Raises:
        ValueError: the document lacks a mark, and nothing is written.
    """
    read_parts(path)
    measured = table
    chart = draw_chart(rows)
    if chart is not None:
        drawn = path.with_suffix(".svg")
        drawn.write_text(chart, "utf-8")
        measured += f"\n\n![cost against size 耗时与规模]({drawn.name})"
    write_measured(path, measured)


def write_measured(path: Path, measured: str) -> None:
    """Put a text between the marks of a document; the text around it stays.

    Raises:
        ValueError: the document lacks a mark, and nothing is written.
    """
    before, after = read_parts(path)
    path.write_text(f"{before}{BEGIN}\n\n{measured}\n\n{END}{after}", "utf-8")


def read_parts(path: Path) -> tuple[str, str]:
    """Return what stands before and after the marks of a document.

    Raises:
        ValueError: it lacks a mark.
    """
    before, begin, rest = path.read_text("utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{path}: put {BEGIN} and {END} where the table belongs")
    return before, after
