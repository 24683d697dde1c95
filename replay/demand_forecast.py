"""Without this file a forecast could come with an interval that no model stands behind."""

from collections.abc import Mapping
from typing import NamedTuple

from domain.monthly_series import (
    ForecastMethod,
    MonthlySeries,
    NaiveReason,
    carry_on,
    why_naive,
)
from domain.period import Period
from replay.demand_model import LIBRARY, FittedForecast, fit_all
from replay.extras import require_extra


class ForecastMonth(NamedTuple):
    """What is expected of one month; the ends are None where no model was fitted."""

    month: Period
    value: float
    lower: float | None
    upper: float | None


class GroupForecast(NamedTuple):
    """What is expected of one group.

    Attributes:
        key: Group.
        series: What it rests on.
        method: How it was made.
        form: Of the model, or None.
        reason: Why there is no model, or None.
        spread: Smallest and largest month that a naive value rests on: seen, not expected.
        months: The months to come.
    """

    key: str
    series: MonthlySeries
    method: ForecastMethod
    form: str | None
    reason: NaiveReason | None
    spread: tuple[int, int] | None
    months: tuple[ForecastMonth, ...]


def make_forecasts(
    volume: Mapping[str, MonthlySeries], months: int, *, jobs: int = 2
) -> tuple[GroupForecast, ...]:
    """Return what is expected of each group, in their order.

    Blocking; models are fitted in processes of their own. A series too short, too small or
    too even for a model is carried on naively, without an interval.

    Args:
        volume: Petitions per month by group.
        months: How many to look ahead, at least 1.
        jobs: Processes to share the work.

    Raises:
        MissingExtraError: the statistics library is not installed.
    """
    require_extra(LIBRARY)
    asked = {key: each.counts for key, each in volume.items() if why_naive(each.counts) is None}
    fitted = dict(zip(asked, fit_all(list(asked.values()), months, jobs=jobs), strict=True))
    return tuple(_forecast(key, each, fitted.get(key), months) for key, each in volume.items())


def _forecast(
    key: str, series: MonthlySeries, fitted: FittedForecast | None, months: int
) -> GroupForecast:
    coming = [series.month(len(series.counts) + ahead) for ahead in range(months)]
    if fitted is not None:
        rows = zip(coming, fitted.values, fitted.lower, fitted.upper, strict=True)
        expected = tuple(ForecastMonth(*row) for row in rows)
        return GroupForecast(key, series, ForecastMethod.ETS, fitted.form, None, None, expected)
    naive = carry_on(series.counts, months)
    reason = why_naive(series.counts) or NaiveReason.UNFITTED
    spread = None
    if naive.lowest is not None and naive.highest is not None:
        spread = naive.lowest, naive.highest
    expected = tuple(
        ForecastMonth(month, value, None, None)
        for month, value in zip(coming, naive.values, strict=False)
    )
    return GroupForecast(key, series, naive.method, None, reason, spread, expected)
