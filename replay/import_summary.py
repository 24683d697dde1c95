"""Without this file nobody could say what became of each row of an imported file."""

from typing import Final

import msgspec

from domain.roster import Roster
from ledger.append import Append
from replay.reject_reasons import Reason
from replay.row_tally import RowSummary, RowTally
from replay.stated_case import StatedCase
from replay.table import TableRow

STATUSES_MAX: Final = 200
OTHER_STATUSES: Final = "…"
"""Stands for what a file states beyond that many."""


class StatusCount(msgspec.Struct):
    """How many cases of one stated status are closed, and how many are open."""

    closed: int = 0
    open: int = 0


class ImportSummary(RowSummary):
    """What became of the rows of one file; rows = accepted + rejected + already there.

    Attributes:
        accepted: Cases recorded, or to be recorded in a dry run.
        events: Events recorded, by topic.
        statuses: Accepted cases by the status that the file states, closed ones apart from open
            ones: a status in both shows where file and ``closing.when`` disagree.
        units_registered: Units added to the roster.
        first_position: Log place of the first case recorded, or null.
    """

    accepted: int = 0
    events: dict[str, int] = msgspec.field(default_factory=dict)
    statuses: dict[str, StatusCount] = msgspec.field(default_factory=dict)
    units_registered: int = 0
    first_position: int | None = None


class ImportTally(RowTally[ImportSummary]):
    """Counts what becomes of each case of a file."""

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

    def repeat(self, row: TableRow, column: str | None, *, is_same: bool) -> None:
        """Count a row whose case is recorded, with the same content or another."""
        if is_same:
            self.summary.already_there += 1
        else:
            self.reject(row, Reason.CHANGED, column)
