"""Tests of differences, against the examples of the papers they come from."""

from decimal import Decimal

import pytest

from domain.claim_gap import PAIRINGS, Pairing, gap_of
from domain.difference import Difference, difference, paired_difference, printed_points
from domain.rate import Rate
from tests.unit.counted_figures import counts

CLAIM = ("claim_pairs", "claim_pairs_claimed", "claim_pairs_resolved", "claim_pairs_agreed")
THIRD = ("third_pairs", "third_pairs_claimed", "third_pairs_resolved", "third_pairs_agreed")
ANSWERS = ("answer_pairs", "answer_pairs_resolved", "answer_pairs_third", "answer_pairs_agreed")


def limits(found: Difference) -> tuple[str, str]:
    """Return both limits with four decimals."""
    return f"{found.lower:+.4f}", f"{found.upper:+.4f}"


@pytest.mark.parametrize(
    ("earlier", "later", "lower", "upper"),
    [
        (Rate(48, 80), Rate(56, 70), "+0.0524", "+0.3339"),
        (Rate(3, 10), Rate(9, 10), "+0.1705", "+0.8090"),
        (Rate(2, 7), Rate(6, 7), "+0.0582", "+0.8062"),
        (Rate(0, 29), Rate(5, 56), "-0.0381", "+0.1926"),
        (Rate(0, 10), Rate(10, 10), "+0.6075", "+1.0000"),
    ],
)
def test_difference_reproduces_the_published_limits(
    earlier: Rate, later: Rate, lower: str, upper: str
) -> None:
    """Table II of the paper on independent proportions, method 10."""
    assert limits(difference(earlier, later)) == (lower, upper)


def test_difference_is_clear_only_where_its_interval_leaves_zero_out() -> None:
    """98.46 after 97.69 of 130 petitions is no clear change; 80 after 60 percent is."""
    assert not difference(Rate(127, 130), Rate(128, 130)).is_clear
    assert difference(Rate(48, 80), Rate(56, 70)).is_clear
    assert difference(Rate(56, 70), Rate(48, 80)).is_clear


def test_difference_changes_its_sign_with_the_order() -> None:
    """What rose one way fell the other, by the same limits."""
    rise, fall = difference(Rate(1, 9), Rate(5, 8)), difference(Rate(5, 8), Rate(1, 9))
    turned = (fall.value, fall.upper, fall.lower)
    assert rise == tuple(limit.copy_negate() for limit in turned)


def test_paired_difference_reproduces_the_published_limits() -> None:
    """36, 12, 2 and 0 of 50 pairs: 0.0569 to 0.3404, as the paper on paired data prints."""
    found = paired_difference(50, first=48, second=38, both=36)
    assert found.value == Decimal("0.2")
    assert limits(found) == ("+0.0569", "+0.3404")


def test_paired_difference_of_equal_answers_is_none() -> None:
    """Where both always agree there is no gap, and it is not clear."""
    found = paired_difference(40, first=40, second=40, both=40)
    assert found.value == 0
    assert not found.is_clear


@pytest.mark.parametrize(
    ("pairing", "measures"), [*zip(PAIRINGS, (CLAIM, THIRD, ANSWERS), strict=True)]
)
def test_gap_compares_the_same_items(pairing: Pairing, measures: tuple[str, ...]) -> None:
    """48 of 50 by the first against 38 of 50 by the second is a gap of 20 points."""
    gap = gap_of(pairing, counts(**dict(zip(measures, (50, 48, 38, 36), strict=True))))
    assert gap.points == "+20.00"
    assert gap.difference is not None
    assert printed_points(gap.difference.lower) == "+5.69"
    assert printed_points(gap.difference.upper) == "+34.04"
    assert gap.difference_of(51) is None
    others = [each for each in PAIRINGS if each is not pairing]
    assert [gap_of(each, counts()).items for each in others] == [0, 0]


def test_gap_without_items_is_no_figure() -> None:
    """Nobody was asked, so nothing can be said."""
    gap = gap_of(PAIRINGS[0], counts())
    assert (gap.points, gap.difference, gap.difference_of(0)) == (None, None, None)


def test_difference_refuses_no_cases() -> None:
    """A share of nothing is compared with nothing."""
    with pytest.raises(ZeroDivisionError):
        difference(Rate(0, 0), Rate(1, 1))
    with pytest.raises(ZeroDivisionError):
        paired_difference(0, 0, 0, 0)
