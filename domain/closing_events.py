"""Without this file no reply, review, callback, rating, closing or withdrawal would be recorded."""

from datetime import datetime
from typing import Any, ClassVar

from domain.deadlines import Deadline
from domain.personal import Personal
from domain.petition_event import PetitionEventBase
from domain.reasons import ReopenReason
from domain.vocabulary import CallbackBasis, CallbackResult, Outcome, Resolution, Satisfaction


class ClosingEvent(PetitionEventBase):
    """Base of what happens from the reply on."""


class ReplySubmitted(ClosingEvent):
    """答复: the unit answers every point and says what it achieved."""

    TOPIC: ClassVar[str] = "petition.reply_submitted"
    unit: str
    head_id: str
    text: Personal[str]
    outcome: Outcome
    promise: Personal[str] | None
    promise_due_at: datetime | None
    co_report_waiver: Personal[str] | None


class ReplyApproved(ClosingEvent):
    """办结审核通过: a reviewer outside the handling unit lets the reply pass."""

    TOPIC: ClassVar[str] = "petition.reply_approved"
    callback_required: bool
    deadlines: tuple[Deadline, ...]


class ReplyReturned(ClosingEvent):
    """办结审核退回: the clock has been running from the start all the while."""

    TOPIC: ClassVar[str] = "petition.reply_returned"
    reason: Personal[str]


class CallbackAttempted(ClosingEvent):
    """回访: one try to reach the petitioner."""

    TOPIC: ClassVar[str] = "petition.callback_attempted"
    result: CallbackResult
    note: Personal[str] | None


class CallbackCompleted(ClosingEvent):
    """回访完成: solved? and satisfied? asked apart."""

    TOPIC: ClassVar[str] = "petition.callback_completed"
    class_version: ClassVar[int] = 2
    resolution: Resolution
    satisfaction: Satisfaction
    third_party: bool
    comment: Personal[str] | None
    petitioner_id: str | None = None

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """Add who answered: the contact person, as there was no other."""
        state.update(petitioner_id=None)


class ReworkOrdered(ClosingEvent):
    """责令重办: unresolved with cause; back to the unit on the same clock."""

    TOPIC: ClassVar[str] = "petition.rework_ordered"
    reason: Personal[str]


class Rated(ClosingEvent):
    """自评: the petitioner's own rating, once per cycle, changes kept."""

    TOPIC: ClassVar[str] = "petition.rated"
    class_version: ClassVar[int] = 2
    satisfaction: Satisfaction
    comment: Personal[str] | None
    petitioner_id: str | None = None

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """Add who rated: the contact person, as there was no other."""
        state.update(petitioner_id=None)


class Closed(ClosingEvent):
    """办结: reply approved, no assignment open, callback settled."""

    TOPIC: ClassVar[str] = "petition.closed"
    basis: CallbackBasis
    reopen_until: datetime | None


class Reopened(ClosingEvent):
    """重办: a new cycle with half the first limit; the first verdict stays."""

    TOPIC: ClassVar[str] = "petition.reopened"
    reason: ReopenReason
    note: Personal[str]
    deadlines: tuple[Deadline, ...]


class Escalated(ClosingEvent):
    """提级: put before somebody higher, by the rules of the third cycle or for a stated reason."""

    TOPIC: ClassVar[str] = "petition.escalated"
    class_version: ClassVar[int] = 2
    level: int
    cycle: int
    reason: Personal[str] | None = None

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """Add the reason, which was the third cycle alone."""
        state.update(reason=None)


class Withdrawn(ClosingEvent):
    """撤回: the matter is taken back; whether a unit asked for it, or silence ended it, is kept."""

    TOPIC: ClassVar[str] = "petition.withdrawn"
    asked_by_unit: bool
    by_silence: bool
    reason: Personal[str]


class WithdrawalVerified(ClosingEvent):
    """撤回已核实: an independent check found the withdrawal free."""

    TOPIC: ClassVar[str] = "petition.withdrawal_verified"
    note: Personal[str]


class WithdrawalContested(ClosingEvent):
    """撤回存疑: possible coercion; the petition goes on."""

    TOPIC: ClassVar[str] = "petition.withdrawal_contested"
    note: Personal[str]


AnyClosingEvent = (
    ReplySubmitted
    | ReplyApproved
    | ReplyReturned
    | CallbackAttempted
    | CallbackCompleted
    | ReworkOrdered
    | Rated
    | Closed
    | Reopened
    | Escalated
    | Withdrawn
    | WithdrawalVerified
    | WithdrawalContested
)
"""Every closing event, for dispatch that type checking can close."""
