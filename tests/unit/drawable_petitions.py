"""Petitions that wait for their callback, for decisions that draw from them."""

from datetime import timedelta
from uuid import UUID

from domain.cycle_facts import Answer, Cycle, Reply
from domain.petition_facts import PetitionFacts
from domain.vocabulary import (
    Channel,
    Outcome,
    PetitionState,
    PetitionType,
    Resolution,
    Satisfaction,
)
from tests.unit.given_when_then import DAY, START

APPROVED_AT = START - DAY
SEED = "5a" * 32


def waiting(
    number: int,
    unit: str = "bureau",
    outcome: Outcome = Outcome.RESOLVED,
    approved_before: timedelta = timedelta(0),
) -> PetitionFacts:
    """Return a petition with an approved reply of a unit that nobody was called about."""
    at = APPROVED_AT - approved_before
    replies = [Reply(at - DAY, unit, outcome, approved_at=at)]
    return PetitionFacts(
        petition_id=UUID(int=number),
        version=9,
        state=PetitionState.CALLBACK_PENDING,
        state_since=at,
        submitted_at=at - 2 * DAY,
        changed_at=at,
        channel=Channel.HOTLINE,
        petition_type=PetitionType.APPEAL,
        cycles=[Cycle(at - 2 * DAY, None, replies=replies)],
    )


def answered(
    facts: PetitionFacts,
    satisfaction: Satisfaction,
    resolution: Resolution = Resolution.RESOLVED,
    *,
    third_party: bool = False,
    after: timedelta = 3 * DAY,
) -> PetitionFacts:
    """Answer a callback about a petition and return it."""
    facts.cycle.answers.append(
        Answer(
            APPROVED_AT + after,
            resolution,
            satisfaction,
            by_callback=True,
            third_party=third_party,
        )
    )
    return facts
