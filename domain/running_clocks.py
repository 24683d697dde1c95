"""Without this file nobody could see which deadlines a petition is under."""

from datetime import datetime
from typing import NamedTuple

from domain.petition_facts import PetitionFacts
from domain.standing import effective_due
from domain.vocabulary import Clock, PetitionState

_BEFORE_ACCEPTANCE = frozenset({PetitionState.SUBMITTED, PetitionState.REGISTERED})
"""A requested supplement pauses the accept clock, so that state is not here."""
_UNANSWERED = frozenset(
    {
        PetitionState.ACCEPTED,
        PetitionState.DISPATCHED,
        PetitionState.IN_PROGRESS,
        PetitionState.RETURN_REQUESTED,
    }
)


class RunningClock(NamedTuple):
    """A deadline somebody is under; ``unit`` is None where it is not one unit's own."""

    clock: Clock
    due_at: datetime
    unit: str | None


def running_clocks(facts: PetitionFacts) -> tuple[RunningClock, ...]:
    """Return the clocks that run after the last folded event, the earliest due first.

    Pure. A clock runs from the event that started it until the act it waits for; whether
    it is overdue is a question of the instant, not of the facts.

    Source:
        domain.md decisions 2 and 3.
    """
    found: list[RunningClock] = []
    if facts.state in _BEFORE_ACCEPTANCE and facts.accept_deadline is not None:
        found.append(RunningClock(Clock.ACCEPT, facts.accept_deadline.due_at, None))
    if facts.state is PetitionState.NEEDS_SUPPLEMENT and facts.supplement_due_at is not None:
        found.append(RunningClock(Clock.SUPPLEMENT, facts.supplement_due_at, None))
    for assignment in facts.assignments:
        if assignment.ended_at is not None or not facts.state.is_open:
            continue
        if assignment.sign_due_at is not None and assignment.signed_at is None:
            found.append(RunningClock(Clock.SIGN, assignment.sign_due_at, assignment.unit))
        if assignment.contact_due_at is not None and assignment.contacted_at is None:
            found.append(RunningClock(Clock.CONTACT, assignment.contact_due_at, assignment.unit))
    if facts.cycles:
        found.extend(_cycle_clocks(facts))
    return tuple(sorted(found, key=lambda each: (each.due_at, each.clock, each.unit or "")))


def _cycle_clocks(facts: PetitionFacts) -> list[RunningClock]:
    cycle = facts.cycle
    found: list[RunningClock] = []
    lead = None if facts.lead is None else facts.lead.unit
    if facts.state in _UNANSWERED:
        due_at = effective_due(cycle, facts.changed_at)
        if due_at is not None:
            found.append(RunningClock(Clock.REPLY, due_at, lead))
        if cycle.plan_due_at is not None:
            found.append(RunningClock(Clock.PROMISE, cycle.plan_due_at, lead))
    if facts.state is PetitionState.CALLBACK_PENDING and cycle.callback_due_at is not None:
        found.append(RunningClock(Clock.CALLBACK, cycle.callback_due_at, None))
    return found
