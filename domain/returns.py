"""Without this file a wrongly chosen unit would have to keep a petition that is not its own."""

from typing import ClassVar

from domain.assignment_orders import lead_unit, open_order, returns_approved
from domain.command import Line, PetitionCommand, Prose, states
from domain.errors import GuardError
from domain.handling_events import ReturnApproved, ReturnRejected, ReturnRequested
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import PetitionState


class RequestReturn(PetitionCommand, frozen=True, kw_only=True):
    """Say by the duty list that another unit is responsible; the petition clock keeps running."""

    label: ClassVar = Text("申请退单", "request a return")
    path: ClassVar = "return-requests"
    roles: ClassVar = who_may("RequestReturn")
    from_states: ClassVar = states(PetitionState.DISPATCHED, PetitionState.IN_PROGRESS)

    duty_item: Line
    reason: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the request inside its window, as often as the pack allows one unit."""
        unit = lead_unit(facts, situation)
        assignment = open_order(facts, unit)
        if not assignment.returnable:
            raise GuardError(
                "not-returnable",
                "指定主办或重办的诉求不得退单；未作任何更改，请继续办理。",
                "a designated or reopened petition may not be returned; nothing was changed, go "
                "on handling it.",
            )
        per_unit_max = situation.pinned_pack(facts).returns.per_unit_max
        asked = sum(
            1
            for order in facts.assignments
            if order.unit == unit and (order.returned_at or order.return_rejected_at)
        )
        if asked >= per_unit_max:
            raise GuardError(
                "returned-before",
                f"每单位最多申请退单 {per_unit_max} 次；未作任何更改，请继续办理。",
                f"a unit may request a return {per_unit_max} time(s) per petition; nothing was "
                "changed, go on handling it.",
            )
        until = assignment.return_until
        if until is not None and max(situation.act.occurred_at, situation.now) > until:
            raise GuardError(
                "return-window-over",
                f"退单期限已于 {until.isoformat()} 届满；未作任何更改，请继续办理或申请转办。",
                f"the return window ended at {until.isoformat()}; nothing was changed, go on "
                "handling it or ask for a transfer.",
            )
        petition.record(
            ReturnRequested,
            situation.act,
            unit=unit,
            duty_item=self.duty_item,
            reason=Personal(self.reason),
        )


class ApproveReturn(PetitionCommand, frozen=True, kw_only=True):
    """Let the unit give the petition back; it waits to be dispatched again."""

    label: ClassVar = Text("同意退单", "approve the return")
    path: ClassVar = "return-approvals"
    roles: ClassVar = who_may("ApproveReturn")
    from_states: ClassVar = states(PetitionState.RETURN_REQUESTED)

    reason: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the approval; a third return is refused whoever asks."""
        forced_after = situation.pinned_pack(facts).returns.forced_after
        if returns_approved(facts) >= forced_after:
            raise GuardError(
                "third-return",
                f"已同意退单 {forced_after} 次；未作任何更改，请驳回并由该单位继续办理。",
                f"{forced_after} returns were approved already; nothing was changed, reject this "
                "one.",
            )
        unit = _requesting_unit(facts)
        petition.record(ReturnApproved, situation.act, unit=unit, reason=Personal(self.reason))


class RejectReturn(PetitionCommand, frozen=True, kw_only=True):
    """Leave the petition with the unit; it may not ask again."""

    label: ClassVar = Text("驳回退单", "reject the return")
    path: ClassVar = "return-rejections"
    roles: ClassVar = who_may("RejectReturn")
    from_states: ClassVar = states(PetitionState.RETURN_REQUESTED)

    reason: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the rejection."""
        unit = _requesting_unit(facts)
        petition.record(ReturnRejected, situation.act, unit=unit, reason=Personal(self.reason))


def _requesting_unit(facts: PetitionFacts) -> str:
    lead = facts.lead
    if lead is None:
        raise ValueError("a return is requested by the lead, and there is none")
    return lead.unit
