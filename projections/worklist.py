"""Without this file no unit could see what it has to do next."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import chain
from typing import Any, Final, LiteralString, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.petition_facts import PetitionFacts
from domain.task import TaskKind
from domain.tasks import tasks
from ledger.queries import load_queries
from projections.binary_copy import as_instant, as_text, as_uuid, as_word, row_start
from projections.pages import refuse_page_len
from projections.petition_tables import PetitionTable

QUERIES: Final = load_queries("projections", "worklist")

_ROW_START: Final = row_start(7)


class WorklistItem(NamedTuple):
    """One thing a unit owes.

    Attributes:
        unit: Code of the unit, empty for the hub.
        petition_id: For which petition.
        task: What.
        due_at: Aware instant, or None where no clock runs.
        since: Aware instant from which it is owed.
        number: Number of the petition, if it has one.
        petition_type: Its type, or empty.
    """

    unit: str
    petition_id: UUID
    task: TaskKind
    due_at: datetime | None
    since: datetime
    number: str | None
    petition_type: str

    @property
    def place(self) -> "WorklistPlace":
        """Where the page after this item begins."""
        return WorklistPlace(self.due_at, self.petition_id, self.task)


class WorklistPlace(NamedTuple):
    """A place in the order of a worklist; what has no deadline comes last."""

    due_at: datetime | None
    petition_id: UUID
    task: str


_BEGINNING: Final = WorklistPlace(datetime.min.replace(tzinfo=UTC), UUID(int=0), "")
_LATEST: Final = datetime.max.replace(tzinfo=UTC)
_UNDATED: Final = WorklistPlace(None, UUID(int=0), "")


def read_worklist(
    connection: Connection[Any], unit: str, *, limit: int, after: WorklistPlace = _BEGINNING
) -> list[WorklistItem]:
    """Return a page of what a unit owes, next deadline first.

    Blocking, at most two queries by index.

    Args:
        connection: Of a role that may read the read models.
        unit: Code of the unit, empty for the hub.
        limit: Most items, 1 to ``PAGE_LEN_MAX``.
        after: Place of the last item already known.

    Raises:
        ValueError: ``limit`` is out of range.
    """
    refuse_page_len(limit)
    items: list[WorklistItem] = []
    if after.due_at is not None:
        items = _read(connection, QUERIES["read_dated_tasks"], unit, limit, after)
        after = _UNDATED
    if len(items) < limit:
        missing = limit - len(items)
        items += _read(connection, QUERIES["read_undated_tasks"], unit, missing, after)
    return items


def read_worklists(
    connection: Connection[Any],
    units: Sequence[str],
    *,
    limit: int,
    after: WorklistPlace = _BEGINNING,
) -> list[WorklistItem]:
    """Return a page of what several units owe together, next deadline first.

    Blocking; as ``read_worklist`` for each of them.

    Args:
        connection: Of a role that may read the read models.
        units: Codes, at least one.
        limit: Most items, 1 to ``PAGE_LEN_MAX``.
        after: Place of the last item already known.
    """
    pages = [read_worklist(connection, unit, limit=limit, after=after) for unit in units]
    return sorted(chain.from_iterable(pages), key=_order)[:limit]


def _order(item: WorklistItem) -> tuple[bool, datetime, UUID, str]:
    return item.due_at is None, item.due_at or _LATEST, item.petition_id, item.task


def _read(
    connection: Connection[Any],
    query: LiteralString,
    unit: str,
    limit: int,
    after: WorklistPlace,
) -> list[WorklistItem]:
    parameters = {
        "unit": unit,
        "limit": limit,
        "after_due_at": after.due_at,
        "after_petition_id": after.petition_id,
        "after_task": after.task,
    }
    rows = connection.execute(query, parameters).fetchall()
    return [WorklistItem(*row)._replace(task=TaskKind(row[2])) for row in rows]


def task_rows(facts: PetitionFacts) -> list[bytes]:
    """Return the rows of what is owed for one petition; pure."""
    return [
        b"".join(
            (
                _ROW_START,
                as_word(task.unit),
                as_uuid(facts.petition_id),
                as_word(task.kind),
                as_instant(task.due_at),
                as_instant(task.since),
                as_text(facts.number),
                as_word(facts.petition_type or ""),
            )
        )
        for task in tasks(facts)
    ]


WORKLIST: Final = PetitionTable(
    "worklist", task_rows, QUERIES["delete_tasks"], QUERIES["copy_tasks"]
)
