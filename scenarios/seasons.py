"""Without this file an invented year would have no spring festival and no busy December."""

from collections.abc import Iterator
from datetime import date, timedelta

from domain.calendar import Calendar
from domain.holiday_notice import DayKind

# A choice: quiet around the spring festival, busy before the end of a half-year.
_MONTHS = (0.95, 0.70, 1.10, 1.00, 0.95, 1.10, 1.10, 1.00, 1.00, 0.90, 1.15, 1.15)
_GROWTH_PER_YEAR = 0.08
_REST_DAY = 0.25
_HOLIDAY = 0.10
_CAUGHT_UP_AFTER_DAYS = 3
_CAUGHT_UP = 1.5
_YEAR_DAYS = 365


def spread_over_days(
    amount: int, first_on: date, last_on: date, calendar: Calendar
) -> Iterator[tuple[date, int]]:
    """Yield every day of a time, in order, with its share of an amount. Pure.

    Shares follow the month, the weekday and the holidays of the calendar, and grow by
    the year; after days off, what waited comes at once. They add up to the amount.

    Args:
        amount: Petitions in all, 0 or more.
        first_on: First day of the time.
        last_on: Last day of the time.
        calendar: Holidays.
    """
    days = [first_on + timedelta(days=n) for n in range((last_on - first_on).days + 1)]
    weights = list(_weights(days, calendar))
    whole = sum(weights)
    reached, given = 0.0, 0
    for day, weight in zip(days, weights, strict=True):
        reached += weight
        share = min(amount, round(amount * reached / whole)) - given
        given += share
        yield day, share


def _weights(days: list[date], calendar: Calendar) -> Iterator[float]:
    off_len = 0
    for number, day in enumerate(days):
        kind = calendar.day_kind(day)
        weight = _MONTHS[day.month - 1] * (1 + _GROWTH_PER_YEAR * number / _YEAR_DAYS)
        if kind.is_work:
            yield weight * (_CAUGHT_UP if off_len >= _CAUGHT_UP_AFTER_DAYS else 1)
            off_len = 0
        else:
            off_len += 1
            yield weight * (_REST_DAY if kind is DayKind.WEEKEND else _HOLIDAY)
