"""Without this file a rebuild would go through the log as slowly as the live engine.

A slice is a range of petition ids, read stream by stream: each petition is folded from
its first event to its last and written once. Slices need nothing of each other.
"""

from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, Final

from psycopg import Connection

from domain.petition_facts import PetitionFacts
from ledger.queries import load_queries
from projections.binary_copy import copy_rows
from projections.petition_facts import copy_facts, facts_row
from projections.petition_standing import BOARDS, standing_of
from projections.petition_steps import copy_steps, step_rows
from replay.ahead import ahead
from replay.collection import no_collection
from replay.streams import StreamFolder, StreamRow, pages_of_range

QUERIES: Final = load_queries("replay", "slices")


_NumberedPage = tuple[int, list[StreamRow]]
"""Number of the slice, and some of its events."""


class FoldedPage:
    """Rows of petitions that end in a page, ready to be written."""

    def __init__(self, number: int, events_len: int, petitions: Iterable[PetitionFacts]) -> None:
        self.number = number
        self.events_len = events_len
        self.facts: list[bytes] = []
        self.steps: list[bytes] = []
        self.boards: list[list[bytes]] = [[] for _ in BOARDS]
        for facts in petitions:
            kind, steps, boards = standing_of(facts)
            self.facts.append(facts_row(facts))
            self.steps.extend(step_rows(facts.petition_id, kind, steps))
            for whole, rows in zip(self.boards, boards, strict=True):
                whole.extend(rows)


class SliceFiller:
    """Fills the petitions' tables of a shadow, slice by slice.

    Each slice is one transaction that also records it. Blocking; memory is bounded by a
    few pages, whatever a slice holds.

    Args:
        reading: Autocommit connection for the log.
        writing: Autocommit connection that sees the shadow.
        position: Last position to read.
        slices_len: Number of slices.
    """

    def __init__(
        self,
        reading: Connection[Any],
        writing: Connection[Any],
        position: int,
        slices_len: int,
    ) -> None:
        self._reading = reading
        self._writing = writing
        self._position = position
        self._slices_len = slices_len

    def fill(self, numbers: Iterable[int]) -> Generator[int, None, None]:
        """Fill slices, and yield how many events each of them has once it is committed.

        One thread reads, one folds and the caller's writes, across the ends of slices.

        Args:
            numbers: Each from 0 to below the number of slices.

        Raises:
            UnreplayableEventError: an event cannot be read or applied; finished slices stay.
        """
        pages = ahead(self._fold(ahead(self._read(numbers))))
        with closing(pages), no_collection():
            for number, parts in groupby(pages, attrgetter("number")):
                with self._writing.transaction():
                    events_len = sum(map(self.write, parts))
                    parameters = {"number": number, "events_len": events_len}
                    self._writing.execute(QUERIES["insert_slice"], parameters)
                yield events_len

    def _read(self, numbers: Iterable[int]) -> Iterator[_NumberedPage]:
        for number in numbers:
            for rows in pages_of_range(
                self._reading, self._position, number=number, ranges_len=self._slices_len
            ):
                yield number, rows

    def _fold(self, pages: Iterable[_NumberedPage]) -> Iterator[FoldedPage]:
        folder = StreamFolder()
        for number, parts in groupby(pages, itemgetter(0)):
            for _, rows in parts:
                yield FoldedPage(number, len(rows), folder.fold(rows))
            yield FoldedPage(number, 0, folder.finish())

    def write(self, page: FoldedPage) -> int:
        """Write a page's rows in the slice's transaction, and return how many events it has."""
        copy_facts(self._writing, page.facts)
        copy_steps(self._writing, page.steps)
        for board, rows in zip(BOARDS, page.boards, strict=True):
            copy_rows(self._writing, board.copy, rows)
        return page.events_len


def finished_slices(connection: Connection[Any]) -> dict[int, int]:
    """Return the slices a shadow already holds, with their numbers of events."""
    return dict(connection.execute(QUERIES["read_finished_slices"]).fetchall())
