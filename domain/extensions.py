"""Without this file a due instant could be moved without asking, or without telling anybody."""

from typing import Annotated, ClassVar

from msgspec import Meta
from msgspec.structs import replace

from domain.command import (
    AttachmentNote,
    Line,
    PetitionCommand,
    Prose,
    attachments,
    personal,
    roles,
    states,
)
from domain.deadline_change import extended
from domain.deadlines import Deadline
from domain.dispatching import lead_unit
from domain.errors import GuardError
from domain.guards import refuse_second_self
from domain.handling_events import (
    ExtensionGranted,
    ExtensionRefused,
    ExtensionRequested,
    PetitionerInformedOfDelay,
)
from domain.metrics import effective_due
from domain.pack_rules import ExtensionRule
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import Extension, PetitionFacts
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import Clock, PetitionState, Role

_OPEN = states(PetitionState.IN_PROGRESS)


class RequestExtension(PetitionCommand, frozen=True, kw_only=True):
    """Ask for more time before the due instant, with reason and document."""

    label: ClassVar = Text("申请延期", "request an extension")
    path: ClassVar = "extension-requests"
    roles: ClassVar = roles(Role.HANDLER)
    from_states: ClassVar = _OPEN

    amount: Annotated[int, Meta(ge=1, le=10_000)]
    reason: Prose
    document: AttachmentNote

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the request if it comes in time and within the pack's cap and count."""
        unit = lead_unit(facts, situation)
        rule = extension_rule(facts, situation)
        due_at = effective_due(facts.cycle, situation.act.occurred_at)
        if due_at is None or max(situation.act.occurred_at, situation.now) >= due_at:
            raise GuardError(
                "extension-after-due",
                "延期须在时限届满前申请；未作任何更改，时限不变，请尽快答复。",
                "an extension is requested before the due; nothing was changed, the due stays, "
                "reply as soon as possible.",
            )
        if _pending(facts) is not None:
            raise GuardError(
                "extension-pending",
                "已有待审的延期申请；未作任何更改，请等待审批。",
                "a request is pending; nothing was changed, wait for its decision.",
            )
        granted = [past for past in facts.cycle.extensions if past.granted_at is not None]
        total = sum(past.amount for past in granted) + self.amount
        if len(granted) >= rule.count_max or total > rule.cap.amount:
            raise GuardError(
                "extension-beyond-cap",
                f"延期最多 {rule.count_max} 次、合计 {rule.cap.label.zh}；未作任何更改，请减少。",
                f"at most {rule.count_max} extension(s), {rule.cap.label.en} in all; nothing was "
                "changed, ask for less.",
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


class GrantExtension(PetitionCommand, frozen=True, kw_only=True):
    """Grant the pending request; it takes effect once the petitioner has been told."""

    label: ClassVar = Text("同意延期", "grant the extension")
    path: ClassVar = "extension-grants"
    roles: ClassVar = roles(Role.DEPARTMENT_HEAD, Role.DISPATCHER)
    from_states: ClassVar = _OPEN

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the moved deadline if the decision comes in time and by another person."""
        request = _require_pending(facts)
        refuse_second_self(request.requester_id, situation)
        pack = situation.pinned_pack(facts)
        rule = extension_rule(facts, situation)
        decide_by = situation.limited(
            pack, Clock.REPLY, rule.decide_within, "extension/decision", request.requested_at
        )
        if situation.act.occurred_at > decide_by.due_at:
            raise GuardError(
                "extension-decided-late",
                f"审批期限已于 {decide_by.due_at.isoformat()} 届满，视为不同意；未作任何更改，"
                "请登记“不同意延期”。",
                f"the decision was due at {decide_by.due_at.isoformat()}, silence is a refusal; "
                "nothing was changed, record the refusal.",
            )
        lead, current = facts.lead, _current(facts)
        limit = replace(rule.cap, amount=request.amount)
        inform_by = situation.limited(pack, Clock.REPLY, rule.inform_within, "extension/inform")
        petition.record(
            ExtensionGranted,
            situation.act,
            unit="" if lead is None else lead.unit,
            deadline=extended(
                current,
                limit,
                situation.calendar(pack),
                situation.zone(pack),
                pack.business_hours,
            ),
            inform_by=inform_by.due_at,
        )


class RefuseExtension(PetitionCommand, frozen=True, kw_only=True):
    """Refuse the pending request; the due stays."""

    label: ClassVar = Text("不同意延期", "refuse the extension")
    path: ClassVar = "extension-refusals"
    roles: ClassVar = roles(Role.DEPARTMENT_HEAD, Role.DISPATCHER)
    from_states: ClassVar = _OPEN

    reason: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the refusal by another person than the requester."""
        request = _require_pending(facts)
        refuse_second_self(request.requester_id, situation)
        unit = "" if facts.lead is None else facts.lead.unit
        petition.record(ExtensionRefused, situation.act, unit=unit, reason=Personal(self.reason))


class InformOfDelay(PetitionCommand, frozen=True, kw_only=True):
    """Tell the petitioner of a granted extension; told too late, it does not count."""

    label: ClassVar = Text("告知诉求人延期", "inform the petitioner of the delay")
    path: ClassVar = "delay-notices"
    roles: ClassVar = roles(Role.HANDLER)
    from_states: ClassVar = _OPEN

    medium: Line
    note: Prose | None = None

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the notice of the lead unit."""
        unit = lead_unit(facts, situation)
        if not any(past.granted_at and not past.effective_at for past in facts.cycle.extensions):
            raise GuardError(
                "nothing-to-tell",
                "没有待告知的延期；未作任何更改，请先申请并获同意。",
                "no granted extension waits to be told; nothing was changed, have one granted "
                "first.",
            )
        note = personal(self.note)
        petition.record(
            PetitionerInformedOfDelay, situation.act, unit=unit, medium=self.medium, note=note
        )


def extension_rule(facts: PetitionFacts, situation: Situation) -> ExtensionRule:
    """Return the pinned pack's rule.

    Raises:
        GuardError: ``no-extension-rule``; the pack knows none.
    """
    pack = situation.pinned_pack(facts)
    if pack.extension is None:
        raise GuardError(
            "no-extension-rule",
            f"规则包 {pack.reference} 没有延期规定；未作任何更改，时限不变。",
            f"pack {pack.reference} knows no extension; nothing was changed, the due stays.",
        )
    return pack.extension


def _pending(facts: PetitionFacts) -> Extension | None:
    for extension in facts.cycle.extensions:
        if extension.granted_at is None and extension.refused_at is None:
            return extension
    return None


def _require_pending(facts: PetitionFacts) -> Extension:
    request = _pending(facts)
    if request is None:
        raise GuardError(
            "no-extension-pending",
            "没有待审的延期申请；未作任何更改。",
            "no extension request is pending; nothing was changed.",
        )
    return request


def _current(facts: PetitionFacts) -> Deadline:
    deadline = facts.cycle.deadline
    for extension in facts.cycle.extensions:
        if extension.effective_at is not None:
            deadline = extension.deadline
    if deadline is None:
        raise ValueError("an extension is requested only where a deadline runs")
    return deadline
