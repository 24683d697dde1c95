"""Without this file a bad row would stop an import, or vanish from it."""

import csv
from collections.abc import Sequence
from io import TextIOBase
from types import TracebackType
from typing import IO, Self

import msgspec

from domain.text import Text
from domain.vocabulary import Labelled
from replay.export_values import is_alive


class Reject(msgspec.Struct, frozen=True):
    """One row that was not imported.

    Attributes:
        row: Data row, 1 for the first after the header.
        line: Physical line or sheet row on which it begins.
        column: Header of the cell concerned, or null for the whole row.
        reason: Why.
        cells: The row as the file states it.
    """

    row: int
    line: int
    column: str | None
    reason: Labelled
    cells: tuple[str, ...]

    @property
    def text(self) -> Text:
        """The reason, in both languages."""
        return self.reason.label


class RejectsFile:
    """Writes rejected rows as CSV (UTF-8 with BOM), with the cells they had.

    A context manager that owns the stream. Cells that a spreadsheet program would
    run as a formula get a leading apostrophe.
    """

    def __init__(self, stream: IO[str] | TextIOBase, header: Sequence[str]) -> None:
        self._stream = stream
        self._writer = csv.writer(stream)
        self._writer.writerow(
            ["row", "line", "column", "reason", "原因", "explanation", *map(inert, header)]
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stream.close()

    def write(self, reject: Reject) -> None:
        """Add one row; blocking."""
        own = [reject.row, reject.line, inert(reject.column or ""), reject.reason.value]
        self._writer.writerow([*own, *reject.text, *map(inert, reject.cells)])


def inert(cell: str) -> str:
    """Return a cell that no spreadsheet program takes for a formula; pure."""
    # What the file could not encode either would break the rejects file as well.
    shown = cell.encode("utf-8", "backslashreplace").decode()
    if is_alive(shown) and not _is_number(shown):
        return f"'{shown}"
    return shown


def _is_number(text: str) -> bool:
    return text[1:].replace(".", "", 1).isdecimal() and text.isascii()
