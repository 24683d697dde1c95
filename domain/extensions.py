"""Without this file a due instant could be moved without asking, or without telling anybody."""

from typing import Annotated, ClassVar

from msgspec import Meta

from domain.assignment_orders import lead_unit
from domain.command import (
    AttachmentNote,
    Line,
    PetitionCommand,
    Prose,
    attachments,
    personal,
    states,
)
from domain.errors import GuardError
from domain.extension_rules import current_deadline, extension_rule, move_on, undecided
from domain.handling_events import ExtensionRequested, PetitionerInformedOfDelay
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.role_table import who_may
from domain.situation import Situation
from domain.standing import effective_due
from domain.text import Text
from domain.vocabulary import PetitionState

_HANDLED = states(PetitionState.IN_PROGRESS)


class RequestExtension(PetitionCommand, frozen=True, kw_only=True):
    """Ask for more time before the due instant, with reason and document."""

    label: ClassVar = Text("申请延期", "request an extension")
    path: ClassVar = "extension-requests"
    roles: ClassVar = who_may("RequestExtension")
    from_states: ClassVar = _HANDLED

    amount: Annotated[int, Meta(ge=1, le=10_000)]
    reason: Prose
    document: AttachmentNote

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the request if it comes in time and within the pack's cap and count."""
        unit = lead_unit(facts, situation)
        rule = extension_rule(facts, situation)
        asked = [past for cycle in facts.cycles for past in cycle.extensions]
        due_at = effective_due(facts.cycle, situation.act.occurred_at)
        if due_at is None or max(situation.act.occurred_at, situation.now) >= due_at:
            raise GuardError(
                "extension-after-due",
                "延期须在时限届满前申请；未作任何更改，时限不变，请尽快答复。",
                "an extension is requested before the due; nothing was changed, the due stays, "
                "reply as soon as possible.",
            )
        if undecided(facts) is not None:
            raise GuardError(
                "extension-pending",
                "已有待审的延期申请；未作任何更改，请等待审批。",
                "a request is pending; nothing was changed, wait for its decision.",
            )
        at = situation.act.occurred_at
        if any(past.inform_by and not past.told_at and at <= past.inform_by for past in asked):
            raise GuardError(
                "extension-untold",
                "上次同意的延期尚未告知诉求人；未作任何更改，请先告知。",
                "the petitioner has not been told of the last extension; nothing was changed, "
                "tell them first.",
            )
        granted = [past for past in asked if past.granted_at is not None]
        total = sum(past.amount for past in granted) + self.amount
        if len(granted) >= rule.count_max or total > rule.cap.amount:
            raise GuardError(
                "extension-beyond-cap",
                f"延期最多 {rule.count_max} 次、合计 {rule.cap.label.zh}；未作任何更改，请减少。",
                f"at most {rule.count_max} extension(s), {rule.cap.label.en} in all; nothing was "
                "changed, ask for less.",
            )
        current, start = current_deadline(facts), facts.cycle.started_at
        pack = situation.pinned_pack(facts)
        if move_on(current, self.amount, start, pack, situation.timing).due_at <= current.due_at:
            raise GuardError(
                "extension-beyond-total",
                "已达规则包规定的最长办理期限；未作任何更改，时限不变，请按期答复。",
                "the longest time that the pack allows in all is reached; nothing was changed, "
                "the due stays, reply by it.",
            )
        (document,) = attachments((self.document,))
        petition.record(
            ExtensionRequested,
            situation.act,
            unit=unit,
            requester_id=situation.act.actor_id,
            amount=self.amount,
            reason=Personal(self.reason),
            document=document,
        )


class InformOfDelay(PetitionCommand, frozen=True, kw_only=True):
    """Tell the petitioner of a granted extension or an explained delay; late, it does not count."""

    label: ClassVar = Text("告知诉求人延期", "inform the petitioner of the delay")
    path: ClassVar = "delay-notices"
    roles: ClassVar = who_may("InformOfDelay")
    from_states: ClassVar = _HANDLED

    medium: Line
    note: Prose | None = None

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the notice of the lead unit."""
        unit = lead_unit(facts, situation)
        granted = any(past.granted_at and not past.told_at for past in facts.cycle.extensions)
        if not granted and all(past.told_at for past in facts.cycle.explanations):
            raise GuardError(
                "nothing-to-tell",
                "没有待告知的延期或说明；未作任何更改，请先申请延期并获同意，或提交书面说明。",
                "no granted extension and no explanation waits to be told; nothing was changed, "
                "have one granted or explain the delay first.",
            )
        note = personal(self.note)
        petition.record(
            PetitionerInformedOfDelay, situation.act, unit=unit, medium=self.medium, note=note
        )
