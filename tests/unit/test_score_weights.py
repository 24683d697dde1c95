"""Without this file a ranking by other weights could be made of weights that mean nothing."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from domain.counts import Counts
from domain.dimension import Dimension
from domain.measures import MEASURES
from domain.score_rules import CURRENT_SCORE
from domain.score_weights import InvalidWeightsError, read_weights, weighed
from projections.rate_queries import CountsAnswer
from projections.scope import EVERYTHING
from projections.unit_score import score_units

SWIFT, KIND = "swift", "kind"


def counts(**stated: int) -> Counts:
    """Return counts of which some are stated and the others are 0."""
    return Counts(tuple(stated.get(name, 0) for name in MEASURES))


def answer() -> CountsAnswer:
    """Return two units: one always on time, whom few are satisfied with, and the reverse."""
    swift = counts(
        base=20, ontime_original_n=20, ontime_original_d=20, satisfied=5, dissatisfied=15
    )
    kind = counts(base=20, ontime_original_n=5, ontime_original_d=20, satisfied=20)
    rows = {KIND: kind, SWIFT: swift}
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return CountsAnswer(1, now, Dimension.UNIT, EVERYTHING, None, rows)


def test_other_weights_turn_a_ranking_round() -> None:
    """By hand: the lower limit of 20/20 is 83.887, of 5/20 11.186.

    By the usual weights, of which 0.25 and 0.20 have cases, 45ths of them count: on time
    25 × 83.887 + 20 × 11.186 over 45 = 51.58, kind 25 × 11.186 + 20 × 83.887 over 45 = 43.50.
    By 0.2 and 0.8 they are 0.2 × 83.887 + 0.8 × 11.186 = 25.73 and 69.35.
    """
    usual = score_units(answer())
    assert [(line.unit, str(line.score.points)) for line in usual.ranked] == [
        (SWIFT, "51.58"),
        (KIND, "43.50"),
    ]
    weights = read_weights(
        {"ontime_rate.original": Decimal("0.2"), "satisfaction_rate.strict": Decimal("0.8")}
    )
    other = score_units(answer(), rules=weighed(weights))
    assert [(line.unit, str(line.score.points)) for line in other.ranked] == [
        (KIND, "69.35"),
        (SWIFT, "25.73"),
    ]


def test_the_usual_weights_can_be_read() -> None:
    """What the program ranks by passes its own check."""
    usual = {
        reference.partition("@")[0]: weight for reference, weight in CURRENT_SCORE.weights.items()
    }
    assert weighed(read_weights(usual)) == CURRENT_SCORE


@pytest.mark.parametrize(
    ("stated", "says"),
    [
        ({}, "add up to 0, not to 1"),
        ({"closure_rate": Decimal("0.99")}, "add up to 0.99, not to 1"),
        ({"closure_rate": Decimal("1.5"), "response_rate": Decimal("-0.5")}, "is -0.5, not above"),
        ({"closure_rate": 1, "response_rate": 0}, "is 0, not above 0"),
        ({"return_rate": 1}, "'return_rate' cannot be part of a score"),
        ({"closure": 1}, "'closure' cannot be part of a score"),
        ({"closure_rate": "much"}, "'closure_rate' is no number"),
        ({"closure_rate": True}, "'closure_rate' is no number"),
        ({"closure_rate": Decimal("NaN")}, "'closure_rate' is no number"),
    ],
)
def test_weights_that_mean_nothing_are_refused(stated: dict[str, object], says: str) -> None:
    """Each refusal says what is wrong, that nothing was computed, and what to do."""
    with pytest.raises(InvalidWeightsError) as caught:
        read_weights(stated)
    assert says in caught.value.text.en
    assert caught.value.text.en.endswith("no score was computed, correct the file.")
    assert caught.value.text.zh.endswith("未计算任何得分，请修改权重文件。")
