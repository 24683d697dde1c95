"""Without this file what was put off would be on nobody's list."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.life_facts import Backlog
from domain.petition_facts import PetitionFacts
from domain.standing import ended_unanswered_at
from ledger.queries import load_queries
from projections.binary_copy import as_instant, as_integer, as_uuid, as_word, row_start
from projections.pages import refuse_page_len
from projections.petition_tables import PetitionTable
from projections.succession import office_codes

QUERIES: Final = load_queries("projections", "backlog")

_ROW_START: Final = row_start(6)
_TERM_START: Final = row_start(6)


class BacklogLine(NamedTuple):
    """One stay of a petition on the backlog list, as it was at an instant.

    Attributes:
        petition_id: The petition.
        stay: Which of its stays, from 1.
        number: Its number, if it has one.
        unit: Code of the unit that put it off.
        listed_at: Aware instant.
        promised_at: Aware instant promised last.
        review_due_at: Aware instant of the next review, or None.
        reviews: Reviews held.
        reviewed_at: Aware instant of the last one, or None.
        cleared_at: Aware instant of the clearing, or None.
        ended_at: Aware instant at which the petition ended while listed, or None.
    """

    petition_id: UUID
    stay: int
    number: str | None
    unit: str
    listed_at: datetime
    promised_at: datetime
    review_due_at: datetime | None
    reviews: int
    reviewed_at: datetime | None
    cleared_at: datetime | None
    ended_at: datetime | None

    @property
    def is_listed(self) -> bool:
        """Whether it was still on the list."""
        return self.cleared_at is None and self.ended_at is None

    @property
    def place(self) -> "BacklogPlace":
        """Where the page after this line begins."""
        return BacklogPlace(self.listed_at, self.petition_id, self.stay)


class BacklogPlace(NamedTuple):
    """A place in the order of the backlog, the longest listed first."""

    listed_at: datetime
    petition_id: UUID
    stay: int


_BEGINNING: Final = BacklogPlace(datetime.min.replace(tzinfo=UTC), UUID(int=0), 0)


def read_backlog(
    connection: Connection[Any],
    as_of: datetime,
    *,
    limit: int,
    unit: str | None = None,
    ever: bool = False,
    after: BacklogPlace = _BEGINNING,
) -> list[BacklogLine]:
    """Return a page of the backlog as it was at an instant, the longest listed first.

    Blocking, one query, and two more for the codes of a unit.

    Args:
        connection: Of a role that may read the read models.
        as_of: Aware instant of the question.
        limit: Most lines, 1 to ``PAGE_LEN_MAX``.
        unit: Only what this unit, or one it goes on for by then, put off.
        ever: Also what had left the list by then.
        after: Place of the last line already known.

    Raises:
        ValueError: ``limit`` is out of range.
    """
    refuse_page_len(limit)
    parameters = {
        "as_of": as_of,
        "units": office_codes(connection, unit, as_of),
        "ever": ever,
        "limit": limit,
        **{f"after_{name}": value for name, value in after._asdict().items()},
    }
    return [BacklogLine(*row) for row in connection.execute(QUERIES["read_backlog"], parameters)]


def backlog_rows(facts: PetitionFacts) -> list[bytes]:
    """Return the rows of a petition's stays on the list; pure."""
    return list(_rows(facts)) if facts.backlogs else []


def _rows(facts: PetitionFacts) -> Iterator[bytes]:
    for stay, listed in enumerate(facts.backlogs, 1):
        yield b"".join(
            (
                _ROW_START,
                as_uuid(facts.petition_id),
                as_integer(stay),
                as_word(listed.unit),
                as_instant(listed.listed_at),
                as_instant(listed.cleared_at),
                as_instant(_ended_at(facts, listed)),
            )
        )


def _ended_at(facts: PetitionFacts, listed: Backlog) -> datetime | None:
    if listed.cleared_at is not None or listed is not facts.backlogs[-1]:
        return None
    return ended_unanswered_at(facts)


def term_rows(facts: PetitionFacts) -> list[bytes]:
    """Return the rows of what was promised in these stays, and from when; pure."""
    return [
        b"".join(
            (
                _TERM_START,
                as_uuid(facts.petition_id),
                as_integer(stay),
                as_integer(number),
                as_instant(term.since),
                as_instant(term.promised_at),
                as_instant(term.review_due_at),
            )
        )
        for stay, listed in enumerate(facts.backlogs, 1)
        for number, term in enumerate(listed.terms)
    ]


BACKLOG: Final = PetitionTable(
    "backlog", backlog_rows, QUERIES["delete_backlog"], QUERIES["copy_backlog"]
)
BACKLOG_TERMS: Final = PetitionTable(
    "backlog_term", term_rows, QUERIES["delete_terms"], QUERIES["copy_terms"]
)
