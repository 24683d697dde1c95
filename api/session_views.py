"""Without this file sessions and participation would have no shape to rely on."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from api.schemas import Count, Label, Name, Token
from domain.session_terms import AttendeeRole, SessionFormat, SessionKind, SessionState
from projections.participation import Participation
from projections.session_board import SessionLine

Items = Meta(max_length=500)


class SessionView(msgspec.Struct, frozen=True, kw_only=True):
    """One session; people are counted each time, enterprises and departments once."""

    session_id: UUID
    kind: SessionKind
    kind_label: Label
    format: SessionFormat
    format_label: Label
    host_unit: Name
    planned_on: date
    place: Name
    state: SessionState
    state_label: Label
    theme: str | None
    held_on: date | None
    minutes_at: datetime | None
    persons: Count
    enterprises: Count
    departments: Count
    petitions: Count
    commitments: Count
    commitments_open: Count

    @classmethod
    def of(cls, line: SessionLine) -> "SessionView":
        """Return the view of a line."""
        return cls(
            **line._asdict(),
            kind_label=Label.of(line.kind.label),
            format_label=Label.of(line.format.label),
            state_label=Label.of(line.state.label),
        )


class RoleTimes(msgspec.Struct, frozen=True):
    """How often people came in one role: each person once per session."""

    role: AttendeeRole
    label: Label
    times: Count


class ParticipationView(msgspec.Struct, frozen=True, kw_only=True):
    """Who took part in the sessions held: distinct and in person-times, never divided by.

    Attributes:
        sessions: Sessions held.
        enterprises: Enterprises that came, each once.
        petitions: Petitions raised, each once.
        departments: Departments bound to attend that came, each once.
        departments_bound: Departments bound to attend on the last day.
        coverage_percent: The first of these over the second, or null where nobody is bound.
        other_units: Units that came without being bound to, each once.
        person_times: By role.
    """

    sessions: Count
    enterprises: Count
    petitions: Count
    departments: Count
    departments_bound: Count
    coverage_percent: Name | None
    other_units: Count
    person_times: Annotated[tuple[RoleTimes, ...], Meta(max_length=20)]

    @classmethod
    def of(cls, found: Participation) -> "ParticipationView":
        """Return the view of a participation."""
        return cls(
            sessions=found.sessions,
            enterprises=found.enterprises,
            petitions=found.petitions,
            departments=found.coverage.n,
            departments_bound=found.coverage.d,
            coverage_percent=found.coverage.percent() if found.coverage.d else None,
            other_units=found.other_units,
            person_times=tuple(
                RoleTimes(role, Label.of(role.label), times)
                for role, times in found.person_times.items()
            ),
        )


class SessionPage(msgspec.Struct, frozen=True, kw_only=True):
    """Sessions planned for a period, and who took part in those held in it."""

    participation: ParticipationView
    items: Annotated[tuple[SessionView, ...], Items]
    next_cursor: Token | None
    next: Token | None
