"""Without this file a clock that moved would keep its old place on the board."""

from collections.abc import Collection, Iterable
from typing import Any, Final
from uuid import UUID

from psycopg import Connection

from domain.deadline_lines import DeadlineLine
from domain.petition_facts import PetitionFacts
from ledger.queries import load_queries
from projections.array_text import as_uuid_array
from projections.binary_copy import (
    NULL,
    as_boolean,
    as_instant,
    as_text,
    as_uuid,
    as_word,
    copy_rows,
    row_start,
)

QUERIES: Final = load_queries("projections", "deadline_board")

_ROW_START: Final = row_start(14)


def replace_clocks(
    connection: Connection[Any], changed: Collection[UUID], rows: Iterable[bytes]
) -> None:
    """Write what petitions are under; blocking, two statements in the caller's transaction.

    Args:
        connection: Where to.
        changed: The petitions.
        rows: Made by ``clock_rows``.
    """
    if changed:
        connection.execute(QUERIES["delete_clocks"], {"petition_ids": as_uuid_array(changed)})
        copy_clocks(connection, rows)


def copy_clocks(connection: Connection[Any], rows: Iterable[bytes]) -> None:
    """Write rows made by ``clock_rows``. Blocking."""
    copy_rows(connection, QUERIES["copy_clocks"], rows)


def hidden_from(facts: PetitionFacts) -> str | None:
    """Return the unit that may never learn of a petition, or None; pure."""
    return facts.accused_unit if facts.confidential else None


def clock_rows(facts: PetitionFacts, lines: Iterable[DeadlineLine]) -> Iterable[bytes]:
    """Yield the rows of what one petition is under; pure."""
    for line in lines:
        deadline = line.deadline
        yield b"".join(
            (
                _ROW_START,
                as_uuid(facts.petition_id),
                as_word(line.clock),
                as_word(line.unit),
                as_instant(line.due_at),
                as_instant(line.since),
                NULL if line.holder is None else as_word(line.holder),
                as_word(line.holder_unit),
                NULL if deadline is None else as_word(deadline.rule),
                NULL if deadline is None else as_word(deadline.calendar),
                as_boolean(deadline is not None and deadline.provisional),
                as_instant(line.paused_at),
                as_text(facts.number),
                as_word(facts.petition_type or ""),
                as_text(hidden_from(facts)),
            )
        )
