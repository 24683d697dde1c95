"""Without this file the statistics library would be loaded into a process that serves people.

Runs in processes of its own: nothing here imports it at module level, and nothing else
imports it at all.
"""

import warnings
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from math import isfinite, sqrt
from multiprocessing import get_context
from statistics import NormalDist
from typing import Any, Final, NamedTuple

from domain.monthly_series import SEASON_LEN
from replay.extras import require_extra

COVERAGE: Final = 0.95
"""Share of such intervals that should contain the number to come."""
LIBRARY: Final = "statsmodels"

HISTORY_MAX: Final = 60
"""Only the last five years count: what was usual before may not be any more."""

_SHIFT: Final = 0.375
_Q: Final = NormalDist().inv_cdf((1 + COVERAGE) / 2)
_TREND_AND_SEASON_MIN: Final = 36
_FORMS: Final = ((False, False), (True, False), (False, True), (True, True))
"""Damped trend, season of twelve months; errors, trend and season are all added."""


class FittedForecast(NamedTuple):
    """What a fitted model expects of the months to come.

    Attributes:
        form: Error, trend and season, as in ``ETS(A,Ad,A)``.
        values: Petitions per month, medians with one decimal.
        lower: Lower ends of the prediction intervals, not below 0.
        upper: Upper ends.
    """

    form: str
    values: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]


def library_version() -> str:
    """Return the version of the statistics library, without loading it."""
    return version(LIBRARY)


def fit_all(
    series: Sequence[tuple[int, ...]], months: int, *, jobs: int = 2
) -> list[FittedForecast | None]:
    """Return what models expect of each series, None where none converges.

    Blocking; some seconds per series, in processes that end with the call.

    Args:
        series: Petitions per month, each at least two years long.
        months: How many to look ahead.
        jobs: Processes to share the work, at least 1.

    Raises:
        MissingExtraError: the library is not installed.
    """
    require_extra(LIBRARY)
    if not series:
        return []
    with ProcessPoolExecutor(min(jobs, len(series)), mp_context=get_context("spawn")) as pool:
        return list(pool.map(fit, series, [months] * len(series)))


def fit(counts: tuple[int, ...], months: int) -> FittedForecast | None:
    """Return what the best of four models expects, by AICc; None where none converges.

    Pure; loads the library. Counts vary more where they are larger, so the models see their
    square roots (Anscombe 1948: √(n + 3/8)); values are medians. The intervals are exact for
    the model, with the error variance over its degrees of freedom and not over all months,
    which would make them too narrow.
    """
    roots = [sqrt(count + _SHIFT) for count in counts[-HISTORY_MAX:]]
    fits = [
        each
        for trend, season in _FORMS
        if (each := _fit_form(roots, has_trend=trend, has_season=season)) is not None
    ]
    if not fits:
        return None
    _, form, result = min(fits, key=lambda each: each[:2])
    prediction = result.get_prediction(start=len(roots), end=len(roots) + months - 1)
    widening = len(roots) / (len(roots) - len(result.params))
    expected = [float(each) for each in prediction.predicted_mean]
    halves = [_Q * sqrt(float(each) * widening) for each in prediction.forecast_variance]
    pairs = list(zip(expected, halves, strict=True))
    return FittedForecast(
        form,
        tuple(_as_count(mean) for mean in expected),
        tuple(_as_count(mean - half) for mean, half in pairs),
        tuple(_as_count(mean + half) for mean, half in pairs),
    )


def _fit_form(
    roots: list[float], *, has_trend: bool, has_season: bool
) -> tuple[float, str, Any] | None:
    if has_trend and has_season and len(roots) < _TREND_AND_SEASON_MIN:
        return None
    from pandas import Series  # noqa: PLC0415 - in a process of its own
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel  # noqa: PLC0415 - as above

    model = ETSModel(
        Series(roots),
        error="add",
        trend="add" if has_trend else None,
        damped_trend=has_trend,
        seasonal="add" if has_season else None,
        seasonal_periods=SEASON_LEN if has_season else None,
    )
    with warnings.catch_warnings():
        # It warns of what is asked below: whether it converged.
        warnings.simplefilter("ignore")
        result = model.fit(disp=False)
    aicc = float(result.aicc)
    if len(roots) - len(result.params) <= 1 or not isfinite(aicc) or not _converged(result):
        return None
    return aicc, f"ETS(A,{'Ad' if has_trend else 'N'},{'A' if has_season else 'N'})", result


def _converged(result: Any) -> bool:  # noqa: ANN401 - the library publishes no types
    return bool((result.mle_retvals or {}).get("converged", False))


def _as_count(root: float) -> float:
    return round(max(max(root, 0.0) ** 2 - _SHIFT, 0.0), 1)
