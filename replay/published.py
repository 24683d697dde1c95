"""Without this file a report could be published or checked by other figures than the log's."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg import Connection, IsolationLevel

from domain.counts import Counts
from domain.petition_facts import PetitionFacts
from domain.published_report import PublishedReport
from domain.report_cells import Cell, Figures, report_cells
from domain.report_kind import ReportKind
from domain.report_publishing import report_stream_name
from domain.report_question import ReportQuestion
from domain.sample import Sample
from ledger.database import Database, Role
from ledger.reference import named_stream
from projections.scope import Cohort, Scope
from replay.catalogue import replay_catalogue
from replay.exclusions import replay_excluded
from replay.figures import head_position, position_known_at, replay_counts
from replay.recorded import load_recorded
from replay.samples import entry_hash, find_sample
from replay.streams import read_named_petitions, read_petitions

_NUMBER_MAX: Final = 1_000_000


class Difference(NamedTuple):
    """A figure that was published otherwise than the log gives it."""

    published: Cell | None
    replayed: Cell | None


class LoggedFigures:
    """The log of one ledger as the source of figures; every question takes one snapshot.

    Blocking; a question folds the whole log.

    Args:
        database: The ledger; left open.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def position_known_at(self, known_at: datetime | None) -> int:
        """Return the last position recorded by an instant, or the head."""
        with self._snapshot() as connection:
            if known_at is not None:
                return position_known_at(connection, known_at)
            return head_position(connection)

    def figures(self, question: ReportQuestion, position: int) -> Figures:
        """Return what the log up to a position says.

        Raises:
            UnreplayableEventError: an event cannot be read or applied.
        """
        with self._snapshot() as connection:
            return read_figures(connection, question, position)

    def find_report(self, number: int) -> PublishedReport | None:
        """Return a published report as it stands now, or None."""
        with self._snapshot() as connection:
            return find_report(connection, number)

    def next_number(self) -> int:
        """Return the number that the next report is to have; numbers have no gaps."""
        with self._snapshot() as connection:
            return next_free(lambda number: find_report(connection, number) is None)

    def next_sample(self) -> int:
        """Return the number that the next sample is to have; numbers have no gaps."""
        with self._snapshot() as connection:
            return next_free(lambda number: find_sample(connection, number) is None)

    def find_sample(self, number: int) -> Sample | None:
        """Return a sample as it stands now, or None."""
        with self._snapshot() as connection:
            return find_sample(connection, number)

    def petitions(
        self, position: int, only: frozenset[UUID] | None = None
    ) -> Iterable[PetitionFacts]:
        """Yield what the log up to a position says of every petition, or of some.

        Raises:
            UnreplayableEventError: an event cannot be read or applied.
        """
        with self._snapshot() as connection:
            if only is None:
                yield from read_petitions(connection, position)
            else:
                yield from read_named_petitions(connection, position, only)

    def entry_hash(self, stream: UUID, version: int) -> bytes:
        """Return the leaf hash of an event of the log, 32 bytes.

        Raises:
            LookupError: there is no such event.
        """
        with self._snapshot() as connection:
            return entry_hash(connection, stream, version)

    def reports(self) -> Iterator[PublishedReport]:
        """Yield every published report, oldest first."""
        with self._snapshot() as connection:
            yield from read_reports(connection)

    @contextmanager
    def _snapshot(self) -> Iterator[Connection[Any]]:
        with self._database.connect(Role.APP) as connection:
            connection.isolation_level = IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            yield connection


def next_free(is_free: Callable[[int], bool]) -> int:
    """Return the first number that is free, where all below it are taken; pure but for that."""
    return bisect_left(range(1, _NUMBER_MAX + 1), x=True, key=is_free) + 1


def read_figures(connection: Connection[Any], question: ReportQuestion, position: int) -> Figures:
    """Return what the log up to a position says. Blocking; folds the whole log.

    Raises:
        UnreplayableEventError: an event cannot be read or applied.
    """
    extent = question.extent
    answer = replay_counts(
        connection,
        question.by,
        as_of=question.as_of,
        position=position,
        scope=Scope(
            extent.unit,
            extent.petition_type,
            extent.channel,
            extent.region,
            as_dispatched=question.as_dispatched,
        ),
        cohort=Cohort.between(question.accepted_from, question.accepted_before),
    )
    reasons = {key: answer.withheld(key) for key in (*answer.rows, None)}
    withheld = {key: reason for key, reason in reasons.items() if reason is not None}
    excluded: Mapping[str, Counts] = {}
    if question.kind is ReportKind.RANKING:
        excluded = replay_excluded(connection, answer)
    catalogue = replay_catalogue(connection, position)
    return Figures(position, answer.rows, withheld, excluded, catalogue)


def read_reports(connection: Connection[Any], after: int = 0) -> Iterator[PublishedReport]:
    """Yield the published reports after a number, oldest first. Blocking, one query each."""
    for number in count(after + 1):
        report = find_report(connection, number)
        if report is None:
            return
        yield report


def find_report(connection: Connection[Any], number: int) -> PublishedReport | None:
    """Return a published report by its number, or None. Blocking, one query."""
    return load_report(connection, named_stream(report_stream_name(number)))


def load_report(connection: Connection[Any], report_id: UUID) -> PublishedReport | None:
    """Return a published report from its own stream, or None. Blocking, one query."""
    return load_recorded(connection, PublishedReport, report_id)


def verify_report(connection: Connection[Any], report: PublishedReport) -> tuple[Difference, ...]:
    """Compute a published report again from the log and return what differs; none is right.

    Blocking; folds the log up to the report's position and reads no read model.

    Raises:
        UnknownDefinitionError: this program lacks a definition it was computed with.
        UnreplayableEventError: an event cannot be read or applied.
    """
    figures = read_figures(connection, report.question, report.position)
    return compare(report.cells, report_cells(report.question, report.definitions, figures))


def compare(published: tuple[Cell, ...], replayed: tuple[Cell, ...]) -> tuple[Difference, ...]:
    """Return the figures in which two reports differ, in the order of the first; pure."""
    before = {(cell.group, cell.figure): cell for cell in published}
    after = {(cell.group, cell.figure): cell for cell in replayed}
    places = dict.fromkeys((*before, *after))
    pairs = (Difference(before.get(place), after.get(place)) for place in places)
    return tuple(pair for pair in pairs if pair.published != pair.replayed)
