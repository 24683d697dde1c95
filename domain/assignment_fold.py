"""Without this file it would be unclear which unit holds a petition, and since when."""

from collections.abc import Iterable
from datetime import datetime

from domain.petition_event import AssignmentOrder
from domain.petition_facts import Assignment, PetitionFacts
from domain.recorded_deadlines import due_of
from domain.vocabulary import Clock, PetitionState


def assign(
    facts: PetitionFacts,
    orders: Iterable[AssignmentOrder],
    at: datetime,
    *,
    returnable: bool = True,
) -> None:
    """Add assignments; a unit that holds one already gives it up for the new one."""
    for order in orders:
        held = facts.open_assignment(order.unit)
        if held is not None:
            held.ended_at = at
        facts.assignments.append(
            Assignment(
                order.unit,
                order.lead,
                at,
                due_of(order.deadlines, Clock.SIGN),
                due_of(order.deadlines, Clock.CONTACT),
                due_of(order.deadlines, Clock.RETURN_WINDOW),
                returnable,
                plan_due_at=due_of(order.deadlines, Clock.PLAN) if order.lead else None,
            )
        )


def end_assignments(facts: PetitionFacts, at: datetime) -> None:
    """End whatever is still assigned."""
    for assignment in facts.assignments:
        if assignment.ended_at is None:
            assignment.ended_at = at


def end_lead(facts: PetitionFacts, at: datetime) -> None:
    """End the lead assignment alone; co-handlers go on under the next lead."""
    lead = facts.lead
    if lead is not None:
        lead.ended_at = at


def resume_lead(facts: PetitionFacts, at: datetime) -> None:
    """Order the last lead again: a reopened petition goes back to the unit that handled it."""
    last = next((order for order in reversed(facts.assignments) if order.lead), None)
    if last is None or last.returned_at is not None:
        return
    facts.assignments.append(
        Assignment(
            last.unit,
            lead=True,
            dispatched_at=at,
            sign_due_at=None,
            contact_due_at=None,
            return_until=None,
            returnable=False,
            signed_at=at,
            handler_id=last.handler_id,
        )
    )


def restore_assignments(facts: PetitionFacts, ended_at: datetime, at: datetime) -> None:
    """Order the units again whose assignments ended at an instant; no clock of theirs restarts."""
    facts.assignments += [
        Assignment(
            order.unit,
            order.lead,
            at,
            None,
            None,
            None,
            returnable=False,
            signed_at=None if order.signed_at is None else at,
            handler_id=order.handler_id,
            reported_at=order.reported_at,
        )
        for order in facts.assignments
        if order.ended_at == ended_at and order.returned_at is None
    ]


def state_to_handle(facts: PetitionFacts) -> PetitionState:
    """Return where work goes on: with the lead unit, else with the hub, which has to dispatch."""
    return PetitionState.ACCEPTED if facts.lead is None else PetitionState.IN_PROGRESS
