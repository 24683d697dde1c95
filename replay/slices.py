"""Without this file a rebuild would go through the log as slowly as the live engine.

A slice is a range of petition ids, read stream by stream: each petition is folded from
its first event to its last and written once. Slices need nothing of each other.
"""

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final
from zoneinfo import ZoneInfo

from psycopg import Connection

from domain.petition_facts import PetitionFacts
from ledger.queries import load_queries
from projections.binary_copy import copy_rows
from projections.deadline_rows import clock_rows, copy_clocks
from projections.petition_facts import copy_facts, facts_row
from projections.petition_standing import BOARDS, standing_of
from projections.petition_steps import copy_steps, step_rows
from projections.worklist import copy_tasks, task_rows
from replay.streams import StreamFolder, read_streams

QUERIES: Final = load_queries("replay", "slices")


class _Page:
    """Rows of finished petitions, ready to be written."""

    def __init__(self, petitions: Iterable[PetitionFacts]) -> None:
        self.facts: list[bytes] = []
        self.steps: list[bytes] = []
        self.tasks: list[bytes] = []
        self.clocks: list[bytes] = []
        self.boards: list[list[bytes]] = [[] for _ in BOARDS]
        for facts in petitions:
            kind, steps, tasks, clocks, _, boards = standing_of(facts)
            self.facts.append(facts_row(facts))
            self.steps.extend(step_rows(facts.petition_id, kind, steps))
            self.tasks.extend(task_rows(facts, tasks))
            self.clocks.extend(clock_rows(facts, clocks))
            for whole, rows in zip(self.boards, boards, strict=True):
                whole.extend(rows)


class SliceFiller:
    """Fills the petitions' tables of a shadow, slice by slice.

    Each slice is one transaction that also records it. Blocking; memory is bounded by
    the page, whatever a slice holds.

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

    def fill(self, number: int) -> int:
        """Fill one slice and return how many events it has.

        Args:
            number: From 0 to below the number of slices.

        Raises:
            UnreplayableEventError: an event cannot be read or applied.
        """
        writing: Future[None] | None = None
        stream = StreamFolder()
        events_len = 0
        pages = read_streams(
            self._reading, self._position, number=number, slices_len=self._slices_len
        )
        with ThreadPoolExecutor(1) as writer, self._writing.transaction():
            for rows in pages:
                events_len += len(rows)
                page = _Page(stream.fold(rows))
                if writing is not None:
                    writing.result()
                writing = writer.submit(self._write, page)
            if writing is not None:
                writing.result()
            self._write(_Page(stream.finish()))
            parameters = {"number": number, "events_len": events_len}
            self._writing.execute(QUERIES["insert_slice"], parameters)
        return events_len

    def _write(self, page: _Page) -> None:
        copy_facts(self._writing, page.facts)
        copy_steps(self._writing, page.steps)
        copy_tasks(self._writing, page.tasks)
        copy_clocks(self._writing, page.clocks)
        for board, rows in zip(BOARDS, page.boards, strict=True):
            copy_rows(self._writing, board.copy, rows)


def finished_slices(connection: Connection[Any]) -> dict[int, int]:
    """Return the slices a shadow already holds, with their numbers of events."""
    return dict(connection.execute(QUERIES["read_finished_slices"]).fetchall())


def sum_rates(connection: Connection[Any], zone: ZoneInfo) -> None:
    """Make a shadow's roll-ups of its petitions' steps; blocking, in the caller's transaction."""
    connection.execute(QUERIES["give_memory"])
    connection.execute(QUERIES["sum_rates"], {"zone": zone.key})
