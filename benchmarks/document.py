"""Without this file the table of the documentation would be typed by hand."""

from pathlib import Path

BEGIN = "<!-- measured: begin -->"
END = "<!-- measured: end -->"


def write_document(path: Path, measured: str) -> None:
    """Put a run's table between the marks of a document; the text around it stays.

    Raises:
        ValueError: the document lacks a mark.
    """
    before, begin, rest = path.read_text("utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{path}: put {BEGIN} and {END} where the table belongs")
    path.write_text(f"{before}{BEGIN}\n\n{measured}\n\n{END}{after}", "utf-8")
