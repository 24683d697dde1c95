"""Without this file a sample could be weighted, or its error computed, wrongly."""

from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import comb
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.life_facts import Withdrawal
from domain.petition_facts import PetitionFacts
from domain.rate import Rate
from domain.sample import Sample
from domain.sample_report import report_sample
from domain.sample_responses import Silence, read_response
from domain.sampling_frame import SamplePurpose
from domain.survey_estimate import StratumTally, estimate_share
from domain.vocabulary import CallbackResult, PetitionState, Resolution, Satisfaction
from domain.wilson import Interval, printed, wilson
from tests.unit.drawable_petitions import APPROVED_AT, answered, waiting
from tests.unit.given_when_then import DAY
from tests.unit.resource_story import COMMIT_SAMPLE, DRAW_SAMPLE, Life

CALLBACK, SURVEY = SamplePurpose.CALLBACK, SamplePurpose.SURVEY


def test_estimate_of_two_strata_is_the_hand_computed_one() -> None:
    """8 of 10 out of 100 and 5 of 5 out of 50.

    p = 100/150 · 0.8 + 50/150 · 1 = 13/15. Variance: (2/3)² · 0.9 · 0.16/9 = 8/1125, the
    second stratum adds 0. Effective size: (13/15 · 2/15) / (8/1125) = 16.25.
    """
    strata = [StratumTally("a", 100, 10, 10, 8), StratumTally("b", 50, 6, 5, 5)]
    estimate = estimate_share(strata, 150)
    assert estimate.share == Fraction(13, 15)
    assert estimate.variance == Fraction(8, 1125)
    assert (estimate.printed, estimate.error_points) == ("86.67", "8.43")
    assert estimate.interval is not None
    # z² = 3.841459: centre (0.866667 + 0.118199) / 1.236397, half-width 0.164345.
    lower, upper = estimate.interval
    assert (printed(lower), printed(upper)) == ("63.22", "96.09")
    assert estimate.response_rate == Rate(15, 16)
    assert estimate.coverage == Rate(150, 150)


def test_unweighted_share_is_not_what_is_estimated() -> None:
    """9 of 10 in a unit of 900 and 1 of 10 in a unit of 100: 82 %, not 50 %."""
    strata = [StratumTally("a", 900, 10, 10, 9), StratumTally("b", 100, 10, 10, 1)]
    assert estimate_share(strata, 1000).printed == "82.00"


def test_finite_population_narrows_the_draw_of_ezhou() -> None:
    """1,600 of 1,687 drawn out of 6,483: 94.84 %; 26.02 % drawn leaves 73.98 % of the variance.

    (1 − 1687/6483) · (1600/1687)(87/1687)/1686 = 0.00002146123 → 0.46 points.
    """
    estimate = estimate_share([StratumTally("", 6483, 1687, 1687, 1600)], 6483)
    assert estimate.printed == "94.84"
    assert estimate.variance is not None
    assert round(estimate.variance * 10**11) == 2_146_123
    assert estimate.error_points == "0.46"
    assert Rate(1687, 6483).percent() == "26.02"


def test_estimate_is_exact_when_everybody_answered() -> None:
    """A census has no error: the interval is the share."""
    estimate = estimate_share([StratumTally("", 4, 4, 4, 3)], 4)
    assert estimate.variance == Fraction(0)
    assert estimate.error_points == "0.00"
    assert estimate.interval == Interval(Decimal("0.75"), Decimal("0.75"))


def test_strata_of_one_mind_still_have_an_interval() -> None:
    """10 of 10 satisfied out of 100: not 100 % for sure.

    The effective size is 1 / (0.9/9) = 10, so that the limit is Wilson's of 10/10.
    """
    estimate = estimate_share([StratumTally("", 100, 10, 10, 10)], 100)
    assert estimate.printed == "100.00"
    assert estimate.interval is not None
    assert printed(estimate.interval.lower) == printed(wilson(Rate(10, 10)).lower) == "72.25"
    split = [StratumTally("a", 50, 5, 5, 5), StratumTally("b", 50, 5, 5, 0)]
    assert estimate_share(split, 100).interval is not None
    assert estimate_share(split, 100).interval != Interval(Decimal("0.5"), Decimal("0.5"))


def test_stratum_with_one_answer_leaves_the_error_open() -> None:
    """One answer of twenty has no spread; of one petition it is all there is."""
    alone = estimate_share([StratumTally("", 20, 2, 1, 1)], 20)
    assert (alone.printed, alone.variance, alone.interval) == ("100.00", None, None)
    whole = estimate_share([StratumTally("", 1, 1, 1, 1)], 1)
    assert whole.interval == Interval(Decimal(1), Decimal(1))


def test_stratum_without_answer_is_not_covered() -> None:
    """The estimate is about those who were heard, and says of how many."""
    strata = [StratumTally("a", 60, 6, 6, 3), StratumTally("b", 40, 4, 0, 0)]
    estimate = estimate_share(strata, 120)
    assert estimate.printed == "50.00"
    assert estimate.coverage == Rate(60, 120)
    assert estimate.response_rate == Rate(6, 10)
    nobody = estimate_share([StratumTally("b", 40, 4, 0, 0)], 40)
    assert (nobody.share, nobody.printed, nobody.interval) == (None, None, None)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(2, 5), st.integers(0, 5), st.integers(2, 5)),
        min_size=1,
        max_size=2,
    )
)
def test_estimate_is_unbiased_and_so_is_its_variance(plan: list[tuple[int, int, int]]) -> None:
    """Over every possible draw the mean is the truth, and the mean variance the spread.

    Checked by counting all draws of small populations, in exact fractions.
    """
    populations = [[1] * min(hits, size) + [0] * (size - min(hits, size)) for size, hits, _ in plan]
    sizes = [min(drawn, size) for size, _, drawn in plan]
    total = sum(map(len, populations))
    truth = Fraction(sum(map(sum, populations)), total)
    mean = square = expected = Fraction(0)
    draws: list[tuple[Fraction, list[StratumTally]]] = [(Fraction(1), [])]
    for place, (people, size) in enumerate(zip(populations, sizes, strict=True)):
        chance = Fraction(1, comb(len(people), size))
        draws = [
            (weight * chance, [*tallies, StratumTally(str(place), len(people), size, size, sum(d))])
            for weight, tallies in draws
            for d in combinations(people, size)
        ]
    for weight, tallies in draws:
        estimate = estimate_share(tallies, total)
        assert estimate.share is not None
        assert estimate.variance is not None
        mean += weight * estimate.share
        square += weight * estimate.share**2
        expected += weight * estimate.variance
    assert mean == truth
    assert expected == square - mean**2


def tried(facts: PetitionFacts, *results: CallbackResult) -> PetitionFacts:
    """Try to call back about a petition and return it."""
    facts.cycle.attempts.extend((APPROVED_AT + DAY, result) for result in results)
    return facts


def in_state(facts: PetitionFacts, state: PetitionState) -> PetitionFacts:
    """Put a petition into a state and return it."""
    if state is PetitionState.WITHDRAWN:
        facts.withdrawals.append(Withdrawal(APPROVED_AT + DAY, asked_by_unit=False))
    if state is PetitionState.CLOSED:
        facts.cycle.closed_at = APPROVED_AT + DAY
    facts.state = state
    return facts


@pytest.mark.parametrize(
    ("after", "silence"),
    [
        (waiting(1), Silence.NOT_ASKED),
        (tried(waiting(1), CallbackResult.NO_REPLY), Silence.UNREACHABLE),
        (tried(waiting(1), CallbackResult.WRONG_CONTACT), Silence.UNREACHABLE),
        (tried(waiting(1), CallbackResult.NO_REPLY, CallbackResult.DECLINED), Silence.REFUSED),
        (answered(waiting(1), Satisfaction.NO_ANSWER, Resolution.NO_ANSWER), Silence.REFUSED),
        (in_state(waiting(1), PetitionState.WITHDRAWN), Silence.WITHDRAWN),
        (in_state(waiting(1), PetitionState.VOIDED), Silence.ENDED),
        (in_state(waiting(1), PetitionState.MERGED), Silence.ENDED),
        (in_state(waiting(1), PetitionState.CLOSED), Silence.CLOSED_UNASKED),
        (
            answered(waiting(1), Satisfaction.SATISFIED, third_party=True),
            Silence.NOT_ASKED,
        ),
    ],
)
def test_petition_without_answer_keeps_the_reason(after: PetitionFacts, silence: Silence) -> None:
    """Nobody who was drawn vanishes; a third party's answer is none to the office."""
    assert read_response(waiting(1), after, CALLBACK).silence is silence


def test_first_answer_since_the_frame_counts() -> None:
    """What was answered before, and what is asked again after rework, is not the response."""
    before = answered(waiting(1), Satisfaction.DISSATISFIED, third_party=True)
    after = answered(waiting(1), Satisfaction.DISSATISFIED, third_party=True)
    answered(after, Satisfaction.NO_ANSWER, Resolution.PARTLY)
    answered(after, Satisfaction.SATISFIED)
    response = read_response(before, after, CALLBACK)
    assert (response.satisfaction, response.resolution) == (
        Satisfaction.NO_ANSWER,
        Resolution.PARTLY,
    )
    assert read_response(before, after, SURVEY).silence is Silence.NOT_ASKED


def test_report_of_a_sample_counts_answers_by_question_and_silence() -> None:
    """bureau: satisfied and nobody; roads: basically satisfied but unresolved, and refused."""
    life = Life().do(COMMIT_SAMPLE, DRAW_SAMPLE)
    sample = life.aggregate
    assert isinstance(sample, Sample)
    first, second = sample.drawn["bureau"]
    third, fourth = sample.drawn["roads"]
    basically = Satisfaction.BASICALLY_SATISFIED
    after = [
        answered(_at(first), Satisfaction.SATISFIED),
        _at(second),
        answered(_at(third), basically, Resolution.UNRESOLVED),
        tried(_at(fourth), CallbackResult.DECLINED),
    ]
    before = [_at(each) for each in (first, second, third, fourth)]
    report = report_sample(sample, 2_000, before, after)
    assert report.answered == 2
    assert report.silences == dict.fromkeys(Silence, 0) | {
        Silence.NOT_ASKED: 1,
        Silence.REFUSED: 1,
    }
    by_rate = {each.rate_id: each for each in report.questions}
    assert by_rate["satisfaction_rate.strict"].strata == (
        StratumTally("bureau", 6, 2, 1, 1),
        StratumTally("roads", 3, 2, 1, 0),
    )
    assert by_rate["satisfaction_rate.strict"].estimate.printed == "66.67"
    assert by_rate["satisfaction_rate.lenient"].estimate.printed == "100.00"
    assert by_rate["resolution_rate.petitioner"].estimate.printed == "66.67"
    assert by_rate["resolution_rate.petitioner"].estimate.interval is None


def _at(petition_id: UUID) -> PetitionFacts:
    return waiting(petition_id.int, "bureau" if petition_id.int < 7 else "roads")
