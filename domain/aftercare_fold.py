"""Without this file promises, reviews, the archive and confidentiality would change no fact."""

from typing import assert_never

from domain import aftercare_events
from domain.life_facts import Retention, Review
from domain.petition_facts import PetitionFacts
from domain.recorded_deadlines import due_of
from domain.vocabulary import Clock, PetitionState, ReviewResult


def apply_aftercare(facts: PetitionFacts, event: aftercare_events.AnyAftercareEvent) -> None:
    """Change the facts by one aftercare event."""
    at = event.timestamp
    match event:
        case aftercare_events.PromiseKept():
            facts.cycle.replies[-1].promise_kept_at = at
        case aftercare_events.PromiseBroken():
            facts.cycle.replies[-1].promise_broken_at = at
        case aftercare_events.ReviewRequested():
            due_at = due_of(event.deadlines, Clock.REVIEW)
            facts.reviews.append(Review(event.level, len(facts.cycles), at, due_at))
        case aftercare_events.ReviewDecided():
            facts.reviews[-1].decided_at = at
            facts.reviews[-1].unit = event.unit
            facts.reviews[-1].result = event.result
            overturned = event.result is ReviewResult.OVERTURNED
            if overturned and facts.state is PetitionState.NOT_ACCEPTED:
                facts.refusal_lifted_at = at
                facts.state = PetitionState.REGISTERED
        case aftercare_events.Archived():
            facts.archived_at = at
            facts.state = PetitionState.ARCHIVED
        case aftercare_events.RetentionClassSet():
            facts.retention = Retention(event.retention_class, at, event.keep_until)
        case aftercare_events.Disposed():
            facts.disposed_at = at
        case aftercare_events.MarkedConfidential():
            facts.confidential = True
            facts.accused_unit = event.accused_unit or facts.accused_unit
        case _:
            assert_never(event)
