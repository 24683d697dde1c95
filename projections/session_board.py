"""Without this file nobody could say how many came to a session, and how many should have."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple, cast
from uuid import UUID

import msgspec
from psycopg import Connection

from domain.session import Session, SessionEvent
from domain.session_terms import SessionFormat, SessionKind, SessionState
from ledger.codec import DomainEvent
from ledger.queries import load_queries
from projections.model import ReadModel
from projections.pages import refuse_page_len
from projections.participation import DEPARTMENT_ROLES
from projections.session_rows import SessionChanges

QUERIES: Final = load_queries("projections", "session_board")


class SessionLine(NamedTuple):
    """One session as the board lists it.

    Attributes:
        session_id: Its stream.
        kind: Which activity.
        format: What people do there.
        host_unit: Unit that holds it.
        planned_on: Local day announced.
        place: Where.
        state: How far it has come.
        theme: What is talked about, or None.
        held_on: Local day it took place, or None.
        minutes_at: Aware instant of the minutes, or None.
        persons: People who came.
        enterprises: Enterprises they came for, each once.
        departments: Units that somebody of ``DEPARTMENT_ROLES`` came for, each once.
        petitions: Petitions raised.
        commitments: Commitments made.
        commitments_open: Those not kept yet.
    """

    session_id: UUID
    kind: SessionKind
    format: SessionFormat
    host_unit: str
    planned_on: date
    place: str
    state: SessionState
    theme: str | None
    held_on: date | None
    minutes_at: datetime | None
    persons: int
    enterprises: int
    departments: int
    petitions: int
    commitments: int
    commitments_open: int

    @property
    def page_end(self) -> "SessionPlace":
        """Where the page after this line begins."""
        return SessionPlace(self.planned_on, self.session_id)


class SessionPlace(NamedTuple):
    """A place in the order of the board."""

    planned_on: date
    session_id: UUID


_BEGINNING: Final = SessionPlace(date.min, UUID(int=0))


class SessionBoard(ReadModel):
    """Tables session_board, session_attendance, session_petition and session_commitment."""

    name = "session_board"
    aggregates = (Session.TOPIC,)
    tables = ("session_board", "session_attendance", "session_petition", "session_commitment")

    def apply(self, events: Sequence[DomainEvent]) -> None:
        """Enter sessions and what happens at them; see the base class."""
        changes = SessionChanges()
        for event in events:
            # Topics of the aggregate decode to these classes alone.
            changes.note(cast("SessionEvent", event))
        for statement, rows in (
            (QUERIES["insert_sessions"], changes.scheduled),
            (QUERIES["change_sessions"], list(changes.sessions.values())),
            (QUERIES["insert_attendances"], changes.attendances),
            (QUERIES["insert_petitions"], changes.petitions),
            (QUERIES["insert_commitments"], changes.commitments),
            (QUERIES["change_commitments"], list(changes.follow_ups.values())),
        ):
            if rows:
                self._connection.execute(statement, {"rows": msgspec.json.encode(rows).decode()})


def read_sessions(
    connection: Connection[Any],
    from_on: date,
    until_on: date,
    *,
    limit: int,
    after: SessionPlace = _BEGINNING,
    hidden_from: Collection[str] = (),
) -> list[SessionLine]:
    """Return a page of the sessions planned for a period, the next one first.

    Blocking, one query.

    Args:
        connection: Of a role that may read the read models.
        from_on: First local day.
        until_on: Last local day.
        limit: Most sessions, 1 to ``PAGE_LEN_MAX``.
        after: Place of the last session already known.
        hidden_from: Codes of the office that is not told of petitions that accuse it.

    Raises:
        ValueError: ``limit`` is out of range.
    """
    refuse_page_len(limit)
    parameters = {
        "from_on": from_on,
        "until_on": until_on,
        "roles": sorted(DEPARTMENT_ROLES),
        "limit": limit,
        "after_planned_on": after.planned_on,
        "after_session_id": after.session_id,
        "hidden_from": sorted(hidden_from),
    }
    return [
        SessionLine(*row)._replace(
            kind=SessionKind(row[1]), format=SessionFormat(row[2]), state=SessionState(row[6])
        )
        for row in connection.execute(QUERIES["read_sessions"], parameters)
    ]
