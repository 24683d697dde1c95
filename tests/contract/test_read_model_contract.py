"""What every way of keeping the petitions' rows must do, in memory and in PostgreSQL."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from psycopg import Connection

from domain.petition import PetitionEvent
from ledger.database import Database, Role
from projections.petitions import Petitions, VersionGapError
from tests.integration.logged_petitions import draw_log
from tests.petition_tables import Rows, expected_rows, stored_rows


class KeptRows(ABC):
    """One way of keeping the rows."""

    @abstractmethod
    def apply(self, events: Sequence[PetitionEvent]) -> None:
        """Apply a batch, or leave everything as it was."""

    @abstractmethod
    def rows(self) -> Rows:
        """Return all rows."""


class RowsInMemory(KeptRows):
    """The definition: all events are kept, and folded anew whenever somebody asks."""

    def __init__(self) -> None:
        self._events: list[PetitionEvent] = []

    def apply(self, events: Sequence[PetitionEvent]) -> None:
        """Keep the events if each follows its stream."""
        batch = [*self._events, *events]
        versions: dict[object, int] = {}
        for event in batch:
            version = versions.get(event.originator_id, 0)
            if event.originator_version != version + 1:
                raise VersionGapError(event, version)
            versions[event.originator_id] = event.originator_version
        self._events = batch

    def rows(self) -> Rows:
        """Fold all events."""
        return expected_rows(self._events)


class RowsInPostgres(KeptRows):
    """The read model."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection

    def apply(self, events: Sequence[PetitionEvent]) -> None:
        """Apply them in a transaction, as the engine does."""
        with self._connection.transaction():
            Petitions(self._connection).apply(events)

    def rows(self) -> Rows:
        """Read the tables."""
        return stored_rows(self._connection)


class ReadModelContract:
    """The tests; each subclass brings one way."""

    @pytest.fixture
    def kept(self) -> KeptRows:
        """Return empty rows."""
        raise NotImplementedError

    def test_rows_are_empty_before_the_first_event(self, kept: KeptRows) -> None:
        """A batch without events is lawful and changes nothing."""
        kept.apply([])
        assert not any(kept.rows().values())

    def test_rows_do_not_depend_on_how_the_log_is_cut(self, kept: KeptRows) -> None:
        """One event at a time or many: the same rows."""
        events = draw_log(41, 12)
        for size, start in ((1, 0), (9, 20), (len(events), 50)):
            end = {0: 20, 20: 50, 50: len(events)}[start]
            for place in range(start, end, size):
                kept.apply(events[place : min(place + size, end)])
        assert kept.rows() == expected_rows(events)

    def test_applying_an_event_twice_is_refused_and_changes_nothing(self, kept: KeptRows) -> None:
        """An event that does not follow the rows is an error, not a second count."""
        events = draw_log(42, 6)
        kept.apply(events)
        before = kept.rows()
        with pytest.raises((VersionGapError, ValueError)):
            kept.apply(events[-1:])
        assert kept.rows() == before

    def test_missing_event_is_refused_and_changes_nothing(self, kept: KeptRows) -> None:
        """A gap in a stream is an error, and the rest of its batch is left out too."""
        events = [event for event in draw_log(43, 6) if event.originator_version != 2]
        with pytest.raises((VersionGapError, ValueError)):
            kept.apply(events)
        assert not any(kept.rows().values())


class TestRowsInMemory(ReadModelContract):
    """The definition keeps its own contract."""

    @pytest.fixture
    def kept(self) -> KeptRows:
        """Return empty rows in memory."""
        return RowsInMemory()


class TestRowsInPostgres(ReadModelContract):
    """The read model keeps the contract of the definition."""

    @pytest.fixture
    def kept(self, database: Database) -> Iterator[KeptRows]:
        """Yield the empty tables of a new ledger."""
        with database.connect(Role.PROJECTOR, autocommit=True) as connection:
            yield RowsInPostgres(connection)
