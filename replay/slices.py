"""Without this file a rebuild would go through the log as slowly as the live engine.

A slice is a range of petition ids, read stream by stream: each petition is folded from
its first event to its last and written once. Slices need nothing of each other.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import Any, Final, NamedTuple, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from psycopg import Connection

from domain.petition import PetitionEvent
from domain.petition_facts import PetitionFacts
from domain.petition_fold import fold
from domain.text import Text
from ledger.errors import LedgerError
from ledger.queries import load_queries
from projections.decoding import CODEC
from projections.petition_facts import copy_facts, facts_row
from projections.petition_steps import copy_steps, step_rows
from projections.petitions import standing_of
from projections.worklist import copy_tasks, task_rows

QUERIES: Final = load_queries("replay", "slices")

PAGE_LEN: Final = 20_000
"""Events in memory at a time, twice over: one page is folded while the next one is read."""

_IDS: Final = 1 << 128

SliceRow = tuple[int, str, int, bytes, int, datetime, bytes]
"""Position, topic, schema version, 16 bytes of the petition's id, version, instant, payload."""


class UnreplayableEventError(LedgerError):
    """An event of the log cannot be applied, so nothing can be rebuilt past it."""

    code = "unreplayable-event"

    def __init__(self, position: int, cause: str) -> None:
        super().__init__(
            Text(
                f"第 {position} 号事件无法应用：{cause}。现有读模型未改动；请升级程序后重试。",
                f"Event {position} cannot be applied: {cause}. The read models are unchanged; "
                "upgrade the program and try again.",
            )
        )
        self.position = position
        self._cause = cause

    def __reduce__(self) -> tuple[type["UnreplayableEventError"], tuple[int, str]]:
        """Let it come back from another process."""
        return UnreplayableEventError, (self.position, self._cause)


class _Page(NamedTuple):
    """Rows of finished petitions, ready to be written."""

    facts: list[bytes]
    steps: list[bytes]
    tasks: list[bytes]


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
        stream = _StreamFolder()
        events_len = 0
        with (
            ThreadPoolExecutor(1) as reader,
            ThreadPoolExecutor(1) as writer,
            self._writing.transaction(),
        ):
            for rows in _ahead(self._pages(number), reader):
                events_len += len(rows)
                page = stream.fold(rows)
                if writing is not None:
                    writing.result()
                writing = writer.submit(self._write, page)
            if writing is not None:
                writing.result()
            self._write(stream.finish())
            parameters = {"number": number, "events_len": events_len}
            self._writing.execute(QUERIES["insert_slice"], parameters)
        return events_len

    def _pages(self, number: int) -> Iterator[list[SliceRow]]:
        first = _IDS * number // self._slices_len
        last = _IDS * (number + 1) // self._slices_len - 1
        parameters: dict[str, object] = {
            "last_id": UUID(int=last),
            "after_id": UUID(int=first),
            "after_version": -1,
            "upto": self._position,
            "limit": PAGE_LEN,
        }
        while True:
            with self._reading.cursor(binary=True) as cursor:
                rows = cursor.execute(QUERIES["read_slice"], parameters).fetchall()
            if rows:
                yield cast("list[SliceRow]", rows)
            if len(rows) < PAGE_LEN:
                return
            parameters |= {"after_id": UUID(bytes=rows[-1][3]), "after_version": rows[-1][4]}

    def _write(self, page: _Page) -> None:
        copy_facts(self._writing, page.facts)
        copy_steps(self._writing, page.steps)
        copy_tasks(self._writing, page.tasks)


class _StreamFolder:
    """Folds streams that come one after the other and may be cut by the end of a page."""

    def __init__(self) -> None:
        self._facts: PetitionFacts | None = None
        # A UUID per event would cost as much as folding it.
        self._key = b""
        self._petition_id = UUID(int=0)
        self._page = _Page([], [], [])

    def fold(self, rows: Iterable[SliceRow]) -> _Page:
        """Return the rows of the petitions that ended within these events."""
        facts, key, petition_id = self._facts, self._key, self._petition_id
        decode = CODEC.decode
        for position, topic, schema_version, row_key, version, occurred_at, payload in rows:
            if row_key != key:
                if facts is not None:
                    self._complete(facts)
                facts, key, petition_id = None, row_key, UUID(bytes=row_key)
            try:
                event = decode(topic, schema_version, petition_id, version, occurred_at, payload)
                facts = fold(facts, cast("PetitionEvent", event))
            except Exception as error:
                raise UnreplayableEventError(position, describe(error)) from error
        self._facts, self._key, self._petition_id = facts, key, petition_id
        return self._take_page()

    def finish(self) -> _Page:
        """Return the rows of the last petition, if there is one."""
        if self._facts is not None:
            self._complete(self._facts)
            self._facts = None
        return self._take_page()

    def _complete(self, facts: PetitionFacts) -> None:
        kind, steps, tasks, _ = standing_of(facts)
        page = self._page
        page.facts.append(facts_row(facts))
        page.steps.extend(step_rows(facts.petition_id, kind, steps))
        page.tasks.extend(task_rows(facts, tasks))

    def _take_page(self) -> _Page:
        page, self._page = self._page, _Page([], [], [])
        return page


def describe(error: Exception) -> str:
    """Return an error's kind and text; some texts alone say nothing."""
    return f"{type(error).__name__}: {error}"


def finished_slices(connection: Connection[Any]) -> dict[int, int]:
    """Return the slices a shadow already holds, with their numbers of events."""
    return dict(connection.execute(QUERIES["read_finished_slices"]).fetchall())


def sum_rates(connection: Connection[Any], zone: ZoneInfo) -> None:
    """Make a shadow's roll-ups of its petitions' steps; blocking, in the caller's transaction."""
    connection.execute(QUERIES["give_memory"])
    connection.execute(QUERIES["sum_rates"], {"zone": zone.key})


def _ahead(pages: Iterator[list[SliceRow]], reader: ThreadPoolExecutor) -> Iterator[list[SliceRow]]:
    """Yield pages while the next one is being read."""
    coming = reader.submit(next, pages, None)
    while (page := coming.result()) is not None:
        coming = reader.submit(next, pages, None)
        yield page
