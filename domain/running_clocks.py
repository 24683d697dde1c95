"""Without this file nobody could see which deadlines a petition is under."""

from datetime import datetime
from typing import NamedTuple

from domain.petition_facts import PetitionFacts
from domain.standing import effective_due, open_promise
from domain.vocabulary import Clock, PetitionState

_BEFORE_ACCEPTANCE = frozenset({PetitionState.SUBMITTED, PetitionState.REGISTERED})
"""A requested supplement pauses the accept clock, so that state is not here."""
_UNANSWERED = frozenset(
    {
        PetitionState.ACCEPTED,
        PetitionState.DISPATCHED,
        PetitionState.IN_PROGRESS,
        PetitionState.RETURN_REQUESTED,
        PetitionState.BACKLOG_LISTED,
    }
)


class RunningClock(NamedTuple):
    """A deadline somebody is under.

    Attributes:
        clock: Which duty it times.
        due_at: Aware instant.
        unit: Whose, or None where it is not one unit's own.
        provisional: Whether a year it was counted in has no holiday notice yet: it may move.
    """

    clock: Clock
    due_at: datetime
    unit: str | None
    provisional: bool = False


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
        unit = assignment.unit
        for clock, due_at, met_at in (
            (Clock.SIGN, assignment.sign_due_at, assignment.signed_at),
            (Clock.CONTACT, assignment.contact_due_at, assignment.contacted_at),
            (Clock.PLAN, assignment.plan_due_at, assignment.planned_at),
        ):
            if due_at is not None and met_at is None:
                found.append(RunningClock(clock, due_at, unit))
    found += [
        RunningClock(Clock.REVIEW, review.due_at, None)
        for review in facts.reviews
        if review.due_at is not None and review.decided_at is None
    ]
    if facts.cycles:
        found.extend(_cycle_clocks(facts))
    if provisional := facts.provisional_dues:
        found = [each._replace(provisional=each.due_at in provisional) for each in found]
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
        found.extend(_delay_clocks(facts))
    if facts.state is PetitionState.ACCEPTED and cycle.dispatch_due_at is not None:
        found.append(RunningClock(Clock.DISPATCH, cycle.dispatch_due_at, None))
    if facts.state is PetitionState.BACKLOG_LISTED:
        review_due_at = facts.backlogs[-1].review_due_at
        if review_due_at is not None:
            found.append(RunningClock(Clock.BACKLOG, review_due_at, None))
    if facts.state is PetitionState.SUSPENDED and cycle.pause is not None:
        found.append(RunningClock(Clock.SUSPENSION, cycle.pause.until, None))
    called = facts.state is PetitionState.CALLBACK_PENDING or facts.parent_id is not None
    if called and cycle.callback_due_at is not None and cycle.closed_at is None:
        found.append(RunningClock(Clock.CALLBACK, cycle.callback_due_at, None))
    promise = open_promise(cycle, facts.changed_at)
    kept = facts.state in {PetitionState.CLOSED, PetitionState.ARCHIVED}
    if kept and promise is not None and promise.promise_due_at is not None:
        found.append(RunningClock(Clock.PROMISE, promise.promise_due_at, promise.unit))
    return found


def _delay_clocks(facts: PetitionFacts) -> list[RunningClock]:
    """Return what is owed because of a question to a leader, or of an explained delay."""
    cycle = facts.cycle
    found: list[RunningClock] = []
    question = facts.instruction
    if question is not None and question.due_at is not None:
        found.append(RunningClock(Clock.INSTRUCT, question.due_at, None))
    waiting = cycle.explanations[len(cycle.upward_reports) :]
    if waiting and waiting[0].report_by is not None:
        found.append(RunningClock(Clock.UPWARD_REPORT, waiting[0].report_by, None))
    report = cycle.upward_reports[-1] if cycle.upward_reports else None
    if report and report.acknowledge_by is not None and report.acknowledged_at is None:
        found.append(RunningClock(Clock.ACKNOWLEDGEMENT, report.acknowledge_by, None))
    return found
