"""Without this file no unit could be ordered to act on a petition."""

from typing import Annotated, ClassVar

from msgspec import Meta

from domain.command import Code, Line, PetitionCommand, Prose, personal, roles, states
from domain.errors import GuardError
from domain.guards import acting_unit
from domain.handling_events import (
    AssignmentSigned,
    AssignmentTransferred,
    CoHandlerAdded,
    Dispatched,
    LeadUnitDesignated,
)
from domain.limit import Limit
from domain.pack_rules import ClockStart
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_event import AssignmentOrder
from domain.petition_facts import Assignment, PetitionFacts
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import Clock, PetitionState, PetitionType, Role

CO_HANDLERS_MAX = 20


class DispatchPetition(PetitionCommand, frozen=True, kw_only=True):
    """Order one lead unit and any co-handlers to act; their clocks start now, not at signing."""

    label: ClassVar = Text("派单", "dispatch the petition")
    path: ClassVar = "dispatches"
    roles: ClassVar = roles(Role.DISPATCHER)
    from_states: ClassVar = states(PetitionState.ACCEPTED)

    lead: Code
    co_handlers: Annotated[tuple[Code, ...], Meta(max_length=CO_HANDLERS_MAX)] = ()
    catalogue: Line | None = None
    note: Prose | None = None

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the orders; after too many returns only a designation is left."""
        forced_after = situation.pinned_pack(facts).returns.forced_after
        if returns_approved(facts) >= forced_after:
            raise GuardError(
                "designation-required",
                f"已同意退单 {forced_after} 次，须指定主办；未作任何更改，请使用“指定主办”。",
                f"{forced_after} returns were approved, so the lead must be designated; nothing "
                "was changed, use the designation command.",
            )
        petition.record(
            Dispatched,
            situation.act,
            assignments=_orders(facts, situation, self.lead, self.co_handlers),
            catalogue=self.catalogue,
            note=personal(self.note),
        )


class DesignateLeadUnit(PetitionCommand, frozen=True, kw_only=True):
    """Name a lead unit that may not return the petition."""

    label: ClassVar = Text("指定主办", "designate the lead unit")
    path: ClassVar = "designations"
    roles: ClassVar = roles(Role.DISPATCHER, Role.LEADER)
    from_states: ClassVar = states(PetitionState.ACCEPTED, PetitionState.RETURN_REQUESTED)

    lead: Code
    reason: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the designation."""
        petition.record(
            LeadUnitDesignated,
            situation.act,
            assignments=_orders(facts, situation, self.lead, ()),
            reason=Personal(self.reason),
        )


class SignAssignment(PetitionCommand, frozen=True, kw_only=True):
    """Take the assignment and name the person who handles it."""

    label: ClassVar = Text("签收", "sign for the assignment")
    path: ClassVar = "signatures"
    roles: ClassVar = roles(Role.HANDLER)
    from_states: ClassVar = states(PetitionState.DISPATCHED, PetitionState.IN_PROGRESS)

    handler_id: Code
    handler_name: Line

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the signature once per assignment."""
        unit = acting_unit(situation)
        if open_order(facts, unit).signed_at is not None:
            raise GuardError(
                "already-signed",
                "本单位已签收；未作任何更改，更换承办人请记录进展。",
                "the unit has signed already; nothing was changed, record progress to name "
                "another handler.",
            )
        petition.record(
            AssignmentSigned,
            situation.act,
            unit=unit,
            handler_id=self.handler_id,
            handler_name=Personal(self.handler_name),
        )


class TransferAssignment(PetitionCommand, frozen=True, kw_only=True):
    """Pass the lead on to another unit; the petition's due stays."""

    label: ClassVar = Text("转办", "transfer the assignment")
    path: ClassVar = "transfers"
    roles: ClassVar = roles(Role.DISPATCHER)
    from_states: ClassVar = states(PetitionState.IN_PROGRESS)

    to_unit: Code
    reason: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the transfer from the present lead."""
        lead = facts.lead
        if lead is None or lead.unit == self.to_unit:
            raise GuardError(
                "transfer-to-itself",
                "该单位已是主办单位；未作任何更改，请另选单位。",
                "that unit leads already; nothing was changed, choose another unit.",
            )
        (order,) = _orders(facts, situation, self.to_unit, ())
        petition.record(
            AssignmentTransferred,
            situation.act,
            from_unit=lead.unit,
            assignment=order,
            reason=Personal(self.reason),
        )


class AddCoHandler(PetitionCommand, frozen=True, kw_only=True):
    """Order one more unit to report to the lead."""

    label: ClassVar = Text("增加协办", "add a co-handler")
    path: ClassVar = "co-handlers"
    roles: ClassVar = roles(Role.DISPATCHER)
    from_states: ClassVar = states(PetitionState.DISPATCHED, PetitionState.IN_PROGRESS)

    unit: Code

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the order; one unit holds one assignment at a time."""
        if facts.open_assignment(self.unit) is not None:
            raise _twice(self.unit)
        _refuse_crowd(sum(1 for order in facts.assignments if not order.lead) + 1)
        petition.record(
            CoHandlerAdded,
            situation.act,
            assignment=_order(facts, situation, self.unit, lead=False),
        )


def open_order(facts: PetitionFacts, unit: str) -> Assignment:
    """Return the unit's assignment that has not ended.

    Raises:
        GuardError: ``not-assigned``.
    """
    assignment = facts.open_assignment(unit)
    if assignment is None:
        raise GuardError(
            "not-assigned",
            f"单位“{unit}”不承办该诉求；未作任何更改，请核对诉求编号或先派单。",
            f"unit '{unit}' holds no assignment here; nothing was changed, check the petition "
            "or dispatch it first.",
        )
    return assignment


def lead_unit(facts: PetitionFacts, situation: Situation) -> str:
    """Return the acting unit if it is the lead.

    Raises:
        GuardError: ``not-the-lead``; co-handlers report to the lead.
    """
    unit = acting_unit(situation)
    lead = facts.lead
    if lead is None or lead.unit != unit:
        raise GuardError(
            "not-the-lead",
            f"单位“{unit}”不是主办单位；未作任何更改，协办单位请提交协办意见。",
            f"unit '{unit}' is not the lead; nothing was changed, a co-handler reports to the "
            "lead instead.",
        )
    return unit


def returns_approved(facts: PetitionFacts) -> int:
    """Return how many returns of the petition were approved."""
    return sum(1 for assignment in facts.assignments if assignment.returned_at is not None)


def _orders(
    facts: PetitionFacts, situation: Situation, lead: str, co_handlers: tuple[str, ...]
) -> tuple[AssignmentOrder, ...]:
    units = (lead, *co_handlers)
    _refuse_crowd(len(co_handlers))
    for place, unit in enumerate(units):
        if unit in units[:place]:
            raise _twice(unit)
    return tuple(_order(facts, situation, unit, lead=unit == lead) for unit in units)


def _order(facts: PetitionFacts, situation: Situation, unit: str, *, lead: bool) -> AssignmentOrder:
    situation.roster.state.open_unit(unit)
    pack = situation.pinned_pack(facts)
    petition_type = facts.petition_type or PetitionType.APPEAL
    deadlines = situation.clocks(pack, petition_type, ClockStart.DISPATCHED)
    window: Limit = pack.returns.window
    if lead:
        name = f"{petition_type}/return"
        deadlines = (*deadlines, situation.limited(pack, Clock.RETURN_WINDOW, window, name))
    return AssignmentOrder(unit, lead, deadlines)


def _refuse_crowd(co_handlers: int) -> None:
    if co_handlers > CO_HANDLERS_MAX:
        raise GuardError(
            "too-many-co-handlers",
            f"协办单位最多 {CO_HANDLERS_MAX} 个；未作任何更改，请减少。",
            f"at most {CO_HANDLERS_MAX} co-handlers; nothing was changed, name fewer.",
        )


def _twice(unit: str) -> GuardError:
    return GuardError(
        "unit-named-twice",
        f"单位“{unit}”重复；未作任何更改，主办恰为一个，同一单位只列一次。",
        f"unit '{unit}' is named twice; nothing was changed, there is exactly one lead and each "
        "unit stands once.",
    )
