"""Without this file a median could drift by a binary fraction."""

from hypothesis import given
from hypothesis import strategies as st

from domain.spread import Spread, spread_of

HOUR_US = 3_600_000_000


def test_spread_interpolates_between_ranks() -> None:
    """Quantiles lie linearly between the neighbouring values."""
    spread = spread_of(hours * HOUR_US for hours in (4, 1, 3, 2))
    assert spread.hours() == {
        "min": "1.0000",
        "p25": "1.7500",
        "median": "2.5000",
        "p75": "3.2500",
        "p90": "3.7000",
        "max": "4.0000",
        "mean": "2.5000",
    }


def test_spread_of_nothing_has_no_figures() -> None:
    """No durations give a count of 0 and no other figure."""
    assert spread_of([]) == Spread(0)
    assert spread_of([]).hours()["median"] is None


def test_spread_rounds_half_up_once() -> None:
    """A third of an hour and a half of the last digit are rounded at printing alone."""
    assert spread_of([20 * 60_000_000]).hours()["mean"] == "0.3333"
    assert spread_of([180_000]).hours(4)["mean"] == "0.0001"


@given(st.lists(st.integers(0, 10**15), min_size=1, max_size=40))
def test_spread_is_ordered(durations: list[int]) -> None:
    """Quantiles never cross, and the extremes are values that occurred."""
    spread = spread_of(durations)
    figures = [spread.minimum, spread.p25, spread.median, spread.p75, spread.p90, spread.maximum]
    known = [figure for figure in figures if figure is not None]
    assert known == sorted(known)
    assert len(known) == len(figures)
    assert spread.maximum == max(durations)
