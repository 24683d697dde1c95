"""Without this file explaining, reporting and filing a delay would pass for an extension."""

from datetime import datetime
from typing import ClassVar

from domain.deadlines import Deadline
from domain.personal import Personal
from domain.petition_event import Attachment, PetitionEventBase


class DelayEvent(PetitionEventBase):
    """Base of the acts of a unit that cannot finish in time; none of them moves the due."""


class DelayExplained(DelayEvent):
    """书面说明: in writing and before the due; the due stays."""

    TOPIC: ClassVar[str] = "petition.delay_explained"
    unit: str
    head_id: str
    reason: Personal[str]
    document: Attachment
    inform_by: datetime | None
    report_by: datetime | None


class DelayExplainedLate(DelayEvent):
    """逾期说明: the same, but too late to count in any rate."""

    TOPIC: ClassVar[str] = "petition.delay_explained_late"
    unit: str
    head_id: str
    reason: Personal[str]
    document: Attachment
    inform_by: datetime | None
    report_by: datetime | None


class ReportedUpward(DelayEvent):
    """报备: the hub reports the delay to a superior unit."""

    TOPIC: ClassVar[str] = "petition.reported_upward"
    unit: str
    target: str
    text: Personal[str]
    deadlines: tuple[Deadline, ...]


class UpwardReportAcknowledged(DelayEvent):
    """报备回执: the superior unit's receipt."""

    TOPIC: ClassVar[str] = "petition.upward_report_acknowledged"
    target: str
    receipt: Attachment


class PolicyLimitFiled(DelayEvent):
    """政策受限备案: policy forbids it; the reason was told to the petitioner. No closure."""

    TOPIC: ClassVar[str] = "petition.policy_limit_filed"
    unit: str
    policy: str
    reason: Personal[str]
    medium: str
    told_at: datetime
    deadlines: tuple[Deadline, ...]


AnyDelayEvent = (
    DelayExplained
    | DelayExplainedLate
    | ReportedUpward
    | UpwardReportAcknowledged
    | PolicyLimitFiled
)
"""Every delay event, for dispatch that type checking can close."""
