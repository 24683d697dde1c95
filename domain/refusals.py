"""Without this file a matter for others would have to be accepted, or be left lying."""

from typing import ClassVar

from domain.command import Code, Line, PetitionCommand, Prose, states
from domain.errors import GuardError
from domain.guards import refuse_second_self
from domain.intake_events import NotAccepted, ReferredOut
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.reasons import DeclineReason
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import PetitionState


class DeclinePetition(PetitionCommand, frozen=True, kw_only=True):
    """Decline for a lawful reason, in writing, by two persons, telling the remedy."""

    label: ClassVar = Text("不予受理", "decline the petition")
    path: ClassVar = "refusal"
    roles: ClassVar = who_may("DeclinePetition")
    from_states: ClassVar = states(PetitionState.REGISTERED)

    reason: DeclineReason
    reviewer_id: Code
    notice: Prose
    remedy: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the refusal; its reason must be one the pack knows."""
        if facts.refusal_lifted_at is not None:
            raise GuardError(
                "refusal-overturned",
                "原不予受理决定已被复查撤销；未作任何更改，请予受理。",
                "a review has overturned the refusal; nothing was changed, accept the petition.",
            )
        refuse_second_self(self.reviewer_id, situation)
        pack = situation.pack
        if self.reason not in pack.decline_reasons:
            known = "、".join(reason.label.zh for reason in pack.decline_reasons)
            raise GuardError(
                "reason-not-in-pack",
                f"规则包 {pack.reference} 不允许以“{self.reason.label.zh}”为由不予受理；"
                f"未作任何更改，可选：{known}。",
                f"pack {pack.reference} knows no refusal for '{self.reason}'; nothing was "
                f"changed, choose one of: {', '.join(pack.decline_reasons)}.",
            )
        petition.record(
            NotAccepted,
            situation.act,
            reason=self.reason,
            reviewer_id=self.reviewer_id,
            notice=Personal(self.notice),
            remedy=Personal(self.remedy),
        )


class ReferPetitionOut(PetitionCommand, frozen=True, kw_only=True):
    """Tell the petitioner the right way, or pass an emergency to its own line at once."""

    label: ClassVar = Text("告知途径", "refer the petition out")
    path: ClassVar = "referral"
    roles: ClassVar = who_may("ReferPetitionOut")
    from_states: ClassVar = states(PetitionState.REGISTERED)

    target: Line
    emergency: bool = False
    notice: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record where the petitioner was sent."""
        del facts
        petition.record(
            ReferredOut,
            situation.act,
            target=self.target,
            emergency=self.emergency,
            notice=Personal(self.notice),
        )
