"""Without this file the table of the documentation would be typed by hand."""

from collections.abc import Iterable
from pathlib import Path

from benchmarks.chart import draw_chart
from benchmarks.rows import Row

BEGIN = "<!-- measured: begin -->"
END = "<!-- measured: end -->"


def write_document(path: Path, table: str, rows: Iterable[Row]) -> None:
    """Put a run's table between the marks of a document; the text around it stays.

    Its chart is written beside the document, under its name, and shown below the table.

    Raises:
        ValueError: the document lacks a mark, and nothing is written.
    """
    before, begin, rest = path.read_text("utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{path}: put {BEGIN} and {END} where the table belongs")
    measured = table
    chart = draw_chart(rows)
    if chart is not None:
        drawn = path.with_suffix(".svg")
        drawn.write_text(chart, "utf-8")
        measured += f"\n\n![cost against size 耗时与规模]({drawn.name})"
    path.write_text(f"{before}{BEGIN}\n\n{measured}\n\n{END}{after}", "utf-8")
