"""Without this file nothing that leaders and supervisors do for a petition would be recorded."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import msgspec

from domain.deadlines import Deadline
from domain.personal import Personal
from domain.petition_event import PetitionEventBase
from domain.vocabulary import Clock, SupervisionLevel


class Attendee(msgspec.Struct, frozen=True):
    """Somebody who took part: for which unit, under which account, in which post."""

    unit: str
    account: str
    post: str


class LeadershipEvent(PetitionEventBase):
    """Base of what comes from above; none of it changes the petition's state."""


class InstructionSought(LeadershipEvent):
    """请示: the lead unit asks a leader; the clock of the answer starts where the pack has one."""

    TOPIC: ClassVar[str] = "petition.instruction_sought"
    unit: str
    question: Personal[str]
    deadlines: tuple[Deadline, ...]


class InstructionGiven(LeadershipEvent):
    """批示: the leader answers; a later limit may start."""

    TOPIC: ClassVar[str] = "petition.instruction_given"
    text: Personal[str]
    deadlines: tuple[Deadline, ...]


class LeaderEndorsed(LeadershipEvent):
    """签批督办: a leader endorses the petition and wants it followed."""

    TOPIC: ClassVar[str] = "petition.leader_endorsed"
    text: Personal[str]


class DedicatedMeetingHeld(LeadershipEvent):
    """专题会议: who was there and what was decided."""

    TOPIC: ClassVar[str] = "petition.dedicated_meeting_held"
    attendees: tuple[Attendee, ...]
    decisions: tuple[Personal[str], ...]


class OnSiteHandled(LeadershipEvent):
    """现场办公: where, who was there and what was decided."""

    TOPIC: ClassVar[str] = "petition.on_site_handled"
    place: Personal[str]
    attendees: tuple[Attendee, ...]
    decisions: tuple[Personal[str], ...]


class ReminderIssued(LeadershipEvent):
    """催办: somebody is reminded of a clock that runs."""

    TOPIC: ClassVar[str] = "petition.reminder_issued"
    clock: Clock
    due_at: datetime
    unit: str | None
    note: Personal[str] | None


class Supervised(LeadershipEvent):
    """列入督办: a supervision order was opened or raised on this petition."""

    TOPIC: ClassVar[str] = "petition.supervised"
    order_id: UUID
    level: SupervisionLevel


AnyLeadershipEvent = (
    InstructionSought
    | InstructionGiven
    | LeaderEndorsed
    | DedicatedMeetingHeld
    | OnSiteHandled
    | ReminderIssued
    | Supervised
)
"""Every leadership event, for dispatch that type checking can close."""
