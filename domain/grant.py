"""Without this file nobody could say which firm got how much, or who decided it."""

from typing import Annotated, ClassVar
from uuid import UUID

from msgspec import Meta

from domain.aggregate import LedgerAggregate
from domain.command import Line, Prose
from domain.course import refuse_state
from domain.guards import acting_unit, refuse_second_self
from domain.parties import CreditCodeText, enterprises, refuse_other_unit
from domain.personal import Personal
from domain.resource import AggregateCommand, OpeningCommand, Resource
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import Labelled

AmountFen = Annotated[int, Meta(ge=1, le=10**14)]
"""A sum in fen 分, the hundredth of a yuan: 1 to 10^14."""


class GrantState(Labelled):
    """How far a grant has come."""

    AWARDED = "awarded", "已批准", "awarded"
    PAID = "paid", "已兑付", "paid"
    REVOKED = "revoked", "已撤销", "revoked"


class Grant(LedgerAggregate):
    """One benefit granted to one enterprise 惠企资金."""

    TOPIC = "grant"

    def __init__(self, enterprise: str, unit: str, amount_fen: int, decided_by: str) -> None:
        """Start awarded."""
        self.enterprise = enterprise
        self.unit = unit
        self.amount_fen = amount_fen
        self.decided_by = decided_by
        self.state = GrantState.AWARDED

    class Event(LedgerAggregate.Event):
        """Base of the grant's events."""

    class Created(Event, LedgerAggregate.Created):
        """批准奖补: a unit grants an enterprise a sum."""

        TOPIC: ClassVar[str] = "grant.awarded"
        programme: str
        enterprise: str
        unit: str
        amount_fen: int
        policy_id: UUID | None
        decided_by: str

    class Paid(Event):
        """兑付奖补: the whole sum was paid."""

        TOPIC: ClassVar[str] = "grant.paid"
        enterprise: str
        amount_fen: int

        def apply(self, aggregate: "Grant") -> None:
            """Note the payment."""
            aggregate.state = GrantState.PAID

    class Revoked(Event):
        """撤销奖补: it was taken back before it was paid."""

        TOPIC: ClassVar[str] = "grant.revoked"
        enterprise: str
        amount_fen: int
        reason: Personal[str]

        def apply(self, aggregate: "Grant") -> None:
            """Note the end."""
            aggregate.state = GrantState.REVOKED


class AwardGrant(OpeningCommand[Grant], frozen=True, kw_only=True):
    """Grant an enterprise a sum under a programme, and the policy it rests on."""

    label: ClassVar = Text("批准奖补资金", "award a grant")
    roles: ClassVar = who_may("AwardGrant")

    programme: Line
    enterprise: CreditCodeText
    amount_fen: AmountFen
    policy_id: UUID | None = None

    def create(self, aggregate_id: UUID, situation: Situation) -> Grant:
        """Begin the grant of the actor's unit."""
        (enterprise,) = enterprises((self.enterprise,))
        return Grant.begin(
            Grant.Created,
            aggregate_id,
            situation.act,
            programme=self.programme,
            enterprise=enterprise,
            unit=acting_unit(situation),
            amount_fen=self.amount_fen,
            policy_id=self.policy_id,
            decided_by=situation.act.actor_id,
        )


class PayGrant(AggregateCommand[Grant], frozen=True, kw_only=True):
    """Say that the sum was paid; never the person who granted it."""

    label: ClassVar = Text("兑付奖补资金", "pay the grant")
    path: ClassVar = "payment"
    roles: ClassVar = who_may("PayGrant")

    def decide(self, aggregate: Grant, situation: Situation) -> None:
        """Record the payment of the whole sum."""
        refuse_state(self.label, aggregate.state, GrantState.AWARDED)
        refuse_other_unit(aggregate.unit, situation)
        refuse_second_self(aggregate.decided_by, situation)
        to, amount_fen = aggregate.enterprise, aggregate.amount_fen
        aggregate.record(Grant.Paid, situation.act, enterprise=to, amount_fen=amount_fen)


class RevokeGrant(AggregateCommand[Grant], frozen=True, kw_only=True):
    """Take the grant back before it is paid."""

    label: ClassVar = Text("撤销奖补资金", "revoke the grant")
    path: ClassVar = "revocation"
    roles: ClassVar = who_may("RevokeGrant")

    reason: Prose

    def decide(self, aggregate: Grant, situation: Situation) -> None:
        """Record the end and why."""
        refuse_state(self.label, aggregate.state, GrantState.AWARDED)
        refuse_other_unit(aggregate.unit, situation)
        to, amount_fen, reason = aggregate.enterprise, aggregate.amount_fen, Personal(self.reason)
        act, revoked = situation.act, Grant.Revoked
        aggregate.record(revoked, act, enterprise=to, amount_fen=amount_fen, reason=reason)


GRANTS = Resource(
    path="grants",
    label=Text("奖补资金", "grant"),
    aggregate=Grant,
    opening=(AwardGrant,),
    commands=(PayGrant, RevokeGrant),
)
