"""Without this file promises would be forgotten once petitions are closed and sessions are over."""

from datetime import UTC, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.petition_facts import PetitionFacts
from domain.tracked_promises import PromiseKind, PromiseState, tracked_promises
from ledger.queries import load_queries
from projections.binary_copy import as_instant, as_integer, as_uuid, as_word, row_start
from projections.pages import refuse_page_len
from projections.petition_tables import PetitionTable
from projections.succession import office_codes

QUERIES: Final = load_queries("projections", "promise_ledger")

_ROW_START: Final = row_start(10)


class PromiseLine(NamedTuple):
    """One promise as the ledger of promises lists it.

    Attributes:
        source_id: Stream of the petition or the session it was made in.
        kind: Where it was made.
        cycle: Cycle of the petition, 0 for a session.
        promise: Its number there.
        unit: Code of the unit that promised.
        petition_id: The petition it is for, or None.
        number: That petition's number, if it has one.
        made_at: Aware instant.
        due_at: Aware instant by which it is to come about.
        followed_up_at: Aware instant of the last follow-up or of the finding, or None.
        settled_at: Aware instant at which it was kept, found broken or lapsed, or None.
        state: How it stands at the instant of the question.
    """

    source_id: UUID
    kind: PromiseKind
    cycle: int
    promise: int
    unit: str
    petition_id: UUID | None
    number: str | None
    made_at: datetime
    due_at: datetime
    followed_up_at: datetime | None
    settled_at: datetime | None
    state: PromiseState

    @property
    def place(self) -> "PromisePlace":
        """Where the page after this line begins."""
        return PromisePlace(self.due_at, self.source_id, self.kind, self.cycle, self.promise)


class PromisePlace(NamedTuple):
    """A place in the order of the ledger of promises, next due first."""

    due_at: datetime
    source_id: UUID
    kind: str
    cycle: int
    promise: int


_BEGINNING: Final = PromisePlace(datetime.min.replace(tzinfo=UTC), UUID(int=0), "", 0, 0)


def read_promises(
    connection: Connection[Any],
    as_of: datetime,
    *,
    limit: int,
    unit: str | None = None,
    state: PromiseState | None = None,
    after: PromisePlace = _BEGINNING,
) -> list[PromiseLine]:
    """Return a page of promises as they stood at an instant, next due first.

    Blocking, one query, and two more for the codes of a unit. Those of petitions and those of
    sessions stand in one list. Of a session's promise the last follow-up alone is known, and
    shown where it was not later.

    Args:
        connection: Of a role that may read the read models.
        as_of: Aware instant of the question.
        limit: Most promises, 1 to ``PAGE_LEN_MAX``.
        unit: Only those of this unit, or of one it goes on for by then.
        state: Only those that then stood so.
        after: Place of the last promise already known.

    Raises:
        ValueError: ``limit`` is out of range.
    """
    refuse_page_len(limit)
    parameters = {
        "as_of": as_of,
        "units": office_codes(connection, unit, as_of),
        "state": state,
        "limit": limit,
        **{f"after_{name}": value for name, value in after._asdict().items()},
    }
    return [
        PromiseLine(*row)._replace(kind=PromiseKind(row[1]), state=PromiseState(row[11]))
        for row in connection.execute(QUERIES["read_promises"], parameters)
    ]


def promise_rows(facts: PetitionFacts) -> list[bytes]:
    """Return the rows of the promises made for one petition; pure."""
    return [
        b"".join(
            (
                _ROW_START,
                as_uuid(facts.petition_id),
                as_integer(each.cycle),
                as_word(each.kind),
                as_integer(each.number),
                as_word(each.unit),
                as_instant(each.made_at),
                as_instant(each.due_at),
                as_instant(each.kept_at),
                as_instant(each.broken_at),
                as_instant(each.lapsed_at),
            )
        )
        for each in tracked_promises(facts)
    ]


PROMISES: Final = PetitionTable(
    "promise", promise_rows, QUERIES["delete_promises"], QUERIES["copy_promises"]
)
