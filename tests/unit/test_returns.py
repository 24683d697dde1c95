"""Without this file a petition could be passed round for ever, or kept by the wrong unit."""

from msgspec.structs import replace

from domain.dispatching import DesignateLeadUnit, DispatchPetition
from domain.errors import GuardError
from domain.handling_events import ReturnApproved, ReturnRejected, ReturnRequested
from domain.returns import ApproveReturn, RejectReturn
from domain.transfers import TransferAssignment
from domain.vocabulary import PetitionState, Role
from tests.unit.given_when_then import DAY, MINUTE, Deed, given
from tests.unit.petition_stories import (
    ACCEPTED,
    DISPATCHED,
    IN_PROGRESS,
    RETURN,
    RETURN_REQUESTED,
    SIGN,
)

APPROVE = ApproveReturn(reason="确非其职责。")
REJECT = RejectReturn(reason="属其职责。")
TWICE_RETURNED = (
    *RETURN_REQUESTED,
    Deed(APPROVE, Role.DISPATCHER),
    Deed(DispatchPetition(lead="roads"), Role.DISPATCHER),
    Deed(RETURN, Role.DEPARTMENT_HEAD, unit="roads"),
    Deed(APPROVE, Role.DISPATCHER),
)


def test_return_leaves_the_petition_clock_running() -> None:
    """Neither asking for a return nor granting it moves the due."""
    story = given(*DISPATCHED).when(RETURN, Role.DEPARTMENT_HEAD).then(ReturnRequested)
    assert story.facts.state is PetitionState.RETURN_REQUESTED
    facts = story.when(APPROVE, Role.DISPATCHER).then(ReturnApproved).facts
    assert facts.state is PetitionState.ACCEPTED
    assert facts.lead is None
    assert facts.cycle.deadline == given(*ACCEPTED).facts.cycle.deadline


def test_rejected_return_restores_the_state_before_it() -> None:
    """A signed petition is in progress again, an unsigned one waits for its signature."""
    for before, state in (
        (DISPATCHED, PetitionState.DISPATCHED),
        (IN_PROGRESS, PetitionState.IN_PROGRESS),
    ):
        story = given(*before, Deed(RETURN, Role.DEPARTMENT_HEAD))
        assert story.when(REJECT, Role.DISPATCHER).then(ReturnRejected).facts.state is state


def test_return_is_refused_when_the_unit_was_rejected_before() -> None:
    """Once per unit."""
    story = given(*RETURN_REQUESTED, Deed(REJECT, Role.DISPATCHER))
    story.when(RETURN, Role.DEPARTMENT_HEAD).refuses(GuardError, "returned-before")


def test_return_is_refused_when_its_window_is_over() -> None:
    """Five working days from the dispatch, the last one included; late paper does not help."""
    story = given(*DISPATCHED)
    until = story.facts.assignments[0].return_until
    assert until is not None
    last = until - story.at
    story.when(RETURN, Role.DEPARTMENT_HEAD, after=last).then(ReturnRequested)
    for after, recorded_after in ((last + MINUTE, None), (DAY, last + MINUTE)):
        attempt = story.when(
            RETURN, Role.DEPARTMENT_HEAD, after=after, recorded_after=recorded_after
        )
        attempt.refuses(GuardError, "return-window-over")


def test_return_is_refused_when_the_unit_is_not_the_lead() -> None:
    """Co-handlers and strangers return nothing."""
    attempt = given(*DISPATCHED).when(RETURN, Role.DEPARTMENT_HEAD, unit="roads")
    attempt.refuses(GuardError, "not-the-lead")


def test_second_return_forces_a_designation() -> None:
    """After two approved returns the hub designates, and that unit keeps the petition."""
    story = given(*TWICE_RETURNED)
    dispatch = DispatchPetition(lead="water")
    story.when(dispatch, Role.DISPATCHER).refuses(GuardError, "designation-required")
    designated = story.when(
        DesignateLeadUnit(lead="water", reason="指定。"), Role.DISPATCHER
    ).decide()
    attempt = designated.when(RETURN, Role.DEPARTMENT_HEAD, unit="water")
    attempt.refuses(GuardError, "not-returnable")


def test_third_return_is_refused_whoever_asks() -> None:
    """A transfer after the designation opens no way round it."""
    story = given(
        *TWICE_RETURNED,
        Deed(DesignateLeadUnit(lead="water", reason="指定。"), Role.DISPATCHER),
        Deed(SIGN, Role.HANDLER, unit="water"),
        Deed(TransferAssignment(to_unit="watch", reason="职责调整。"), Role.DISPATCHER),
        Deed(RETURN, Role.DEPARTMENT_HEAD, unit="watch"),
    )
    story.when(APPROVE, Role.DISPATCHER).refuses(GuardError, "third-return")
    story.when(REJECT, Role.DISPATCHER).then(ReturnRejected)


def test_return_cites_the_duty_list() -> None:
    """The item of the duty list stands in the event."""
    story = (
        given(*DISPATCHED).when(replace(RETURN, duty_item="2026-17"), Role.DEPARTMENT_HEAD).decide()
    )
    assert isinstance(story.last, ReturnRequested)
    assert story.last.duty_item == "2026-17"
