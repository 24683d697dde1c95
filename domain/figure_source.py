"""Without this file a report or a sample could be made of what somebody typed in."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.petition_facts import PetitionFacts
from domain.published_report import PublishedReport
from domain.report_cells import Figures
from domain.report_question import ReportQuestion
from domain.sample import Sample


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

    def find_sample(self, number: int) -> Sample | None:
        """Return a sample as it stands now, or None. Blocking."""

    def petitions(
        self, position: int, only: frozenset[UUID] | None = None
    ) -> Iterable[PetitionFacts]:
        """Return what the log up to a position says of every petition, or of some. Blocking.

        Raises:
            LedgerError: it cannot be replayed.
        """

    def entry_hash(self, stream: UUID, version: int) -> bytes:
        """Return the leaf hash of an event of the log, 32 bytes. Blocking.

        Raises:
            LookupError: there is no such event.
        """


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

    def find_sample(self, number: int) -> Sample | None:
        """Return None: no sample is known here."""
        del number
        return None

    def petitions(
        self, position: int, only: frozenset[UUID] | None = None
    ) -> Iterable[PetitionFacts]:
        """Return none."""
        del position, only
        return ()

    def entry_hash(self, stream: UUID, version: int) -> bytes:
        """Return zeros: nothing is logged here."""
        del stream, version
        return bytes(32)
