"""Whatever is asked of a petition, in whatever order, its facts and figures hold together."""

from datetime import datetime, timedelta
from functools import cache
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.counts import Counts, check_identities
from domain.intake_events import RecordCorrected
from domain.measures import MEASURES, Vector
from domain.metrics import judge, steps
from domain.petition_facts import PetitionFacts
from domain.petition_fold import fold_all
from domain.vocabulary import PetitionState
from ledger.codec import EventCodec
from tests.unit.command_driver import drive
from tests.unit.given_when_then import Story

CODEC = EventCodec()
LED = {PetitionState.DISPATCHED, PetitionState.IN_PROGRESS, PetitionState.RETURN_REQUESTED}
ANSWERED = {PetitionState.REPLIED, PetitionState.CALLBACK_PENDING}
EVERY_SEED = given(seed=st.integers(0, 2**32), hours=st.integers(-1, 60 * 24))
THOROUGHLY = settings(max_examples=300, deadline=None)


@cache
def _story(seed: int) -> Story:
    return drive(Random(seed))  # noqa: S311 - repeatable, no secret


def _instants(facts: PetitionFacts, hours: int) -> list[datetime]:
    ticks = [step.at for step in steps(facts)]
    return [facts.submitted_at + timedelta(hours=hours), *ticks]


@THOROUGHLY
@EVERY_SEED
def test_random_commands_leave_a_legal_petition(seed: int, hours: int) -> None:
    """One lead at most, one assignment per unit, an answer where the state says so."""
    del hours
    story = _story(seed)
    for length in range(1, len(story.history) + 1):
        facts = fold_all(story.history[:length])
        held = [order for order in facts.assignments if order.ended_at is None]
        assert sum(order.lead for order in held) <= 1
        assert len({order.unit for order in held}) == len(held)
        assert (facts.lead is not None) or facts.state not in LED
        if facts.state in ANSWERED:
            assert facts.cycle.replies[-1].returned_at is None
        if facts.state in {PetitionState.CLOSED, PetitionState.VOIDED}:
            assert not held
    times = [event.timestamp for event in story.history]
    assert times == sorted(times)
    assert [event.originator_version for event in story.history] == list(range(1, len(times) + 1))


@THOROUGHLY
@EVERY_SEED
def test_random_commands_give_the_same_facts_after_storing(seed: int, hours: int) -> None:
    """Folding what was stored equals folding what was decided."""
    del hours
    story = _story(seed)
    restored = []
    for event in story.history:
        stored = CODEC.encode(event)
        restored.append(
            CODEC.decode(
                stored.topic,
                stored.schema_version,
                stored.originator_id,
                stored.version,
                stored.occurred_at,
                stored.payload,
            )
        )
    assert fold_all(restored) == story.facts  # type: ignore[arg-type]


@THOROUGHLY
@EVERY_SEED
def test_random_commands_keep_steps_verdicts_and_identities(seed: int, hours: int) -> None:
    """Steps up to T sum to the verdict at T, and every identity of the domain holds there."""
    facts = _story(seed).facts
    for as_of in _instants(facts, hours):
        sums: dict[str, list[int]] = {}
        for at, unit, delta in steps(facts):
            if at <= as_of:
                row = sums.setdefault(unit, [0] * len(MEASURES))
                for place, change in delta:
                    row[place] += change
        judged = judge(facts, as_of)
        assert {unit: tuple(row) for unit, row in sums.items() if any(row)} == _nonzero(judged)
        for vector in judged.values():
            check_identities(Counts(vector))


@THOROUGHLY
@EVERY_SEED
def test_random_commands_are_judged_as_of_then_as_they_were_judged_then(
    seed: int, hours: int
) -> None:
    """Facts dated later change no earlier verdict, unless a corrected type moves the due."""
    story = _story(seed)
    for event in story.history:
        if isinstance(event, RecordCorrected) and event.field == "petition_type":
            return
    facts = story.facts
    for as_of in _instants(facts, hours):
        known = [event for event in story.history if event.timestamp <= as_of]
        before = judge(fold_all(known), as_of) if known else {}
        assert _nonzero(judge(facts, as_of)) == _nonzero(before)


def _nonzero(judged: dict[str, Vector]) -> dict[str, Vector]:
    return {unit: vector for unit, vector in judged.items() if any(vector)}
