"""Without this file nobody could say which rows of a file were left behind, and why."""

from collections.abc import Callable
from typing import Generic, TypeVar

import msgspec

from domain.vocabulary import Labelled
from replay.rejects import Reject
from replay.table import TableRow, shown


class RowSummary(msgspec.Struct):
    """What became of the rows of one file.

    Attributes:
        source: Slug of the source.
        file_sha256: 64 hex digits of the file.
        rows: Data rows read.
        already_there: Rows that were recorded before with the same content.
        rejected: Rows that were not recorded.
        rejected_by_reason: The same, by reason code.
        last_position: Log place of the last row recorded, or null.
    """

    source: str
    file_sha256: str
    rows: int = 0
    already_there: int = 0
    rejected: int = 0
    rejected_by_reason: dict[str, int] = {}
    last_position: int | None = None


_Summary = TypeVar("_Summary", bound=RowSummary)


class RowTally(Generic[_Summary]):
    """Counts what becomes of each row and hands on those that are rejected.

    Args:
        summary: Where to count.
        on_reject: Takes each rejected row.
    """

    def __init__(self, summary: _Summary, on_reject: Callable[[Reject], None]) -> None:
        self.summary = summary
        self._on_reject = on_reject

    def reject(self, row: TableRow, reason: Labelled, column: str | None) -> None:
        """Count a row that is not recorded, and hand it on."""
        self.summary.rejected += 1
        counts = self.summary.rejected_by_reason
        counts[reason.value] = counts.get(reason.value, 0) + 1
        cells = tuple(shown(cell) for cell in row.cells)
        self._on_reject(Reject(row.number, row.line, column, reason, cells))
