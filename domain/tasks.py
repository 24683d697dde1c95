"""Without this file a clerk would not know what to do next, nor by when."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple, assert_never

from domain.measures import UNDISPATCHED
from domain.petition_facts import Assignment, PetitionFacts
from domain.standing import effective_due
from domain.vocabulary import Labelled, PetitionState

HUB = UNDISPATCHED
"""Unit key of the hub's own work."""

_LATEST = datetime.max.replace(tzinfo=UTC)


class TaskKind(Labelled):
    """What somebody owes next; the stored value never changes."""

    TO_ACCEPT = "to_accept", "待受理", "to accept"
    TO_SUPPLEMENT = "to_supplement", "待补正", "awaiting supplement"
    TO_DISPATCH = "to_dispatch", "待派单", "to dispatch"
    TO_SIGN = "to_sign", "待签收", "to sign"
    TO_CONTACT = "to_contact", "待联系", "to contact"
    TO_HANDLE = "to_handle", "待办", "to handle"
    TO_REPORT = "to_report", "协办", "to report"
    TO_DECIDE_RETURN = "to_decide_return", "退单待审", "to decide return"
    TO_DECIDE_EXTENSION = "to_decide_extension", "延期待审", "to decide extension"
    TO_INFORM = "to_inform", "待告知延期", "to inform of delay"
    TO_REVIEW = "to_review", "待审核", "to review"
    TO_CALL_BACK = "to_call_back", "待回访", "to call back"
    TO_CLOSE = "to_close", "待办结", "to close"
    TO_VERIFY_WITHDRAWAL = "to_verify_withdrawal", "撤回待核实", "to verify withdrawal"


class Task(NamedTuple):
    """One thing one unit owes.

    Attributes:
        unit: Code of the unit, ``HUB`` for the hub.
        kind: What is owed.
        due_at: Aware instant, or None where no clock runs.
        since: Aware instant from which it is owed.
    """

    unit: str
    kind: TaskKind
    due_at: datetime | None
    since: datetime


def tasks(facts: PetitionFacts) -> list[Task]:
    """Return what is owed for a petition, by whom and by when.

    Pure; at most one task of a kind per unit, none once the petition has ended.
    """
    owed: dict[tuple[str, TaskKind], Task] = {}
    for task in _owed(facts):
        owed.setdefault((task.unit, task.kind), task)
    return list(owed.values())


def _owed(facts: PetitionFacts) -> Iterator[Task]:  # noqa: C901
    match facts.state:
        case PetitionState.SUBMITTED | PetitionState.REGISTERED:
            deadline = facts.accept_deadline
            due_at = None if deadline is None else deadline.due_at
            yield Task(HUB, TaskKind.TO_ACCEPT, due_at, facts.submitted_at)
        case PetitionState.NEEDS_SUPPLEMENT:
            since = facts.supplement_requested_at or facts.changed_at
            yield Task(HUB, TaskKind.TO_SUPPLEMENT, facts.supplement_due_at, since)
        case PetitionState.ACCEPTED:
            since = facts.cycle.started_at
            for assignment in facts.assignments:
                since = max(since, assignment.ended_at or since)
            yield Task(HUB, TaskKind.TO_DISPATCH, _reply_due(facts), since)
        case PetitionState.DISPATCHED | PetitionState.IN_PROGRESS:
            yield from _owed_by_units(facts)
            yield from _owed_for_extensions(facts)
        case PetitionState.RETURN_REQUESTED:
            yield Task(HUB, TaskKind.TO_DECIDE_RETURN, _reply_due(facts), facts.state_since)
            yield from _owed_by_co_handlers(facts)
        case PetitionState.REPLIED:
            yield Task(HUB, TaskKind.TO_REVIEW, None, facts.cycle.replies[-1].replied_at)
        case PetitionState.CALLBACK_PENDING:
            called = not facts.cycle.callback_required or bool(facts.cycle.callback_answers)
            kind = TaskKind.TO_CLOSE if called else TaskKind.TO_CALL_BACK
            yield Task(HUB, kind, facts.cycle.callback_due_at, facts.state_since)
        case PetitionState.WITHDRAWN:
            withdrawal = facts.withdrawals[-1]
            if withdrawal.checked_at is None:
                kind = TaskKind.TO_VERIFY_WITHDRAWAL
                yield Task(HUB, kind, None, withdrawal.withdrawn_at)
        case (
            PetitionState.CLOSED
            | PetitionState.NOT_ACCEPTED
            | PetitionState.REFERRED_OUT
            | PetitionState.VOIDED
        ):
            pass
        case _:
            assert_never(facts.state)


def _owed_by_units(facts: PetitionFacts) -> Iterator[Task]:
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
            yield Task(assignment.unit, TaskKind.TO_HANDLE, _reply_due(facts), since)
        yield from _owed_contact(assignment)
    yield from _owed_by_co_handlers(facts)


def _owed_by_co_handlers(facts: PetitionFacts) -> Iterator[Task]:
    for assignment in facts.assignments:
        if assignment.lead or assignment.ended_at is not None:
            continue
        unit, since = assignment.unit, assignment.dispatched_at
        if assignment.signed_at is None:
            yield Task(unit, TaskKind.TO_SIGN, assignment.sign_due_at, since)
        elif assignment.reported_at is None:
            yield Task(unit, TaskKind.TO_REPORT, _reply_due(facts), assignment.signed_at)
        yield from _owed_contact(assignment)


def _owed_contact(assignment: Assignment) -> Iterator[Task]:
    if assignment.contacted_at is None and assignment.contact_due_at is not None:
        unit, due_at = assignment.unit, assignment.contact_due_at
        yield Task(unit, TaskKind.TO_CONTACT, due_at, assignment.dispatched_at)


def _owed_for_extensions(facts: PetitionFacts) -> Iterator[Task]:
    if not facts.cycle.extensions or facts.lead is None:
        return
    last = facts.cycle.extensions[-1]
    if last.granted_at is None and last.refused_at is None:
        yield Task(HUB, TaskKind.TO_DECIDE_EXTENSION, _reply_due(facts), last.requested_at)
    elif last.granted_at is not None and last.told_at is None:
        yield Task(facts.lead.unit, TaskKind.TO_INFORM, last.inform_by, last.granted_at)


def _reply_due(facts: PetitionFacts) -> datetime | None:
    return effective_due(facts.cycle, _LATEST)
