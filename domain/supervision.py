"""Without this file a unit that does not act could not be made to, or not be heard."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import msgspec

from domain.aggregate import LedgerAggregate
from domain.deadlines import Deadline
from domain.personal import Personal
from domain.petition_event import Attachment
from domain.supervision_terms import CircularState, SupervisionFinding, SupervisionState
from domain.vocabulary import SupervisionLevel


class Circular(msgspec.Struct, kw_only=True):
    """The circular of an order and how far it has come.

    Attributes:
        number: Its number, unique in the ledger.
        issuer_id: Account that issued it, who may not decide on it.
        review: Deadline of the unit's right to have it reviewed.
        state: Whether it stands.
    """

    number: str
    issuer_id: str
    review: Deadline
    state: CircularState = CircularState.ISSUED

    def is_final_at(self, at: datetime) -> bool:
        """Whether nothing can change it any more at an aware instant; pure."""
        if self.state is CircularState.ISSUED:
            return at > self.review.due_at
        return self.state is not CircularState.CHALLENGED


class SupervisionOrder(LedgerAggregate):
    """One supervision order 督办单: on one unit, for named petitions and cited events."""

    TOPIC = "supervision"

    def __init__(self, unit: str, petitions: tuple[UUID, ...], level: SupervisionLevel) -> None:
        """Start without a response.

        Args:
            unit: Unit under supervision.
            petitions: Petitions it is about.
            level: Colour at the beginning.
        """
        self.unit = unit
        self.petitions = petitions
        self.level = level
        self.state = SupervisionState.OPEN
        self.officer_id: str | None = None
        self.has_response = False
        self.circular: Circular | None = None

    class Event(LedgerAggregate.Event):
        """Base of the order's events."""

    class Created(Event, LedgerAggregate.Created):
        """督办立项: the supervision office orders a unit to act by a date."""

        TOPIC: ClassVar[str] = "supervision.opened"
        unit: str
        petitions: tuple[UUID, ...]
        cited: tuple[str, ...]
        level: SupervisionLevel
        due_at: datetime
        officer_id: str
        requirement: Personal[str]

        def apply(self, aggregate: "SupervisionOrder") -> None:
            """Remember who opened it."""
            aggregate.officer_id = self.officer_id

    class Proposed(Event, LedgerAggregate.Created):
        """督办建议: the clock saw a reason; the supervision office decides."""

        TOPIC: ClassVar[str] = "supervision.proposed"
        unit: str
        petitions: tuple[UUID, ...]
        cited: tuple[str, ...]
        level: SupervisionLevel
        rule: str

        def apply(self, aggregate: "SupervisionOrder") -> None:
            """Wait for the decision."""
            aggregate.state = SupervisionState.PROPOSED

    class ProposalAdopted(Event):
        """采纳督办建议: the proposal becomes an order."""

        TOPIC: ClassVar[str] = "supervision.proposal_adopted"
        level: SupervisionLevel
        due_at: datetime
        officer_id: str
        requirement: Personal[str]

        def apply(self, aggregate: "SupervisionOrder") -> None:
            """Open the order."""
            aggregate.state = SupervisionState.OPEN
            aggregate.level = self.level
            aggregate.officer_id = self.officer_id

    class ProposalDismissed(Event):
        """不采纳督办建议: there is no order, and the reason is kept."""

        TOPIC: ClassVar[str] = "supervision.proposal_dismissed"
        reason: Personal[str]

        def apply(self, aggregate: "SupervisionOrder") -> None:
            """End the proposal."""
            aggregate.state = SupervisionState.DISMISSED

    class Upgraded(Event):
        """督办升级: a graver colour with a new date."""

        TOPIC: ClassVar[str] = "supervision.upgraded"
        old: SupervisionLevel
        new: SupervisionLevel
        cited: tuple[str, ...]
        due_at: datetime
        reason: Personal[str]

        def apply(self, aggregate: "SupervisionOrder") -> None:
            """Take the graver colour."""
            aggregate.level = self.new

    class UnitResponded(Event):
        """督办反馈: the unit says what it did."""

        TOPIC: ClassVar[str] = "supervision.unit_responded"
        unit: str
        text: Personal[str]
        evidence: tuple[Attachment, ...]

        def apply(self, aggregate: "SupervisionOrder") -> None:
            """Remember that the unit was heard."""
            aggregate.has_response = True

    class InterviewHeld(Event):
        """约谈: the heads of the unit were called in."""

        TOPIC: ClassVar[str] = "supervision.interview_held"
        held_on: date
        persons: tuple[str, ...]
        note: Personal[str]

    class CircularIssued(Event):
        """督办通报: numbered; final once the unit's right to a review is over."""

        TOPIC: ClassVar[str] = "supervision.circular_issued"
        number: str
        issuer_id: str
        text: Personal[str]
        review: Deadline

        def apply(self, aggregate: "SupervisionOrder") -> None:
            """Remember the circular."""
            aggregate.circular = Circular(
                number=self.number, issuer_id=self.issuer_id, review=self.review
            )

    class ReviewRightUsed(Event):
        """申请通报复核: the unit has the circular reviewed."""

        TOPIC: ClassVar[str] = "supervision.review_right_used"
        number: str
        unit: str
        reason: Personal[str]
        decision: Deadline

        def apply(self, aggregate: "SupervisionOrder") -> None:
            """The circular does not stand until it is decided."""
            aggregate.settle_circular(CircularState.CHALLENGED)

    class ReviewDecided(Event):
        """通报复核决定: the circular is upheld or revoked."""

        TOPIC: ClassVar[str] = "supervision.review_decided"
        number: str
        upheld: bool
        decider_id: str
        reason: Personal[str]

        def apply(self, aggregate: "SupervisionOrder") -> None:
            """Settle the circular."""
            decided = CircularState.UPHELD if self.upheld else CircularState.REVOKED
            aggregate.settle_circular(decided)

    class Closed(Event):
        """督办销号: what was found in the end."""

        TOPIC: ClassVar[str] = "supervision.closed"
        finding: SupervisionFinding
        officer_id: str
        text: Personal[str]

        def apply(self, aggregate: "SupervisionOrder") -> None:
            """End the order."""
            aggregate.state = SupervisionState.CLOSED

    def settle_circular(self, state: CircularState) -> None:
        """Put the circular into a state; without one, nothing happens."""
        if self.circular is not None:
            self.circular.state = state


SupervisionEvent = (
    SupervisionOrder.Created
    | SupervisionOrder.Proposed
    | SupervisionOrder.ProposalAdopted
    | SupervisionOrder.ProposalDismissed
    | SupervisionOrder.Upgraded
    | SupervisionOrder.UnitResponded
    | SupervisionOrder.InterviewHeld
    | SupervisionOrder.CircularIssued
    | SupervisionOrder.ReviewRightUsed
    | SupervisionOrder.ReviewDecided
    | SupervisionOrder.Closed
)
"""Every event of a supervision order, for dispatch that type checking can close."""
