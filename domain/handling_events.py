"""Without this file no unit could be ordered to act, and nothing it does would be recorded."""

from datetime import datetime
from typing import ClassVar

from domain.deadlines import Deadline
from domain.personal import Personal
from domain.petition_event import AssignmentOrder, Attachment, PetitionEventBase


class AnsweredOnSpot(PetitionEventBase):
    """现场答复: a consultation answered at once."""

    TOPIC: ClassVar[str] = "petition.answered_on_spot"
    unit: str
    text: Personal[str]
    deadlines: tuple[Deadline, ...]


class Dispatched(PetitionEventBase):
    """派单: exactly one lead unit and any number of co-handlers."""

    TOPIC: ClassVar[str] = "petition.dispatched"
    assignments: tuple[AssignmentOrder, ...]
    catalogue: str | None
    note: Personal[str] | None


class AssignmentSigned(PetitionEventBase):
    """签收: a unit takes its assignment and names the person who handles it."""

    TOPIC: ClassVar[str] = "petition.assignment_signed"
    unit: str
    handler_id: str
    handler_name: Personal[str]


class ReturnRequested(PetitionEventBase):
    """申请退单: the lead unit says by its duty list that it is the wrong one."""

    TOPIC: ClassVar[str] = "petition.return_requested"
    unit: str
    duty_item: str
    reason: Personal[str]


class ReturnApproved(PetitionEventBase):
    """同意退单: the assignment ends; the petition clock keeps running."""

    TOPIC: ClassVar[str] = "petition.return_approved"
    unit: str
    reason: Personal[str]


class ReturnRejected(PetitionEventBase):
    """驳回退单: the unit keeps the assignment and may not return it again."""

    TOPIC: ClassVar[str] = "petition.return_rejected"
    unit: str
    reason: Personal[str]


class LeadUnitDesignated(PetitionEventBase):
    """指定主办: a lead unit that may not return the petition."""

    TOPIC: ClassVar[str] = "petition.lead_unit_designated"
    assignments: tuple[AssignmentOrder, ...]
    reason: Personal[str]


class AssignmentTransferred(PetitionEventBase):
    """转办: the lead passes to another unit; the petition's due is unchanged."""

    TOPIC: ClassVar[str] = "petition.assignment_transferred"
    from_unit: str
    assignment: AssignmentOrder
    reason: Personal[str]


class CoHandlerAdded(PetitionEventBase):
    """增加协办: one more unit has to report to the lead."""

    TOPIC: ClassVar[str] = "petition.co_handler_added"
    assignment: AssignmentOrder


class CoHandlerReported(PetitionEventBase):
    """协办意见: a co-handler gives its part."""

    TOPIC: ClassVar[str] = "petition.co_handler_reported"
    unit: str
    text: Personal[str]


class PetitionerContacted(PetitionEventBase):
    """联系诉求人: a human contact; automatic receipts do not count."""

    TOPIC: ClassVar[str] = "petition.petitioner_contacted"
    unit: str
    medium: str
    note: Personal[str] | None


class PlanCommitted(PetitionEventBase):
    """方案: who does what, and by when."""

    TOPIC: ClassVar[str] = "petition.plan_committed"
    unit: str
    owner_id: str
    plan: Personal[str]
    due_at: datetime


class ProgressRecorded(PetitionEventBase):
    """进展: a step on the way, with evidence."""

    TOPIC: ClassVar[str] = "petition.progress_recorded"
    unit: str
    text: Personal[str]
    evidence: tuple[Attachment, ...]


class ExtensionRequested(PetitionEventBase):
    """申请延期: asked for before the due instant, with reason and document."""

    TOPIC: ClassVar[str] = "petition.extension_requested"
    unit: str
    requester_id: str
    amount: int
    reason: Personal[str]
    document: Attachment


class ExtensionGranted(PetitionEventBase):
    """同意延期: takes effect once the petitioner is told (domain.md decision 7)."""

    TOPIC: ClassVar[str] = "petition.extension_granted"
    unit: str
    deadline: Deadline
    inform_by: datetime


class ExtensionRefused(PetitionEventBase):
    """不同意延期: the due instant stays."""

    TOPIC: ClassVar[str] = "petition.extension_refused"
    unit: str
    reason: Personal[str]


class PetitionerInformedOfDelay(PetitionEventBase):
    """告知诉求人: the petitioner hears of the extension and why."""

    TOPIC: ClassVar[str] = "petition.petitioner_informed_of_delay"
    unit: str
    medium: str
    note: Personal[str] | None
