"""Without this file replies, callbacks, closings and withdrawals would change no fact."""

from typing import assert_never

from domain import closing_events
from domain.assignment_fold import end_assignments, resume_lead, state_to_handle
from domain.cycle_facts import Answer, Cycle, Reply
from domain.life_facts import Withdrawal
from domain.petition_facts import PetitionFacts
from domain.recorded_deadlines import deadline_of, due_of
from domain.vocabulary import Clock, PetitionState, WithdrawalCheck


def apply_closing(  # noqa: C901 - one case per event
    facts: PetitionFacts, event: closing_events.AnyClosingEvent
) -> None:
    """Change the facts by one closing event."""
    at = event.timestamp
    match event:
        case closing_events.ReplyApproved():
            facts.cycle.replies[-1].approved_at = at
            facts.cycle.callback_due_at = due_of(event.deadlines, Clock.CALLBACK)
            facts.cycle.callback_required = event.callback_required
            facts.cycle.replies[-1].callback_required = event.callback_required
            facts.state = PetitionState.CALLBACK_PENDING
        case closing_events.Closed():
            facts.cycle.closed_at = at
            facts.cycle.basis = event.basis
            facts.cycle.reopen_until = event.reopen_until
            end_assignments(facts, at)
            facts.state = PetitionState.CLOSED
        case closing_events.ReplySubmitted():
            facts.cycle.replies.append(Reply(at, event.unit, event.outcome, event.promise_due_at))
            _count_as_contact(facts, event)
            facts.state = PetitionState.REPLIED
        case closing_events.Rated():
            facts.cycle.answers.append(
                Answer(
                    at,
                    None,
                    event.satisfaction,
                    by_callback=False,
                    third_party=False,
                    petitioner=event.petitioner_id,
                )
            )
        case closing_events.CallbackCompleted():
            facts.cycle.answers.append(
                Answer(
                    at,
                    event.resolution,
                    event.satisfaction,
                    by_callback=True,
                    third_party=event.third_party,
                    petitioner=event.petitioner_id,
                )
            )
        case closing_events.CallbackAttempted():
            facts.cycle.attempts.append((at, event.result))
        case closing_events.ReplyReturned() | closing_events.ReworkOrdered():
            facts.cycle.replies[-1].returned_at = at
            facts.state = state_to_handle(facts)
        case closing_events.Reopened():
            deadline = deadline_of(event.deadlines, Clock.REPLY)
            facts.cycles.append(Cycle(at, deadline, reopened_for=event.reason))
            resume_lead(facts, at)
            facts.state = state_to_handle(facts)
        case closing_events.Escalated():
            facts.escalation_level = event.level
        case (
            closing_events.Withdrawn()
            | closing_events.WithdrawalVerified()
            | closing_events.WithdrawalContested()
        ):
            _apply_withdrawal(facts, event)
        case _:
            assert_never(event)


def _count_as_contact(facts: PetitionFacts, event: closing_events.ReplySubmitted) -> None:
    """Count a reply as the unit's first contact where there was none (domain.md §5)."""
    assignment = facts.open_assignment(event.unit)
    if assignment is not None and assignment.contacted_at is None:
        assignment.contacted_at = event.timestamp


def _apply_withdrawal(
    facts: PetitionFacts,
    event: closing_events.Withdrawn
    | closing_events.WithdrawalVerified
    | closing_events.WithdrawalContested,
) -> None:
    at = event.timestamp
    match event:
        case closing_events.Withdrawn():
            facts.withdrawals.append(Withdrawal(at, event.asked_by_unit, state_before=facts.state))
            facts.state = PetitionState.WITHDRAWN
        case closing_events.WithdrawalVerified():
            facts.withdrawals[-1].checked_at = at
            facts.withdrawals[-1].check = WithdrawalCheck.VERIFIED
            end_assignments(facts, at)
        case closing_events.WithdrawalContested():
            facts.withdrawals[-1].checked_at = at
            facts.withdrawals[-1].check = WithdrawalCheck.CONTESTED
            facts.state = facts.withdrawals[-1].state_before
        case _:
            assert_never(event)
