"""Without this file a petition could stand still, or its due move, without a trace."""

from datetime import datetime
from typing import ClassVar

from domain.deadlines import Deadline
from domain.personal import Personal
from domain.petition_event import PetitionEventBase
from domain.reasons import SuspensionReason
from domain.vocabulary import Clock


class StandstillEvent(PetitionEventBase):
    """Base of suspensions, of the backlog and of recounted dues."""


class Suspended(StandstillEvent):
    """中止: for a listed reason and a limited time; the petition clock stands still."""

    TOPIC: ClassVar[str] = "petition.suspended"
    reason: SuspensionReason
    asked_by: str
    note: Personal[str]
    deadlines: tuple[Deadline, ...]


class Resumed(StandstillEvent):
    """恢复: the due moves on by the working time that the clock stood still.

    ``deadlines`` are the first due and the due in force, in this order, or empty.
    """

    TOPIC: ClassVar[str] = "petition.resumed"
    deadlines: tuple[Deadline, ...]


class BacklogListed(StandstillEvent):
    """挂账: put off to a promised date; it stays open in every rate."""

    TOPIC: ClassVar[str] = "petition.backlog_listed"
    unit: str
    asked_by: str
    reason: Personal[str]
    promised_at: datetime
    deadlines: tuple[Deadline, ...]


class BacklogReviewed(StandstillEvent):
    """挂账复核: looked at again; the next review is dated."""

    TOPIC: ClassVar[str] = "petition.backlog_reviewed"
    note: Personal[str]
    promised_at: datetime
    deadlines: tuple[Deadline, ...]


class BacklogCleared(StandstillEvent):
    """销账: off the list, and back in hand."""

    TOPIC: ClassVar[str] = "petition.backlog_cleared"
    note: Personal[str]


class DeadlineRecomputed(StandstillEvent):
    """重算时限: a calendar notice moved a running due; ``original`` is the first due after it."""

    TOPIC: ClassVar[str] = "petition.deadline_recomputed"
    clock: Clock
    old: Deadline
    new: Deadline
    original: Deadline | None
    calendar: str
    why: str


AnyStandstillEvent = (
    Suspended | Resumed | BacklogListed | BacklogReviewed | BacklogCleared | DeadlineRecomputed
)
"""Every standstill event, for dispatch that type checking can close."""
