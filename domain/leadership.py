"""Without this file endorsements, meetings and visits on site would leave no trace."""

from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from domain.command import OPEN_STATES, Code, Line, PetitionCommand, Prose
from domain.leadership_events import (
    Attendee,
    DedicatedMeetingHeld,
    LeaderEndorsed,
    OnSiteHandled,
)
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text


class AttendeeNote(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody who took part: unit, account and post."""

    unit: Code
    account: Code
    post: Line


Attendees = Annotated[tuple[AttendeeNote, ...], Meta(min_length=1, max_length=200)]
Decisions = Annotated[tuple[Prose, ...], Meta(min_length=1, max_length=50)]


class EndorseByLeader(PetitionCommand, frozen=True, kw_only=True):
    """Endorse the petition and have it followed."""

    label: ClassVar = Text("签批督办", "endorse as a leader")
    path: ClassVar = "endorsements"
    roles: ClassVar = who_may("EndorseByLeader")
    from_states: ClassVar = OPEN_STATES

    text: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the endorsement; the petition stays where it is."""
        del facts
        petition.record(LeaderEndorsed, situation.act, text=Personal(self.text))


class HoldDedicatedMeeting(PetitionCommand, frozen=True, kw_only=True):
    """Record a meeting on this petition: who was there and what was decided."""

    label: ClassVar = Text("专题会议", "hold a dedicated meeting")
    path: ClassVar = "dedicated-meetings"
    roles: ClassVar = who_may("HoldDedicatedMeeting")
    from_states: ClassVar = OPEN_STATES

    attendees: Attendees
    decisions: Decisions

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record attendance and decisions."""
        del facts
        petition.record(
            DedicatedMeetingHeld,
            situation.act,
            attendees=_attendees(self.attendees, situation),
            decisions=tuple(Personal(decision) for decision in self.decisions),
        )


class HandleOnSite(PetitionCommand, frozen=True, kw_only=True):
    """Record work on site: where, who was there and what was decided."""

    label: ClassVar = Text("现场办公", "work on site")
    path: ClassVar = "on-site-visits"
    roles: ClassVar = who_may("HandleOnSite")
    from_states: ClassVar = OPEN_STATES

    place: Line
    attendees: Attendees
    decisions: Decisions

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record place, attendance and decisions."""
        del facts
        petition.record(
            OnSiteHandled,
            situation.act,
            place=Personal(self.place),
            attendees=_attendees(self.attendees, situation),
            decisions=tuple(Personal(decision) for decision in self.decisions),
        )


def _attendees(notes: tuple[AttendeeNote, ...], situation: Situation) -> tuple[Attendee, ...]:
    """Return who took part.

    Raises:
        UnknownUnitError: the roster has no such unit.
    """
    for note in notes:
        situation.roster.state.unit(note.unit)
    return tuple(Attendee(note.unit, note.account, note.post) for note in notes)
