"""Without this file a clock that moved would keep its old place on the board."""

from typing import Final

from domain.deadline_lines import DeadlineLine, deadline_lines
from domain.petition_facts import PetitionFacts
from ledger.queries import load_queries
from projections.binary_copy import (
    NULL,
    as_boolean,
    as_instant,
    as_text,
    as_uuid,
    as_word,
    row_start,
)
from projections.petition_tables import PetitionTable

QUERIES: Final = load_queries("projections", "deadline_board")

_ROW_START: Final = row_start(14)


def hidden_from(facts: PetitionFacts) -> str | None:
    """Return the unit that may never learn of a petition, or None; pure."""
    return facts.accused_unit if facts.confidential else None


def clock_rows(facts: PetitionFacts) -> list[bytes]:
    """Return the rows of what one petition is under; pure."""
    return [_row(facts, line) for line in deadline_lines(facts)]


def _row(facts: PetitionFacts, line: DeadlineLine) -> bytes:
    deadline = line.deadline
    return b"".join(
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


DEADLINES: Final = PetitionTable(
    "deadline_board", clock_rows, QUERIES["delete_clocks"], QUERIES["copy_clocks"]
)
