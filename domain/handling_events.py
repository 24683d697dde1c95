"""Without this file no unit could be ordered to act, and nothing it does would be recorded."""

from datetime import datetime
from typing import ClassVar

from domain.deadlines import Deadline
from domain.personal import Personal
from domain.petition_event import AssignmentOrder, Attachment, PetitionEventBase


class HandlingEvent(PetitionEventBase):
    """Base of what hub and units do from acceptance to reply."""


class AnsweredOnSpot(HandlingEvent):
    """现场答复: a consultation answered at once."""

    TOPIC: ClassVar[str] = "petition.answered_on_spot"
    unit: str
    text: Personal[str]
    deadlines: tuple[Deadline, ...]


class Dispatched(HandlingEvent):
    """派单: exactly one lead unit and any number of co-handlers."""

    TOPIC: ClassVar[str] = "petition.dispatched"
    assignments: tuple[AssignmentOrder, ...]
    catalogue: str | None
    note: Personal[str] | None


class AssignmentSigned(HandlingEvent):
    """签收: a unit takes its assignment and names the person who handles it."""

    TOPIC: ClassVar[str] = "petition.assignment_signed"
    unit: str
    handler_id: str
    handler_name: Personal[str]


class ReturnRequested(HandlingEvent):
    """申请退单: the lead unit says by its duty list that it is the wrong one."""

    TOPIC: ClassVar[str] = "petition.return_requested"
    unit: str
    duty_item: str
    reason: Personal[str]


class ReturnApproved(HandlingEvent):
    """同意退单: the assignment ends; the petition clock keeps running."""

    TOPIC: ClassVar[str] = "petition.return_approved"
    unit: str
    reason: Personal[str]


class ReturnRejected(HandlingEvent):
    """驳回退单: the unit keeps the assignment and may not return it again."""

    TOPIC: ClassVar[str] = "petition.return_rejected"
    unit: str
    reason: Personal[str]


class LeadUnitDesignated(HandlingEvent):
    """指定主办: a lead unit that may not return the petition."""

    TOPIC: ClassVar[str] = "petition.lead_unit_designated"
    assignments: tuple[AssignmentOrder, ...]
    reason: Personal[str]


class AssignmentTransferred(HandlingEvent):
    """转办: the lead passes to another unit; the petition's due is unchanged."""

    TOPIC: ClassVar[str] = "petition.assignment_transferred"
    from_unit: str
    assignment: AssignmentOrder
    reason: Personal[str]


class CoHandlerAdded(HandlingEvent):
    """增加协办: one more unit has to report to the lead."""

    TOPIC: ClassVar[str] = "petition.co_handler_added"
    assignment: AssignmentOrder


class CoHandlerReported(HandlingEvent):
    """协办意见: a co-handler gives its part."""

    TOPIC: ClassVar[str] = "petition.co_handler_reported"
    unit: str
    text: Personal[str]


class PetitionerContacted(HandlingEvent):
    """联系诉求人: a human contact; automatic receipts do not count."""

    TOPIC: ClassVar[str] = "petition.petitioner_contacted"
    unit: str
    medium: str
    note: Personal[str] | None


class PlanCommitted(HandlingEvent):
    """方案: who does what, and by when."""

    TOPIC: ClassVar[str] = "petition.plan_committed"
    unit: str
    owner_id: str
    plan: Personal[str]
    due_at: datetime


class ProgressRecorded(HandlingEvent):
    """进展: a step on the way, with evidence."""

    TOPIC: ClassVar[str] = "petition.progress_recorded"
    unit: str
    text: Personal[str]
    evidence: tuple[Attachment, ...]


class ExtensionRequested(HandlingEvent):
    """申请延期: asked for before the due instant, with reason and document."""

    TOPIC: ClassVar[str] = "petition.extension_requested"
    unit: str
    requester_id: str
    amount: int
    reason: Personal[str]
    document: Attachment


class ExtensionGranted(HandlingEvent):
    """同意延期: takes effect once the petitioner is told (domain.md decision 7)."""

    TOPIC: ClassVar[str] = "petition.extension_granted"
    unit: str
    deadline: Deadline
    inform_by: datetime


class ExtensionRefused(HandlingEvent):
    """不同意延期: the due instant stays."""

    TOPIC: ClassVar[str] = "petition.extension_refused"
    unit: str
    reason: Personal[str]


class PetitionerInformedOfDelay(HandlingEvent):
    """告知诉求人: the petitioner hears of the extension and why."""

    TOPIC: ClassVar[str] = "petition.petitioner_informed_of_delay"
    unit: str
    medium: str
    note: Personal[str] | None


AnyHandlingEvent = (
    AnsweredOnSpot
    | Dispatched
    | AssignmentSigned
    | ReturnRequested
    | ReturnApproved
    | ReturnRejected
    | LeadUnitDesignated
    | AssignmentTransferred
    | CoHandlerAdded
    | CoHandlerReported
    | PetitionerContacted
    | PlanCommitted
    | ProgressRecorded
    | ExtensionRequested
    | ExtensionGranted
    | ExtensionRefused
    | PetitionerInformedOfDelay
)
"""Every handling event, for dispatch that type checking can close."""
