"""Without this file nobody could say what became of each row of an imported file."""

from collections.abc import Callable
from typing import Final

import msgspec

from domain.roster import Roster
from domain.vocabulary import Labelled
from ledger.append import Append
from replay.reject_reasons import Reason
from replay.rejects import Reject
from replay.stated_case import StatedCase
from replay.table import TableRow, shown

STATUSES_MAX: Final = 200
OTHER_STATUSES: Final = "…"
"""Stands for what a file states beyond that many."""


class StatusCount(msgspec.Struct):
    """How many cases of one stated status are closed, and how many are open."""

    closed: int = 0
    open: int = 0


class ImportSummary(msgspec.Struct):
    """What became of the rows of one file; rows = accepted + rejected + already there.

    Attributes:
        source: Slug of the source.
        file_sha256: 64 hex digits of the file.
        rows: Data rows read.
        accepted: Cases recorded, or to be recorded in a dry run.
        already_there: Rows whose case was recorded before with the same content.
        rejected: Rows that were not imported.
        rejected_by_reason: The same, by reason code.
        events: Events recorded, by topic.
        statuses: Accepted cases by the status that the file states, closed ones apart from open
            ones: a status in both shows where file and ``closing.when`` disagree.
        units_registered: Units added to the roster.
        first_position: Log place of the first case recorded, or null.
        last_position: Log place of the last one.
    """

    source: str
    file_sha256: str
    rows: int = 0
    accepted: int = 0
    already_there: int = 0
    rejected: int = 0
    rejected_by_reason: dict[str, int] = {}
    events: dict[str, int] = {}
    statuses: dict[str, StatusCount] = {}
    units_registered: int = 0
    first_position: int | None = None
    last_position: int | None = None


class ImportTally:
    """Counts what becomes of each row and hands on those that are rejected.

    Args:
        summary: Where to count.
        on_reject: Takes each rejected row.
    """

    def __init__(self, summary: ImportSummary, on_reject: Callable[[Reject], None]) -> None:
        self.summary = summary
        self._on_reject = on_reject

    def accept(self, append: Append, case: StatedCase, positions: range) -> None:
        """Count a case; ``positions`` is empty in a dry run."""
        summary = self.summary
        summary.accepted += 1
        is_listed = case.status in summary.statuses or len(summary.statuses) < STATUSES_MAX
        name = case.status if is_listed else OTHER_STATUSES
        status = summary.statuses.setdefault(name, StatusCount())
        if case.closed_at is None:
            status.open += 1
        else:
            status.closed += 1
        for event in append.events:
            summary.events[event.topic] = summary.events.get(event.topic, 0) + 1
        if positions:
            summary.first_position = summary.first_position or positions[0]
            summary.last_position = positions[-1]

    def register(self, units: int) -> None:
        """Count units that the roster lacked."""
        topic = Roster.UnitRegistered.TOPIC
        self.summary.units_registered += units
        self.summary.events[topic] = self.summary.events.get(topic, 0) + units

    def reject(self, row: TableRow, reason: Labelled, column: str | None) -> None:
        """Count a row that is not imported, and hand it on."""
        summary = self.summary
        summary.rejected += 1
        counts = summary.rejected_by_reason
        counts[reason.value] = counts.get(reason.value, 0) + 1
        cells = tuple(shown(cell) for cell in row.cells)
        self._on_reject(Reject(row.number, row.line, column, reason, cells))

    def repeat(self, row: TableRow, column: str | None, *, is_same: bool) -> None:
        """Count a row whose case is recorded, with the same content or another."""
        if is_same:
            self.summary.already_there += 1
        else:
            self.reject(row, Reason.CHANGED, column)
