"""Without this file no petition could enter the ledger, be numbered, accepted or corrected."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from domain.aggregate import LedgerAggregate
from domain.deadlines import Deadline
from domain.personal import Personal
from domain.petition_event import Attachment, Petitioner, PetitionEventBase
from domain.reasons import DeclineReason, VoidReason
from domain.vocabulary import Channel, Complexity, Outcome, PetitionType, Satisfaction


class IntakeEvent(PetitionEventBase):
    """Base of what happens before a unit acts, and of what corrects the entry itself."""


class Submitted(IntakeEvent, LedgerAggregate.Created):
    """提交: somebody brings a matter before the government."""

    TOPIC: ClassVar[str] = "petition.submitted"
    class_version: ClassVar[int] = 2
    owner_id: str
    channel: Channel
    petition_type: PetitionType | None
    type_label: str | None
    region: str | None
    enterprise: str | None
    session_id: str | None
    medium: str | None
    subject: Personal[str]
    text: Personal[str]
    petitioner: Petitioner
    attachments: tuple[Attachment, ...]
    deadlines: tuple[Deadline, ...]
    confidential: bool = False
    accused_unit: str | None = None
    split_from: UUID | None = None

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """Add what nobody could say then: whom it accuses, and what it was split from."""
        state.update(confidential=False, accused_unit=None, split_from=None)


class CaseImported(IntakeEvent, LedgerAggregate.Created):
    """历史导入: a case of another system, exactly as its file states it."""

    TOPIC: ClassVar[str] = "petition.case_imported"
    source: str
    file_sha256: str
    row: int
    case_key: str
    number: str
    status: str
    unit: str | None
    petition_type: PetitionType | None
    type_label: str | None
    category: str | None
    channel: Channel
    channel_label: str | None
    region: str | None
    enterprise: str | None
    subject: Personal[str] | None
    text: Personal[str] | None
    petitioner: Petitioner | None
    deadlines: tuple[Deadline, ...]


class ImportedOutcome(IntakeEvent):
    """历史办理结果: what the file states of the end of an imported case."""

    TOPIC: ClassVar[str] = "petition.imported_outcome"
    replied_at: datetime | None
    closed_at: datetime | None
    outcome: Outcome
    satisfaction: Satisfaction | None
    reply: Personal[str] | None


class Registered(IntakeEvent):
    """登记编号: the petition gets its number, unique in the ledger and never reused."""

    TOPIC: ClassVar[str] = "petition.registered"
    number: str
    similar: tuple[UUID, ...]


class SupplementRequested(IntakeEvent):
    """要求补正: one itemised request; the accept clock pauses, the petitioner's own starts."""

    TOPIC: ClassVar[str] = "petition.supplement_requested"
    items: tuple[Personal[str], ...]
    deadlines: tuple[Deadline, ...]


class SupplementReceived(IntakeEvent):
    """收到补正: the accept clock goes on."""

    TOPIC: ClassVar[str] = "petition.supplement_received"
    text: Personal[str]
    attachments: tuple[Attachment, ...]
    deadlines: tuple[Deadline, ...]


class Accepted(IntakeEvent):
    """受理: type, policy pack and calendar are pinned and the petition clock starts."""

    TOPIC: ClassVar[str] = "petition.accepted"
    class_version: ClassVar[int] = 2
    petition_type: PetitionType
    category: str
    policy_pack: str
    policy_version: int
    calendar: str
    deadlines: tuple[Deadline, ...]
    complexity: Complexity = Complexity.ORDINARY

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """Add the complexity, of which there was one kind."""
        state.update(complexity=Complexity.ORDINARY.value)


class NotAccepted(IntakeEvent):
    """不予受理: declined by two persons for a lawful reason, in writing."""

    TOPIC: ClassVar[str] = "petition.not_accepted"
    reason: DeclineReason
    reviewer_id: str
    notice: Personal[str]
    remedy: Personal[str]


class ReferredOut(IntakeEvent):
    """告知途径: the petitioner is told the right way; the matter leaves this ledger."""

    TOPIC: ClassVar[str] = "petition.referred_out"
    target: str
    emergency: bool
    notice: Personal[str]


class RecordCorrected(IntakeEvent):
    """更正: a stated field was wrong; the original stays in the log."""

    TOPIC: ClassVar[str] = "petition.record_corrected"
    field: str
    old: str | None
    new: str | None
    reviewer_id: str
    reason: Personal[str]
    deadlines: tuple[Deadline, ...]


class Voided(IntakeEvent):
    """作废: a test, spam or duplicate entry, by two persons."""

    TOPIC: ClassVar[str] = "petition.voided"
    reason: VoidReason
    reviewer_id: str
    note: Personal[str]


AnyIntakeEvent = (
    Submitted
    | CaseImported
    | ImportedOutcome
    | Registered
    | SupplementRequested
    | SupplementReceived
    | Accepted
    | NotAccepted
    | ReferredOut
    | RecordCorrected
    | Voided
)
"""Every intake event, for dispatch that type checking can close."""
