"""Without this file a report could be published with figures that somebody typed in."""

from datetime import datetime
from typing import Protocol

from domain.published_report import PublishedReport
from domain.report_cells import Figures
from domain.report_question import ReportQuestion


class FigureSource(Protocol):
    """Where a decision gets the figures from that it publishes: the log itself."""

    def position_known_at(self, known_at: datetime | None) -> int:
        """Return the last position recorded by an instant, or the head; 0 for none. Blocking."""

    def figures(self, question: ReportQuestion, position: int) -> Figures:
        """Return what the log up to a position says. Blocking.

        Raises:
            LedgerError: it cannot be replayed.
        """

    def find_report(self, number: int) -> PublishedReport | None:
        """Return a published report as it stands now, or None. Blocking."""


class NoFigures:
    """A ledger that was opened without its log at hand; it publishes nothing."""

    def position_known_at(self, known_at: datetime | None) -> int:
        """Return 0: nothing is known here."""
        del known_at
        return 0

    def figures(self, question: ReportQuestion, position: int) -> Figures:
        """Return no groups."""
        del question
        return Figures(position, {}, {})

    def find_report(self, number: int) -> PublishedReport | None:
        """Return None: no report is known here."""
        del number
        return None
