"""Tests of what may be said of a change from one period to another."""

import pytest

from domain.comparison import Against, Comparison, Verdict
from domain.flow import Flow, flow_between
from domain.period import read_period
from domain.rate import Rate, WithheldRate
from domain.text import Text
from tests.unit.counted_figures import counts


@pytest.mark.parametrize(
    ("earlier", "later", "points", "verdict"),
    [
        (Rate(128, 130), Rate(129, 130), "+0.77", Verdict.NO_CLEAR_DIFFERENCE),
        (Rate(48, 80), Rate(56, 70), "+20.00", Verdict.RISE),
        (Rate(56, 70), Rate(48, 80), "-20.00", Verdict.FALL),
        (Rate(50, 100), Rate(50, 100), "0.00", Verdict.NO_CLEAR_DIFFERENCE),
        (Rate(0, 0), Rate(5, 9), None, Verdict.NOT_COMPARABLE),
        (Rate(6, 9), Rate(900, 1000), None, Verdict.NOT_COMPARABLE),
        (WithheldRate(Text("不全", "incomplete")), Rate(20, 30), None, Verdict.NOT_COMPARABLE),
    ],
)
def test_comparison_says_no_more_than_its_cases_allow(
    earlier: Rate, later: Rate, points: str | None, verdict: Verdict
) -> None:
    """Inside noise there is no clear difference; too few cases are not compared at all."""
    compared = Comparison(earlier, later, cases_min=10)
    assert (compared.points, compared.verdict) == (points, verdict)


def test_points_are_taken_before_rounding() -> None:
    """2/3 prints 66.67 and 1/3 prints 33.33; they are 33.33 points apart, not 33.34."""
    assert Comparison(Rate(1, 3), Rate(2, 3)).points == "+33.33"


def test_period_is_compared_with_the_one_before_or_a_year_before() -> None:
    """环比 of January is December; 同比 of a quarter is the same quarter."""
    assert str(Against.PREVIOUS.of(read_period("2020-01"))) == "2019-12"
    assert str(Against.YEAR.of(read_period("2020-Q1"))) == "2019-Q1"


def test_flow_counts_acts_and_may_exceed_100_percent() -> None:
    """Twenty came in and 25 were closed, some for the second time."""
    flows = flow_between(
        {"a": counts(accepted=20), "b": counts(accepted=3)},
        {"a": counts(closings=100), "c": counts(closings=4)},
        {"a": counts(closings=125), "c": counts(closings=4)},
    )
    assert flows == {"a": Flow(20, 25), "b": Flow(3, 0)}
    assert flows["a"].ratio == "125.00"
    assert flows["b"].ratio == "0.00"
    assert Flow(0, 7).ratio is None
