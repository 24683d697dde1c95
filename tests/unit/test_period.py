"""Without this file a yearly figure could lose a day, or count one twice."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from domain.errors import GuardError
from domain.period import MONTH_START_MAX, STRETCH_DAYS, Period, read_period, stretch

SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_year_and_quarter_and_month_bound_the_same_days() -> None:
    """Four quarters and twelve months fill a year without gap or overlap, whatever day starts."""
    for start_day in (1, 15, MONTH_START_MAX):
        year = read_period("2026", start_day).bounds(SHANGHAI)
        for parts in (
            [read_period(f"2026-Q{quarter}", start_day) for quarter in (1, 2, 3, 4)],
            [read_period(f"2026-{month:02d}", start_day) for month in range(1, 13)],
        ):
            bounds = [each.bounds(SHANGHAI) for each in parts]
            assert (bounds[0][0], bounds[-1][1]) == year
            assert all(before[1] == after[0] for before, after in pairwise(bounds))


def test_statistical_month_is_named_after_the_month_in_which_it_ends() -> None:
    """The 26th–25th of September begins on 26 August."""
    assert read_period("2026-09", 26).bounds(SHANGHAI) == (
        datetime(2026, 8, 26, tzinfo=SHANGHAI),
        datetime(2026, 9, 26, tzinfo=SHANGHAI),
    )
    assert read_period("2026-01", 26).bounds(SHANGHAI)[0] == datetime(2025, 12, 26, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("text", "previous", "year_before", "zh"),
    [
        ("2026", "2025", "2025", "2026年"),
        ("2026-Q1", "2025-Q4", "2025-Q1", "2026年第1季度"),
        ("2026-01", "2025-12", "2025-01", "2026年1月"),
        ("2026-10", "2026-09", "2025-10", "2026年10月"),
    ],
)
def test_period_knows_the_ones_it_is_compared_with(
    text: str, previous: str, year_before: str, zh: str
) -> None:
    """环比 is with the period before, 同比 with the same one a year earlier."""
    period = read_period(text)
    assert str(period) == text
    assert str(period.previous) == previous
    assert str(period.year_before) == year_before
    assert period.label.zh == zh
    assert isinstance(period.previous, Period)


@pytest.mark.parametrize(
    "text", ["", "26", "2026-00", "2026-13", "2026-Q5", "2026-9", "２０２６", "2026-9-1"]
)
def test_text_that_names_no_period_is_refused(text: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(GuardError) as refused:
        read_period(text)
    assert refused.value.code == "no-period"


def test_stretch_is_the_last_month_unless_days_are_named() -> None:
    """Either end follows from the other; a stretch that begins later is its first day alone."""
    today, day = date(2026, 9, 20), timedelta(days=1)
    before = datetime(2026, 9, 21, tzinfo=SHANGHAI)
    assert stretch(None, None, today, SHANGHAI) == (before - STRETCH_DAYS * day, before)
    assert stretch(date(2026, 9, 1), None, today, SHANGHAI) == (before - 20 * day, before)
    assert stretch(None, today - day, today, SHANGHAI)[0] == before - (STRETCH_DAYS + 1) * day
    assert stretch(today + 9 * day, None, today, SHANGHAI) == (before + 8 * day, before + 9 * day)
