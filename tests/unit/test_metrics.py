"""Tests of what a petition counts for, and of the instants at which that changes."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.measures import MEASURES, Vector
from domain.metrics import judge, steps
from domain.petition_facts import PetitionFacts
from domain.petition_fold import fold_all
from domain.step_outline import outline
from domain.verdicts import Verdicts
from domain.vocabulary import PetitionType
from tests.histories import START, draw_history

PETITION = UUID(int=1)
TICK = timedelta(microseconds=1)


def _summed(facts: PetitionFacts, as_of: datetime) -> dict[str, Vector]:
    """Return the sums of the steps up to an instant, without rows of zeros."""
    sums: dict[str, list[int]] = {}
    for at, unit, delta in steps(facts):
        if at <= as_of:
            row = sums.setdefault(unit, [0] * len(MEASURES))
            for place, change in delta:
                row[place] += change
    return {unit: tuple(row) for unit, row in sums.items() if any(row)}


def _judged(facts: PetitionFacts, as_of: datetime) -> dict[str, Vector]:
    return {unit: vector for unit, vector in judge(facts, as_of).items() if any(vector)}


@settings(max_examples=400, deadline=None)
@given(random=st.randoms(use_true_random=False), hours=st.integers(-1, 24 * 60))
def test_steps_sum_to_the_verdict_at_every_instant(random: Random, hours: int) -> None:
    """Steps up to T add up to the verdict at T, whatever T and whatever the history."""
    facts = fold_all(draw_history(random, PETITION))
    instants = outline(facts, "").instants
    for as_of in (START + timedelta(hours=hours), *instants, *(at - TICK for at in instants)):
        assert _summed(facts, as_of) == _judged(facts, as_of)


@settings(max_examples=100, deadline=None)
@given(random=st.randoms(use_true_random=False), hours=st.integers(-1, 24 * 60))
def test_remembered_verdicts_are_the_judged_ones(random: Random, hours: int) -> None:
    """Whichever petition with its outline was judged, each counts for what it would alone."""
    histories = [draw_history(random, PETITION) for _ in range(3)]
    petitions = [fold_all(history) for history in histories]
    commendation = fold_all(histories[0])
    commendation.petition_type = PetitionType.COMMENDATION
    instants = outline(petitions[0], "").instants
    for as_of in (START + timedelta(hours=hours), *instants, *(at - TICK for at in instants)):
        verdicts = Verdicts(as_of)
        for facts in (*petitions, commendation, *petitions):
            assert dict(verdicts.of(facts)) == judge(facts, as_of)


def test_remembered_verdict_is_told_apart_by_what_had_happened() -> None:
    """One outline before and after its last instants is two verdicts."""
    early = fold_all(draw_history(Random(4), PETITION))  # noqa: S311 - repeatable, no secret
    last = max(outline(early, "").instants)
    verdicts = Verdicts(last)
    for days in (0, 40, 400):
        start = START + timedelta(days=days)
        facts = fold_all(draw_history(Random(4), PETITION, start=start))  # noqa: S311 - as above
        assert dict(verdicts.of(facts)) == judge(facts, last)


@settings(max_examples=200, deadline=None)
@given(random=st.randoms(use_true_random=False))
def test_verdict_keeps_the_identities(random: Random) -> None:
    """No numerator exceeds its denominator, and base, withdrawn and voided part the accepted."""
    facts = fold_all(draw_history(random, PETITION))
    for as_of in outline(facts, "").instants:
        counts = [
            dict(zip(MEASURES, vector, strict=True)) for vector in judge(facts, as_of).values()
        ]
        for row in counts:
            for name in MEASURES:
                if name.endswith("_n"):
                    assert 0 <= row[name] <= row[f"{name[:-2]}_d"]
            assert row["closed"] <= row["base"]


def test_steps_are_the_same_when_dates_and_units_differ() -> None:
    """Two petitions with one outline get the same deltas at their own instants and units."""
    first = fold_all(draw_history(Random(4), PETITION))  # noqa: S311 - repeatable, no secret
    moved = fold_all(draw_history(Random(4), PETITION, start=START + timedelta(days=400)))  # noqa: S311 - as above
    assert [step.delta for step in steps(first)] == [step.delta for step in steps(moved)]
    assert [step.at + timedelta(days=400) for step in steps(first)] == [
        step.at for step in steps(moved)
    ]


def test_commendation_has_no_steps() -> None:
    """A commendation never enters a rate."""
    facts = fold_all(draw_history(Random(4), PETITION))  # noqa: S311 - repeatable, no secret
    facts.petition_type = PetitionType.COMMENDATION
    assert steps(facts) == []
