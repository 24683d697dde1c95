"""Tests of the median that does not forget what is still open."""

from datetime import UTC, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar_cn import find_calendar
from domain.handling_time import HandlingMeasure, handled
from domain.limit import BusinessPeriod
from domain.office_hours import OfficeHours
from domain.survival import survival_median

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = OfficeHours(
    find_calendar("cn@2026"),
    SHANGHAI,
    (BusinessPeriod(time(9), time(12)), BusinessPeriod(time(13), time(17))),
)
TIMES = st.lists(st.integers(0, 12), max_size=14)


@pytest.mark.parametrize(
    ("ended", "still_open", "median"),
    [
        ([], [], None),
        ([], [5, 9], None),
        ([3], [], 3),
        ([1, 2, 3, 4], [], 2),
        ([1, 2, 3], [], 2),
        # 6-MP arm of Freireich et al. (1963), the usual example: 23 weeks.
        ([6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35], 23),
        # Its placebo arm, in which nobody is censored: 8 weeks.
        ([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23], [], 8),
        # By hand: 4/5, then 4/5 × 2/3 = 8/15, then 8/15 × 1/2 = 4/15.
        ([2, 5, 7], [3, 9], 7),
        # Exactly a half counts as half: 2/3 × 3/4 must not be 0.5000…01.
        ([1, 1, 3], [2, 2, 9, 9, 9], None),
        ([1, 1, 3], [9, 9, 9], 3),
        ([5], [5], 5),
        ([4], [9, 9], None),
    ],
)
def test_median_is_that_of_the_product_by_hand(
    ended: list[int], still_open: list[int], median: int | None
) -> None:
    """Known examples, ties and what is never reached."""
    assert survival_median(ended, still_open) == median


@settings(max_examples=300, deadline=None)
@given(ended=TIMES, still_open=TIMES)
def test_median_equals_the_product_in_exact_fractions(
    ended: list[int], still_open: list[int]
) -> None:
    """Whatever the times are."""
    share, expected = Fraction(1), None
    for at in sorted(set(ended)):
        going = sum(each >= at for each in (*ended, *still_open))
        share *= Fraction(going - ended.count(at), going)
        if share <= Fraction(1, 2):
            expected = at
            break
    assert survival_median(ended, still_open) == expected


def test_median_of_the_closed_alone_is_too_short() -> None:
    """Nine closed at once, eleven open for long: half of all cases take longer than any."""
    assert survival_median([1] * 9, [100] * 11) is None
    assert survival_median([1] * 11, [100] * 9) == 1


def test_handling_time_leaves_suspension_and_nights_out() -> None:
    """From Friday 16:00 to Monday 10:00, suspended on Monday from 9:00 to 9:30."""
    start, end = (
        datetime(2026, 11, 20, 16, tzinfo=SHANGHAI),
        datetime(2026, 11, 23, 10, tzinfo=SHANGHAI),
    )
    pause = (
        datetime(2026, 11, 23, 9, tzinfo=SHANGHAI),
        datetime(2026, 11, 23, 9, 30, tzinfo=SHANGHAI),
    )
    taken = {measure: handled(start, end, [pause], measure, OFFICE) for measure in HandlingMeasure}
    assert taken == {
        HandlingMeasure.WALL: timedelta(hours=66),
        HandlingMeasure.NET: timedelta(hours=65, minutes=30),
        HandlingMeasure.WORKING: timedelta(hours=1, minutes=30),
    }


def test_handling_time_is_never_negative() -> None:
    """A suspension outside counts nothing; a reply before the start took no time."""
    start = datetime(2026, 11, 20, 8, tzinfo=UTC)
    later, latest = start + timedelta(hours=1), start + timedelta(hours=2)
    for measure in HandlingMeasure:
        assert handled(later, start, [(start, latest)], measure, OFFICE) == timedelta()
    assert handled(start, later, [(later, latest)], HandlingMeasure.NET, OFFICE) == timedelta(
        hours=1
    )
