"""Months without gaps, and what may be said of those to come."""

from datetime import date, datetime

import pytest

from domain.monthly_series import (
    ForecastMethod,
    NaiveReason,
    carry_on,
    last_whole_month,
    make_series,
    month_of,
    why_naive,
)
from domain.period import Period

DECEMBER = Period(2019, 12, 1)


def test_month_without_petitions_is_zero() -> None:
    """The series runs from the first petition to the last month asked for, and no further."""
    days = {date(2019, 9, 30): 3, date(2019, 12, 1): 2, date(2020, 1, 1): 9}
    series = make_series(days, DECEMBER)
    assert (series.first, series.counts) == (Period(2019, 9, 1), (3, 0, 0, 2))
    assert series.month(4) == Period(2020, 1, 1)
    assert make_series({date(2020, 1, 1): 1}, DECEMBER).counts == ()


@pytest.mark.parametrize(
    ("day", "month"), [(date(2019, 12, 25), (2019, 12)), (date(2019, 12, 26), (2020, 1))]
)
def test_statistical_month_begins_on_its_day(day: date, month: tuple[int, int]) -> None:
    """From the 26th on a day belongs to the month after."""
    assert month_of(day, 26)[:2] == month
    assert month_of(day, 1)[:2] == (2019, 12)


def test_month_that_is_running_does_not_count() -> None:
    """The last whole month is over, at the turn of the year too."""
    assert last_whole_month(datetime(2020, 1, 31, 23), 1) == DECEMBER  # noqa: DTZ001 - local
    assert last_whole_month(datetime(2020, 1, 26), 26)[:2] == (2020, 1)  # noqa: DTZ001
    assert DECEMBER.moved(-12) == Period(2018, 12, 1)


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ((9,) * 22 + (8,), NaiveReason.SHORT),
        ((9,) * 24, NaiveReason.CONSTANT),
        ((1, 2) * 12, NaiveReason.SMALL),
        ((9, 8) * 12, None),
    ],
)
def test_model_needs_two_years_of_some_size(
    counts: tuple[int, ...], reason: NaiveReason | None
) -> None:
    """What is short, small or even has a reason why no model was fitted."""
    assert why_naive(counts) is reason


def test_naive_forecast_has_a_spread_that_was_seen() -> None:
    """A year repeats itself with its extremes; less than a year gives its mean; nothing, none."""
    year = tuple(range(10, 22))
    assert carry_on((99, *year), 13) == (
        ForecastMethod.SEASONAL_NAIVE,
        (*map(float, year), 10.0),
        10,
        21,
    )
    assert carry_on((1, 2, 6), 2) == (ForecastMethod.MEAN, (3.0, 3.0), 1, 6)
    assert carry_on((), 2) == (ForecastMethod.NONE, (), None, None)
