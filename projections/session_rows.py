"""Without this file the session board could not tell what a batch of events changes."""

from dataclasses import dataclass, field
from typing import assert_never
from uuid import UUID

from domain.session import Session, SessionEvent
from domain.session_terms import SessionState

Row = dict[str, object]


@dataclass
class SessionChanges:
    """What a batch changes; a field that is absent stays as it is.

    Attributes:
        scheduled: New sessions.
        sessions: Changed fields by session.
        attendances: People who came.
        petitions: Petitions raised.
        commitments: New commitments.
        follow_ups: Changed fields by session and number of the commitment.
    """

    scheduled: list[Row] = field(default_factory=list)
    sessions: dict[UUID, Row] = field(default_factory=dict)
    attendances: list[Row] = field(default_factory=list)
    petitions: list[Row] = field(default_factory=list)
    commitments: list[Row] = field(default_factory=list)
    follow_ups: dict[tuple[UUID, int], Row] = field(default_factory=dict)

    def note(self, event: SessionEvent) -> None:  # noqa: C901 - one case per event
        """Add what one event changes."""
        place: Row = {"session_id": event.originator_id}
        match event:
            case Session.Created():
                self.scheduled.append(place | _announced(event))
            case Session.ThemeConfirmed():
                self._change(event, theme=event.theme)
            case Session.Held():
                self._change(event, state=SessionState.HELD, held_on=event.held_on)
            case Session.MinutesFiled():
                self._change(event, minutes_at=event.timestamp)
            case Session.Cancelled():
                self._change(event, state=SessionState.CANCELLED)
            case Session.AttendanceRecorded():
                self.attendances.append(place | _attended(event))
            case Session.PetitionRaised():
                self.petitions.append(place | {"petition_id": event.petition_id})
            case Session.CommitmentMade():
                self.commitments.append(place | _promised(event))
            case Session.CommitmentFollowedUp():
                follow_up = self.follow_ups.setdefault(
                    (event.originator_id, event.number), place | {"number": event.number}
                )
                follow_up["followed_up_at"] = event.timestamp
                if event.done:
                    follow_up["done_at"] = event.timestamp
            case _:
                assert_never(event)

    def _change(self, event: Session.Event, **fields: object) -> None:
        row = self.sessions.setdefault(event.originator_id, {"session_id": event.originator_id})
        row.update(fields)


def _announced(event: Session.Created) -> Row:
    return {
        "kind": event.kind,
        "format": event.format,
        "host_unit": event.host_unit,
        "planned_on": event.planned_on,
        "place": event.place,
        "state": SessionState.SCHEDULED,
    }


def _attended(event: Session.AttendanceRecorded) -> Row:
    attendance = event.attendance
    return {
        "person_id": attendance.person_id,
        "role": attendance.role,
        "unit": attendance.unit or "",
        "enterprise": attendance.enterprise or "",
    }


def _promised(event: Session.CommitmentMade) -> Row:
    promise = event.promise
    return {
        "number": promise.number,
        "owner_unit": promise.owner_unit,
        "due_at": promise.due_at,
        "petition_id": promise.petition_id,
        "made_at": event.timestamp,
    }
