"""Without this file a clerk would not know what to do next, nor by when."""

from collections.abc import Iterator
from typing import assert_never

from domain.duties import (
    owed_after_the_end,
    owed_by_co_handlers,
    owed_by_units,
    owed_for_delays,
    owed_for_extensions,
    owed_to_merged,
    reply_due,
)
from domain.petition_facts import PetitionFacts
from domain.task import HUB, Task, TaskKind
from domain.vocabulary import PetitionState


def tasks(facts: PetitionFacts) -> list[Task]:
    """Return what is owed for a petition, by whom and by when.

    Pure; at most one task of a kind per unit, none once the petition has ended.
    """
    owed: dict[tuple[str, TaskKind], Task] = {}
    for task in _owed(facts):
        owed.setdefault((task.unit, task.kind), task)
    return list(owed.values())


def _owed(  # noqa: C901, PLR0912 - one case per state
    facts: PetitionFacts,
) -> Iterator[Task]:
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
            yield Task(HUB, TaskKind.TO_DISPATCH, reply_due(facts), since)
        case PetitionState.DISPATCHED | PetitionState.IN_PROGRESS:
            yield from owed_by_units(facts)
            yield from owed_for_extensions(facts)
            yield from owed_for_delays(facts)
        case PetitionState.RETURN_REQUESTED:
            yield Task(HUB, TaskKind.TO_DECIDE_RETURN, reply_due(facts), facts.state_since)
            yield from owed_by_co_handlers(facts)
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
        case PetitionState.SUSPENDED:
            pause = facts.cycle.pause
            until = None if pause is None else pause.until
            yield Task(HUB, TaskKind.TO_RESUME, until, facts.state_since)
        case PetitionState.BACKLOG_LISTED:
            listed = facts.backlogs[-1]
            since = listed.reviewed_at or listed.listed_at
            yield Task(HUB, TaskKind.TO_REVIEW_BACKLOG, listed.review_due_at, since)
        case PetitionState.MERGED:
            yield from owed_to_merged(facts)
        case PetitionState.CLOSED | PetitionState.NOT_ACCEPTED:
            yield from owed_after_the_end(facts)
        case (
            PetitionState.ARCHIVED
            | PetitionState.REFERRED_OUT
            | PetitionState.SPLIT
            | PetitionState.VOIDED
        ):
            pass
        case _:
            assert_never(facts.state)
