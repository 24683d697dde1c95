"""Without this file no petition could be accepted, declined or referred."""

from datetime import datetime
from typing import ClassVar

from domain.command import Code, Instant, Line, PetitionCommand, Prose, roles, states
from domain.errors import GuardError
from domain.guards import refuse_second_self
from domain.intake_events import Accepted, NotAccepted, ReferredOut
from domain.pack_clocks import item_deadline
from domain.pack_rules import ClockStart
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.reasons import DeclineReason
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import Clock, PetitionState, PetitionType, Role


class AcceptPetition(PetitionCommand, frozen=True, kw_only=True):
    """Accept: type, category, policy pack and calendar are pinned, the petition clock starts.

    ``proposed_due_at`` is needed exactly where the pack leaves the limit to the item.
    """

    label: ClassVar = Text("受理", "accept the petition")
    path: ClassVar = "acceptance"
    roles: ClassVar = roles(Role.INTAKE)
    from_states: ClassVar = states(PetitionState.REGISTERED)

    petition_type: PetitionType
    category: Code
    proposed_due_at: Instant | None = None

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the acceptance with the reply deadline."""
        del facts
        accept(petition, situation, self.petition_type, self.category, self.proposed_due_at)


class DeclinePetition(PetitionCommand, frozen=True, kw_only=True):
    """Decline for a lawful reason, in writing, by two persons, telling the remedy."""

    label: ClassVar = Text("不予受理", "decline the petition")
    path: ClassVar = "refusal"
    roles: ClassVar = roles(Role.INTAKE)
    from_states: ClassVar = states(PetitionState.REGISTERED)

    reason: DeclineReason
    reviewer_id: Code
    notice: Prose
    remedy: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the refusal; its reason must be one the pack knows."""
        del facts
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
    roles: ClassVar = roles(Role.INTAKE)
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


def accept(
    petition: Petition,
    situation: Situation,
    petition_type: PetitionType,
    category: str,
    proposed_due_at: datetime | None,
) -> None:
    """Record an acceptance that pins the current pack and its calendar.

    Raises:
        TypeNotInPackError: the pack does not handle the type.
        GuardError: ``due-missing``, ``due-not-proposed-here`` or ``due-before-acceptance``.
    """
    pack = situation.pack
    deadlines = situation.clocks(pack, petition_type, ClockStart.ACCEPTED)
    rule = pack.clock_rule(petition_type, Clock.REPLY)
    if rule is None or not rule.per_item:
        _refuse_proposal(proposed_due_at)
    else:
        due_at = _proposed(proposed_due_at, situation)
        calendar = situation.calendar(pack)
        deadlines = (*deadlines, item_deadline(pack, petition_type, Clock.REPLY, due_at, calendar))
    petition.record(
        Accepted,
        situation.act,
        petition_type=petition_type,
        category=category,
        policy_pack=pack.pack_id,
        policy_version=pack.version,
        calendar=pack.calendar,
        deadlines=deadlines,
    )


def _refuse_proposal(due_at: datetime | None) -> None:
    if due_at is not None:
        raise GuardError(
            "due-not-proposed-here",
            "该规则包按类型规定办理时限，不接受另行提出；未作任何更改，请删去 proposed_due_at。",
            "this pack sets the limit by type and takes no proposal; nothing was changed, leave "
            "'proposed_due_at' out.",
        )


def _proposed(due_at: datetime | None, situation: Situation) -> datetime:
    if due_at is None:
        raise GuardError(
            "due-missing",
            "该规则包按件确定办理时限；未作任何更改，请填写 proposed_due_at。",
            "this pack sets the limit per item; nothing was changed, fill in 'proposed_due_at'.",
        )
    if due_at.tzinfo is None or due_at < situation.act.occurred_at:
        raise GuardError(
            "due-before-acceptance",
            "办理时限须带时区且不早于受理时间；未作任何更改，请修改 proposed_due_at。",
            "the proposed due needs a zone and may not precede the acceptance; nothing was "
            "changed, correct 'proposed_due_at'.",
        )
    return due_at
