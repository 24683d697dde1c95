"""Forecasts of a model, and none where no model may speak."""

import importlib.util
from importlib.machinery import ModuleSpec
from math import sin, tau

import pytest

from domain.monthly_series import ForecastMethod, MonthlySeries, NaiveReason
from domain.period import Period
from replay.demand_forecast import make_forecasts
from replay.demand_model import fit
from replay.extras import MissingExtraError

FIRST = Period(2015, 1, 1)
SEASONAL = tuple(round(60 + 30 * sin(tau * month / 12) + month % 7) for month in range(48))


def test_season_is_carried_on_with_an_interval_around_it() -> None:
    """Four years of one season: the model has a season, and each value lies in its interval."""
    fitted = fit(SEASONAL, 12)
    assert fitted is not None
    assert fitted.form.endswith(",A)")
    for month, value in enumerate(fitted.values):
        assert fitted.lower[month] < value < fitted.upper[month]
        assert value == pytest.approx(60 + 30 * sin(tau * month / 12) + 3, abs=8)
    assert fit(SEASONAL, 12) == fitted


def test_short_series_has_no_interval_and_says_why() -> None:
    """23 months give a naive value with the spread of what was seen; 48 give a model."""
    volume = {
        "short": MonthlySeries(FIRST, SEASONAL[:23]),
        "long": MonthlySeries(FIRST, SEASONAL),
    }
    short, long = make_forecasts(volume, 3, jobs=1)
    assert (short.method, short.reason) == (ForecastMethod.SEASONAL_NAIVE, NaiveReason.SHORT)
    assert short.spread == (min(SEASONAL[11:23]), max(SEASONAL[11:23]))
    assert all(month.lower is None and month.upper is None for month in short.months)
    assert short.months[0].month == Period(2016, 12, 1)
    assert (long.method, long.reason, long.spread) == (ForecastMethod.ETS, None, None)
    assert [str(month.month) for month in long.months] == ["2019-01", "2019-02", "2019-03"]


def test_forecast_without_the_library_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The refusal names the group to install."""
    found = importlib.util.find_spec

    def find_spec(name: str) -> ModuleSpec | None:
        return None if name == "statsmodels" else found(name)

    monkeypatch.setattr("replay.extras.find_spec", find_spec)
    with pytest.raises(MissingExtraError) as refusal:
        make_forecasts({}, 3)
    assert refusal.value.code == "extra-missing"
    assert "taizhang[analytics]" in refusal.value.text.en
