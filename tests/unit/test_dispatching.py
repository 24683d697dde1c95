"""Without this file a unit could be ordered twice, or a co-handler lost on the way."""

from msgspec.structs import replace

from domain.assignment_orders import CO_HANDLERS_MAX
from domain.dispatching import DesignateLeadUnit, DispatchPetition
from domain.errors import GuardError
from domain.handling_events import (
    AssignmentSigned,
    AssignmentTransferred,
    CoHandlerAdded,
    Dispatched,
    LeadUnitDesignated,
)
from domain.returns import ApproveReturn
from domain.roster import UnitClosedError, UnknownUnitError
from domain.transfers import AddCoHandler, TransferAssignment
from domain.vocabulary import PetitionState, Role
from tests.unit.given_when_then import MINUTE, VILLAGES, Deed, given
from tests.unit.petition_stories import (
    ACCEPTED,
    DISPATCHED,
    IN_PROGRESS,
    RETURN_REQUESTED,
    SIGN,
)

WITH_WATER = (
    *ACCEPTED,
    Deed(DispatchPetition(lead="bureau", co_handlers=("water",)), Role.DISPATCHER),
    Deed(SIGN, Role.HANDLER),
)
TRANSFER = TransferAssignment(to_unit="roads", reason="职责调整。")


def test_dispatch_orders_one_lead_and_starts_its_clocks() -> None:
    """Clocks of an assignment start at dispatch, never at signing."""
    order = DispatchPetition(lead="bureau", co_handlers=("water", "roads"), catalogue="2026-1")
    story = given(*ACCEPTED).when(order, Role.DISPATCHER).then(Dispatched)
    facts = story.facts
    assert [(held.unit, held.lead) for held in facts.assignments] == [
        ("bureau", True),
        ("water", False),
        ("roads", False),
    ]
    due = facts.assignments[0].sign_due_at
    assert due is not None
    signed = story.when(SIGN, Role.HANDLER, after=due - story.at + MINUTE).decide()
    assert signed.facts.assignments[0].sign_due_at == due
    assert facts.assignments[0].return_until is not None
    assert facts.assignments[1].return_until is None


def test_dispatch_is_refused_when_a_unit_is_unknown_closed_or_named_twice() -> None:
    """Exactly one lead, and each unit once."""
    story = given(*ACCEPTED)
    nowhere = story.when(DispatchPetition(lead="nowhere"), Role.DISPATCHER)
    nowhere.refuses(UnknownUnitError, "unknown-unit")
    closed = story.when(DispatchPetition(lead="closed"), Role.DISPATCHER)
    closed.refuses(UnitClosedError, "unit-closed")
    for co_handlers in (("bureau",), ("water", "water")):
        twice = DispatchPetition(lead="bureau", co_handlers=co_handlers)
        story.when(twice, Role.DISPATCHER).refuses(GuardError, "unit-named-twice")


def test_dispatch_is_refused_when_the_pinned_pack_is_not_here() -> None:
    """No other pack's limits stand in for those that were pinned."""
    attempt = given(*ACCEPTED).with_only("s2_quanzhou")
    attempt.when(DispatchPetition(lead="bureau"), Role.DISPATCHER).refuses(
        GuardError, "no-policy-pack"
    )


def test_dispatch_is_refused_when_there_are_too_many_co_handlers() -> None:
    """A crowd handles nothing."""
    attempt = given(*ACCEPTED).when(
        DispatchPetition(lead="bureau", co_handlers=VILLAGES), Role.DISPATCHER
    )
    attempt.refuses(GuardError, "too-many-co-handlers")
    *fitting, one_more = VILLAGES
    assert len(fitting) == CO_HANDLERS_MAX
    full = given(
        *ACCEPTED,
        Deed(DispatchPetition(lead="bureau", co_handlers=tuple(fitting)), Role.DISPATCHER),
    )
    attempt = full.when(AddCoHandler(unit=one_more), Role.DISPATCHER)
    attempt.refuses(GuardError, "too-many-co-handlers")


def test_designation_cannot_be_returned() -> None:
    """A designated unit keeps the petition."""
    order = DesignateLeadUnit(lead="roads", reason="多次退单。")
    facts = given(*RETURN_REQUESTED).when(order, Role.LEADER).then(LeadUnitDesignated).facts
    assert facts.lead is not None
    assert (facts.lead.unit, facts.lead.returnable) == ("roads", False)
    assert facts.assignments[0].ended_at is not None
    assert facts.assignments[0].returned_at is None


def test_signature_names_the_handler_and_is_given_once() -> None:
    """A signature is a named person's."""
    story = given(*DISPATCHED).when(SIGN, Role.HANDLER).then(AssignmentSigned)
    assert story.facts.state is PetitionState.IN_PROGRESS
    assert story.facts.assignments[0].handler_id == "handler-1"
    story.when(SIGN, Role.HANDLER).refuses(GuardError, "already-signed")


def test_signature_of_a_co_handler_starts_nothing() -> None:
    """Only the lead's signature puts the petition in progress."""
    story = given(*WITH_WATER[:-1])
    signed = story.when(SIGN, Role.HANDLER, unit="water").then(AssignmentSigned)
    assert signed.facts.state is PetitionState.DISPATCHED


def test_signature_is_refused_when_the_unit_holds_no_assignment() -> None:
    """A unit signs for what it was ordered to do."""
    given(*DISPATCHED).when(SIGN, Role.HANDLER, unit="roads").refuses(GuardError, "not-assigned")


def test_transfer_keeps_the_due_and_the_co_handlers() -> None:
    """The lead changes, nothing else does."""
    before = given(*WITH_WATER).facts
    story = given(*WITH_WATER).when(TRANSFER, Role.DISPATCHER).then(AssignmentTransferred)
    after = story.facts
    assert after.cycle.deadline == before.cycle.deadline
    assert after.state is PetitionState.DISPATCHED
    assert after.lead is not None
    assert after.lead.unit == "roads"
    water = after.open_assignment("water")
    assert water is not None
    assert water.dispatched_at == before.assignments[1].dispatched_at


def test_transfer_to_a_co_handler_makes_it_the_lead_alone() -> None:
    """A unit holds one assignment at a time."""
    story = given(*WITH_WATER).when(replace(TRANSFER, to_unit="water"), Role.DISPATCHER).decide()
    held = [(one.unit, one.lead) for one in story.facts.assignments if one.ended_at is None]
    assert held == [("water", True)]


def test_transfer_is_refused_when_the_unit_leads_already() -> None:
    """Passing it to oneself is no transfer."""
    attempt = given(*IN_PROGRESS).when(replace(TRANSFER, to_unit="bureau"), Role.DISPATCHER)
    attempt.refuses(GuardError, "transfer-to-itself")


def test_co_handler_is_added_once() -> None:
    """Lead and co-handlers are named once each."""
    story = given(*IN_PROGRESS).when(AddCoHandler(unit="water"), Role.DISPATCHER)
    helped = story.then(CoHandlerAdded)
    for unit in ("water", "bureau"):
        attempt = helped.when(AddCoHandler(unit=unit), Role.DISPATCHER)
        attempt.refuses(GuardError, "unit-named-twice")


def test_co_handlers_stay_when_the_lead_returns() -> None:
    """The next lead finds the help that was ordered."""
    story = given(*WITH_WATER, *RETURN_REQUESTED[-1:])
    returned = story.when(ApproveReturn(reason="确非其职责。"), Role.DISPATCHER).decide()
    again = returned.when(DispatchPetition(lead="roads"), Role.DISPATCHER).decide()
    held = [one.unit for one in again.facts.assignments if one.ended_at is None]
    assert held == ["water", "roads"]


def test_command_is_refused_when_its_unit_is_not_on_the_roster() -> None:
    """A key may be bound to a unit that was closed since."""
    story = given(*DISPATCHED)
    story.when(SIGN, Role.HANDLER, unit="closed").refuses(UnitClosedError, "unit-closed")
