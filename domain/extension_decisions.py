"""Without this file no request for more time could be granted or refused."""

from typing import ClassVar

from domain.assignment_orders import lead_unit
from domain.command import PetitionCommand, Prose, states
from domain.errors import GuardError
from domain.extension_rules import current_deadline, extension_rule, move_on, require_undecided
from domain.guards import refuse_second_self
from domain.handling_events import ExtensionGranted, ExtensionRefused
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import Clock, PetitionState, Role

_HANDLED = states(PetitionState.IN_PROGRESS)


class GrantExtension(PetitionCommand, frozen=True, kw_only=True):
    """Grant the pending request; it takes effect once the petitioner has been told."""

    label: ClassVar = Text("同意延期", "grant the extension")
    path: ClassVar = "extension-grants"
    roles: ClassVar = who_may("GrantExtension")
    from_states: ClassVar = _HANDLED

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the moved deadline if the decision comes in time and by another person."""
        request = require_undecided(facts)
        refuse_second_self(request.requester_id, situation)
        unit = deciding_for(facts, situation)
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
        current = current_deadline(facts)
        start, timing = facts.cycle.started_at, situation.timing
        inform_by = situation.limited(pack, Clock.REPLY, rule.inform_within, "extension/inform")
        petition.record(
            ExtensionGranted,
            situation.act,
            unit=unit,
            deadline=move_on(current, request.amount, start, pack, timing),
            inform_by=inform_by.due_at,
        )


class RefuseExtension(PetitionCommand, frozen=True, kw_only=True):
    """Refuse the pending request; the due stays."""

    label: ClassVar = Text("不同意延期", "refuse the extension")
    path: ClassVar = "extension-refusals"
    roles: ClassVar = who_may("RefuseExtension")
    from_states: ClassVar = _HANDLED

    reason: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the refusal by another person than the requester."""
        request = require_undecided(facts)
        refuse_second_self(request.requester_id, situation)
        unit = deciding_for(facts, situation)
        petition.record(ExtensionRefused, situation.act, unit=unit, reason=Personal(self.reason))


def deciding_for(facts: PetitionFacts, situation: Situation) -> str:
    """Return the lead unit; a department head decides for the own unit only.

    Raises:
        GuardError: ``not-the-lead``.
    """
    if situation.act.actor_role is Role.DEPARTMENT_HEAD:
        return lead_unit(facts, situation)
    return "" if facts.lead is None else facts.lead.unit
