"""Without this file a unit could not object to a score, or be excused without a reason."""

from typing import ClassVar
from uuid import UUID

from domain.aggregate import LedgerAggregate
from domain.personal import Personal
from domain.petition_event import Attachment
from domain.vocabulary import Labelled


class AppealState(Labelled):
    """How far an objection has come."""

    APPEALED = "appealed", "待裁定", "awaiting a decision"
    EXCLUDED = "excluded", "申诉成立", "upheld, excluded from the score"
    REJECTED = "rejected", "申诉不成立", "rejected"


class ExclusionReason(Labelled):
    """Published reasons for leaving a petition out of a score; there are no others."""

    WRONG_UNIT = "wrong_unit", "派单错误", "dispatched to the wrong unit"
    FORCE_MAJEURE = "force_majeure", "不可抗力", "force majeure"
    POLICY_LIMIT = "policy_limit", "政策受限", "limited by policy"
    SUPERIOR_PENDING = "superior_pending", "待上级决定", "pending with a superior"
    DUPLICATE = "duplicate", "重复计件", "counted twice"
    RECORDING_ERROR = "recording_error", "登记差错", "recorded wrongly"


class ScoreComponent(Labelled):
    """The part of a score that is objected to."""

    CLOSURE = "closure", "办结率", "closure"
    ONTIME = "ontime", "按时办结率", "on time"
    SATISFACTION = "satisfaction", "满意率", "satisfaction"
    RESOLUTION = "resolution", "解决率", "resolution"
    RETURN = "return", "退单率", "returns"
    PENALTY = "penalty", "扣分", "penalty"


class AssessmentAppeal(LedgerAggregate):
    """One objection 考评申诉 of a unit to how one petition counts in its score."""

    TOPIC = "assessment"

    def __init__(self, unit: str, appellant_id: str) -> None:
        """Start undecided.

        Args:
            unit: Unit that objects.
            appellant_id: Account that objects for it.
        """
        self.unit = unit
        self.appellant_id = appellant_id
        self.state = AppealState.APPEALED

    class Event(LedgerAggregate.Event):
        """Base of the appeal's events."""

    class Created(Event, LedgerAggregate.Created):
        """考评申诉: a unit objects to how a petition counts."""

        TOPIC: ClassVar[str] = "assessment.appealed"
        unit: str
        petition_id: UUID
        component: ScoreComponent
        appellant_id: str
        reason: Personal[str]
        evidence: tuple[Attachment, ...]

    class Adjudicated(Event):
        """考评裁定: a panel decides; what it excludes stands on a published reason."""

        TOPIC: ClassVar[str] = "assessment.adjudicated"
        excluded_by: ExclusionReason | None
        panel: tuple[str, ...]
        note: Personal[str]

        def apply(self, aggregate: "AssessmentAppeal") -> None:
            """Settle the appeal."""
            excluded = self.excluded_by is not None
            aggregate.state = AppealState.EXCLUDED if excluded else AppealState.REJECTED


AssessmentEvent = AssessmentAppeal.Created | AssessmentAppeal.Adjudicated
"""Every event of an appeal, for dispatch that type checking can close."""
