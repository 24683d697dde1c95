"""Without this file nobody could draft, publish, explain or withdraw a policy."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from msgspec import Meta

from domain.command import Code, Line, Prose
from domain.course import refuse_state
from domain.errors import GuardError
from domain.guards import acting_unit, refuse_second_self
from domain.parties import Digest, refuse_other_unit
from domain.personal import Personal
from domain.policy import Policy, PolicyDocument, PolicyState
from domain.policy_terms import PolicyTerms
from domain.resource import AggregateCommand, OpeningCommand, Resource
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import PetitionType


class DraftPolicy(OpeningCommand[Policy], frozen=True, kw_only=True):
    """Draft a policy with whom it is for."""

    label: ClassVar = Text("起草政策", "draft a policy")
    roles: ClassVar = who_may("DraftPolicy")

    title: Line
    sha256: Digest
    industries: Annotated[tuple[Code, ...], Meta(max_length=200)] = ()
    petition_types: Annotated[tuple[PetitionType, ...], Meta(max_length=20)] = ()
    valid_from: date
    valid_until: date | None = None

    def create(self, aggregate_id: UUID, situation: Situation) -> Policy:
        """Begin the policy of the actor's unit."""
        if self.valid_until is not None and self.valid_until < self.valid_from:
            raise GuardError(
                "ends-before-it-begins",
                "有效期截止日早于起始日；未作任何记录，请修改 valid_until。",
                "the policy ends before it begins; nothing was recorded, correct 'valid_until'.",
            )
        terms = PolicyTerms(
            industries=self.industries,
            petition_types=self.petition_types,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
        )
        return Policy.begin(
            Policy.Created,
            aggregate_id,
            situation.act,
            document=PolicyDocument(self.title, self.sha256, acting_unit(situation), terms),
            drafter_id=situation.act.actor_id,
        )


class PublishPolicy(AggregateCommand[Policy], frozen=True, kw_only=True):
    """Publish the draft under its document number, by somebody else than its drafter."""

    label: ClassVar = Text("发布政策", "publish the policy")
    path: ClassVar = "publication"
    roles: ClassVar = who_may("PublishPolicy")

    number: Line

    @property
    def claims(self) -> tuple[str, ...]:
        """The document number, which no two policies share."""
        return (f"policy:{self.number}",)

    def decide(self, aggregate: Policy, situation: Situation) -> None:
        """Record the policy as published."""
        refuse_state(self.label, aggregate.state, PolicyState.DRAFTED)
        refuse_other_unit(aggregate.document.unit, situation)
        refuse_second_self(aggregate.drafter_id, situation)
        aggregate.record(
            Policy.Published, situation.act, number=self.number, document=aggregate.document
        )


class ExplainPolicy(AggregateCommand[Policy], frozen=True, kw_only=True):
    """Say how the policy was explained, as often as it is."""

    label: ClassVar = Text("宣贯政策", "explain the policy")
    path: ClassVar = "explanations"
    roles: ClassVar = who_may("ExplainPolicy")

    medium: Line
    text: Prose

    def decide(self, aggregate: Policy, situation: Situation) -> None:
        """Record one explanation."""
        refuse_state(self.label, aggregate.state, PolicyState.PUBLISHED, PolicyState.EXPLAINED)
        text = Personal(self.text)
        aggregate.record(Policy.Explained, situation.act, medium=self.medium, text=text)


class WithdrawPolicy(AggregateCommand[Policy], frozen=True, kw_only=True):
    """End the policy; it stays readable."""

    label: ClassVar = Text("废止政策", "withdraw the policy")
    path: ClassVar = "withdrawal"
    roles: ClassVar = who_may("WithdrawPolicy")

    reason: Prose

    def decide(self, aggregate: Policy, situation: Situation) -> None:
        """Record the end."""
        refuse_other_unit(aggregate.document.unit, situation)
        ended = PolicyState.WITHDRAWN
        refuse_state(self.label, aggregate.state, *(s for s in PolicyState if s is not ended))
        aggregate.record(Policy.Withdrawn, situation.act, reason=Personal(self.reason))


POLICIES = Resource(
    path="policies",
    label=Text("政策", "policy"),
    aggregate=Policy,
    opening=(DraftPolicy,),
    commands=(PublishPolicy, ExplainPolicy, WithdrawPolicy),
)
