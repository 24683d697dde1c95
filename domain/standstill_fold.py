"""Without this file a suspension, the backlog or a recounted due would change no fact."""

from typing import assert_never

from domain import standstill_events
from domain.cycle_facts import DueMove, Pause
from domain.life_facts import Backlog, BacklogTerm
from domain.petition_facts import PetitionFacts
from domain.recorded_deadlines import due_of
from domain.standing import latest_deadlines
from domain.vocabulary import Clock, DueCause, PetitionState


def apply_standstill(facts: PetitionFacts, event: standstill_events.AnyStandstillEvent) -> None:
    """Change the facts by one standstill event."""
    at = event.timestamp
    match event:
        case standstill_events.Suspended():
            until = due_of(event.deadlines, Clock.SUSPENSION)
            facts.cycle.pauses.append(Pause(at, until or at, event.reason))
            facts.state = PetitionState.SUSPENDED
        case standstill_events.Resumed():
            _resume(facts, event)
            facts.state = PetitionState.IN_PROGRESS
        case standstill_events.BacklogListed():
            review_due_at = due_of(event.deadlines, Clock.BACKLOG)
            listed = Backlog(at, event.promised_at, review_due_at, unit=event.unit)
            listed.terms = [BacklogTerm(at, event.promised_at, review_due_at)]
            facts.backlogs.append(listed)
            facts.state = PetitionState.BACKLOG_LISTED
        case standstill_events.BacklogReviewed():
            listed = facts.backlogs[-1]
            listed.reviewed_at = at
            listed.promised_at = event.promised_at
            listed.review_due_at = due_of(event.deadlines, Clock.BACKLOG)
            listed.terms.append(BacklogTerm(at, listed.promised_at, listed.review_due_at))
        case standstill_events.BacklogCleared():
            facts.backlogs[-1].cleared_at = at
            facts.state = PetitionState.IN_PROGRESS
        case standstill_events.DeadlineRecomputed():
            _recompute(facts, event)
        case _:
            assert_never(event)


def _resume(facts: PetitionFacts, event: standstill_events.Resumed) -> None:
    pause = facts.cycle.pauses[-1]
    pause.resumed_at = event.timestamp
    if not event.deadlines:
        return
    original, effective = event.deadlines
    facts.cycle.moves.append(
        DueMove(
            event.timestamp,
            DueCause.PAUSE,
            original,
            effective,
            paused_at=pause.suspended_at,
            resumed_at=pause.ended_at,
        )
    )


def _recompute(facts: PetitionFacts, event: standstill_events.DeadlineRecomputed) -> None:
    if event.clock is Clock.ACCEPT:
        facts.accept_deadline = event.new
        return
    original = event.original or latest_deadlines(facts.cycle).original
    facts.cycle.moves.append(DueMove(event.timestamp, DueCause.RECOUNT, original, event.new))
