"""Without this file a month without petitions would be missing instead of zero."""

from collections.abc import Mapping
from datetime import date, datetime
from statistics import fmean
from typing import Final, NamedTuple

from domain.period import Period
from domain.vocabulary import Labelled

FORECAST_VERSION: Final = 1
SEASON_LEN: Final = 12
MODEL_MONTHS_MIN: Final = 24
"""Two years: fewer months show no season, and an interval from them would be made up."""
MODEL_MEAN_MIN: Final = 5
"""Petitions a month; below it counts are too lumpy for normal errors."""


class ForecastMethod(Labelled):
    """How a forecast was made."""

    ETS = "ets", "指数平滑（ETS）", "exponential smoothing (ETS)"
    SEASONAL_NAIVE = "seasonal_naive", "去年同月值", "same month a year before"
    MEAN = "mean", "平均值", "mean"
    NONE = "none", "无法预测", "no forecast"


class NaiveReason(Labelled):
    """Why no model was fitted, and so no interval is given."""

    SHORT = "short", "历史不足 24 个月", "fewer than 24 months of history"
    SMALL = "small", "月均不足 5 件", "fewer than 5 petitions a month"
    CONSTANT = "constant", "各月件数相同", "every month has the same number"
    UNFITTED = "unfitted", "模型未能收敛", "no model converged"


class MonthlySeries(NamedTuple):
    """Petitions per statistical month, without gaps.

    Attributes:
        first: The month of the first number.
        counts: From the first month with a petition to the last one that counts.
    """

    first: Period
    counts: tuple[int, ...]

    def month(self, place: int) -> Period:
        """Return the month at a place; places past the end are the months to come."""
        return self.first.moved(place)


class NaiveForecast(NamedTuple):
    """Past numbers carried on; the spread is what was seen, not a probability.

    Attributes:
        method: How.
        values: One per coming month.
        lowest: The smallest number of the months it rests on.
        highest: The largest of them.
    """

    method: ForecastMethod
    values: tuple[float, ...]
    lowest: int | None
    highest: int | None


def month_of(day: date, start_day: int) -> Period:
    """Return the statistical month that a local day belongs to; pure."""
    month = Period(day.year, day.month, 1, start_day)
    return month.moved(1) if 1 < start_day <= day.day else month


def last_whole_month(instant: datetime, start_day: int) -> Period:
    """Return the last statistical month that is over at a local instant; pure."""
    return month_of(instant.date(), start_day).previous


def make_series(days: Mapping[date, int], last: Period) -> MonthlySeries:
    """Return the months from the first petition to a last month; pure.

    Args:
        days: Petitions per local day; later days are left out.
        last: A single month; its start day is that of every month.
    """
    counts: dict[Period, int] = {}
    for day, count in days.items():
        month = month_of(day, last.start_day)
        counts[month] = counts.get(month, 0) + count
    months = [month for month in counts if month <= last]
    if not months:
        return MonthlySeries(last, ())
    first = min(months)
    length = (last.year - first.year) * SEASON_LEN + last.month - first.month + 1
    return MonthlySeries(first, tuple(counts.get(first.moved(n), 0) for n in range(length)))


def why_naive(counts: tuple[int, ...]) -> NaiveReason | None:
    """Return why no model may be fitted to a series, or None where one may; pure."""
    if len(counts) < MODEL_MONTHS_MIN:
        return NaiveReason.SHORT
    if len(set(counts)) == 1:
        return NaiveReason.CONSTANT
    return NaiveReason.SMALL if fmean(counts) < MODEL_MEAN_MIN else None


def carry_on(counts: tuple[int, ...], months: int) -> NaiveForecast:
    """Return the last year once more, or the mean where there is no whole year; pure."""
    if not counts:
        return NaiveForecast(ForecastMethod.NONE, (), None, None)
    base = counts[-SEASON_LEN:]
    if len(counts) < SEASON_LEN or len(set(base)) == 1 or fmean(base) < MODEL_MEAN_MIN:
        mean = round(fmean(base), 1)
        return NaiveForecast(ForecastMethod.MEAN, (mean,) * months, min(base), max(base))
    values = tuple(float(base[place % SEASON_LEN]) for place in range(months))
    return NaiveForecast(ForecastMethod.SEASONAL_NAIVE, values, min(base), max(base))
