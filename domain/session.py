"""Without this file nobody could say who met whom, what was raised, and what was promised."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import msgspec

from domain.aggregate import LedgerAggregate
from domain.personal import Personal
from domain.session_terms import AttendeeRole, SessionFormat, SessionKind, SessionState


class Attendance(msgspec.Struct, frozen=True, kw_only=True):
    """One person at one session.

    Attributes:
        person_id: Account or attendance code, never a name.
        name: The person's name.
        role: In which role.
        unit: For which unit, or null.
        enterprise: Credit code of the enterprise represented, or null.
    """

    person_id: str
    name: Personal[str]
    role: AttendeeRole
    unit: str | None
    enterprise: str | None


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    """What a unit promised at a session.

    Attributes:
        number: 1, 2, 3 … within the session.
        owner_unit: Unit that keeps it.
        text: What was promised.
        due_at: Aware instant by which.
        petition_id: Petition it answers, or null.
    """

    number: int
    owner_unit: str
    text: Personal[str]
    due_at: datetime
    petition_id: UUID | None


class Session(LedgerAggregate):
    """One session 活动: people of enterprises and government at one table."""

    TOPIC = "session"

    def __init__(self, host_unit: str) -> None:
        """Start without attendance.

        Args:
            host_unit: Unit that holds it and keeps its record.
        """
        self.host_unit = host_unit
        self.state = SessionState.SCHEDULED
        self.attendees: set[str] = set()
        self.petitions: set[UUID] = set()
        self.promises: list[Promise] = []
        self.kept: set[int] = set()
        self.has_minutes = False

    class Event(LedgerAggregate.Event):
        """Base of the session's events."""

    class Created(Event, LedgerAggregate.Created):
        """活动安排: kind, format, host, day and place are announced."""

        TOPIC: ClassVar[str] = "session.scheduled"
        kind: SessionKind
        format: SessionFormat
        host_unit: str
        planned_on: date
        place: str

    class ThemeConfirmed(Event):
        """确定主题: what is talked about, and the demand it was collected from."""

        TOPIC: ClassVar[str] = "session.theme_confirmed"
        theme: str
        petitions: tuple[UUID, ...]
        demands: tuple[Personal[str], ...]

    class AttendanceRecorded(Event):
        """签到: a person came, in a role, for a unit or an enterprise."""

        TOPIC: ClassVar[str] = "session.attendance_recorded"
        attendance: Attendance

        def apply(self, aggregate: "Session") -> None:
            """Remember that the person is counted."""
            aggregate.attendees.add(self.attendance.person_id)

    class Held(Event):
        """活动举行: it took place on a local day."""

        TOPIC: ClassVar[str] = "session.held"
        held_on: date

        def apply(self, aggregate: "Session") -> None:
            """Move on."""
            aggregate.state = SessionState.HELD

    class PetitionRaised(Event):
        """现场提出诉求: a petition that was brought forward at the session."""

        TOPIC: ClassVar[str] = "session.petition_raised"
        petition_id: UUID

        def apply(self, aggregate: "Session") -> None:
            """Remember the petition."""
            aggregate.petitions.add(self.petition_id)

    class CommitmentMade(Event):
        """现场承诺: a unit promises something by a date."""

        TOPIC: ClassVar[str] = "session.commitment_made"
        promise: Promise

        def apply(self, aggregate: "Session") -> None:
            """Remember the promise."""
            aggregate.promises.append(self.promise)

    class CommitmentFollowedUp(Event):
        """承诺跟踪: how far a promise has come, or that it is kept."""

        TOPIC: ClassVar[str] = "session.commitment_followed_up"
        number: int
        done: bool
        note: Personal[str]

        def apply(self, aggregate: "Session") -> None:
            """Remember a promise that is kept."""
            if self.done:
                aggregate.kept.add(self.number)

    class MinutesFiled(Event):
        """归档纪要: the record of the session, with the digest of the signed document."""

        TOPIC: ClassVar[str] = "session.minutes_filed"
        text: Personal[str]
        document_sha256: Personal[str]

        def apply(self, aggregate: "Session") -> None:
            """Remember that they are there."""
            aggregate.has_minutes = True

    class Cancelled(Event):
        """活动取消: it does not take place."""

        TOPIC: ClassVar[str] = "session.cancelled"
        reason: Personal[str]

        def apply(self, aggregate: "Session") -> None:
            """Move on."""
            aggregate.state = SessionState.CANCELLED


SessionEvent = (
    Session.Created
    | Session.ThemeConfirmed
    | Session.AttendanceRecorded
    | Session.Held
    | Session.PetitionRaised
    | Session.CommitmentMade
    | Session.CommitmentFollowedUp
    | Session.MinutesFiled
    | Session.Cancelled
)
"""Every event of a session, for dispatch that type checking can close."""
