"""Without this file nobody could tell what each unit owes of a petition that is being handled."""

from collections.abc import Iterator
from datetime import UTC, datetime

from domain.petition_facts import Assignment, PetitionFacts
from domain.standing import effective_due, open_promise
from domain.task import HUB, Task, TaskKind

_LATEST = datetime.max.replace(tzinfo=UTC)


def owed_by_units(facts: PetitionFacts) -> Iterator[Task]:
    """Yield what units owe: the lead, then the co-handlers; pure."""
    for assignment in facts.assignments:
        if assignment.ended_at is not None or not assignment.lead:
            continue
        since = assignment.dispatched_at
        if assignment.signed_at is None and not facts.imported:
            yield Task(assignment.unit, TaskKind.TO_SIGN, assignment.sign_due_at, since)
        else:
            if facts.cycle.replies:
                since = facts.cycle.replies[-1].returned_at or since
            since = max(since, assignment.signed_at or since)
            yield Task(assignment.unit, TaskKind.TO_HANDLE, reply_due(facts), since)
        yield from _owed_contact(assignment)
    yield from owed_by_co_handlers(facts)


def owed_by_co_handlers(facts: PetitionFacts) -> Iterator[Task]:
    """Yield what co-handlers owe; pure."""
    for assignment in facts.assignments:
        if assignment.lead or assignment.ended_at is not None:
            continue
        unit, since = assignment.unit, assignment.dispatched_at
        if assignment.signed_at is None:
            yield Task(unit, TaskKind.TO_SIGN, assignment.sign_due_at, since)
        elif assignment.reported_at is None:
            yield Task(unit, TaskKind.TO_REPORT, reply_due(facts), assignment.signed_at)
        yield from _owed_contact(assignment)


def _owed_contact(assignment: Assignment) -> Iterator[Task]:
    if assignment.contacted_at is None and assignment.contact_due_at is not None:
        unit, due_at = assignment.unit, assignment.contact_due_at
        yield Task(unit, TaskKind.TO_CONTACT, due_at, assignment.dispatched_at)


def owed_for_extensions(facts: PetitionFacts) -> Iterator[Task]:
    """Yield what the last extension waits for; pure."""
    if not facts.cycle.extensions or facts.lead is None:
        return
    last = facts.cycle.extensions[-1]
    if last.granted_at is None and last.refused_at is None:
        yield Task(HUB, TaskKind.TO_DECIDE_EXTENSION, reply_due(facts), last.requested_at)
    elif last.granted_at is not None and last.told_at is None:
        yield Task(facts.lead.unit, TaskKind.TO_INFORM, last.inform_by, last.granted_at)


def owed_for_delays(facts: PetitionFacts) -> Iterator[Task]:
    """Yield what a question to a leader or an explained delay waits for; pure."""
    question = facts.instruction
    if question is not None:
        yield Task(HUB, TaskKind.TO_INSTRUCT, question.due_at, question.sought_at)
    lead, cycle = facts.lead, facts.cycle
    for explanation in cycle.explanations:
        if explanation.told_at is None and lead is not None:
            since = explanation.explained_at
            yield Task(lead.unit, TaskKind.TO_INFORM, explanation.inform_by, since)
    for explanation in cycle.explanations[len(cycle.upward_reports) :]:
        if explanation.report_by is not None:
            since = explanation.explained_at
            yield Task(HUB, TaskKind.TO_REPORT_UPWARD, explanation.report_by, since)


def owed_to_merged(facts: PetitionFacts) -> Iterator[Task]:
    """Yield the callback of a merged petition, once its petitioner has the common answer."""
    if not facts.cycles or not facts.cycle.replies or facts.cycle.replies[-1].approved_at is None:
        return
    if facts.cycle.callback_required and not facts.cycle.callback_answers:
        since = facts.cycle.replies[-1].approved_at
        yield Task(HUB, TaskKind.TO_CALL_BACK, facts.cycle.callback_due_at, since)


def owed_after_the_end(facts: PetitionFacts) -> Iterator[Task]:
    """Yield what reviews and promises wait for; pure."""
    for review in facts.reviews:
        if review.decided_at is None and review.cycle == len(facts.cycles):
            yield Task(HUB, TaskKind.TO_DECIDE_REVIEW, review.due_at, review.asked_at)
    if not facts.cycles:
        return
    promise = open_promise(facts.cycle, facts.changed_at)
    if promise is not None and facts.parent_id is None:
        since = facts.cycle.closed_at or facts.changed_at
        yield Task(promise.unit, TaskKind.TO_KEEP_PROMISE, promise.promise_due_at, since)


def reply_due(facts: PetitionFacts) -> datetime | None:
    """Return the due of the reply with all that has moved it; pure."""
    return effective_due(facts.cycle, _LATEST)
