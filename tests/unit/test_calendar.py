"""Without this file a mistyped holiday would move due dates unseen."""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import (
    Calendar,
    UnknownCalendarError,
    every_day_calendar,
    weekday_calendar,
)
from domain.calendar_cn import find_calendar
from domain.holiday_notice import DayKind, read_notices
from domain.workday_table import FIRST_DAY, LAST_DAY, DayOutOfRangeError

CN = find_calendar("cn@2026")
DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


def days_of(*years: int) -> list[date]:
    """Return every day of some years."""
    first = date(years[0], 1, 1)
    count = (date(years[-1], 12, 31) - first).days + 1
    return [first + timedelta(n) for n in range(count)]


def test_calendar_equals_chinesecalendar_on_every_day() -> None:
    """All 7,305 days of 2007-2026 agree with an independent list."""
    days = days_of(2007, 2026)
    assert len(days) == 7305
    assert [day for day in days if CN.is_workday(day) != chinese_calendar.is_workday(day)] == []


@pytest.mark.parametrize("year", [2020, 2024, 2025, 2026])
def test_calendar_equals_holidays_on_every_day(year: int) -> None:
    """A second independent list agrees on the years with the oddest arrangements."""
    other = holidays.country_holidays("CN", years=year)
    differ = [day for day in days_of(year) if CN.is_workday(day) != other.is_working_day(day)]
    assert differ == []


@pytest.mark.parametrize("year", range(2007, 2027))
def test_statutory_holidays_are_public_holidays_elsewhere(year: int) -> None:
    """Each statutory day is one in an independent list, which adds days in lieu."""
    other = holidays.country_holidays("CN", years=year)
    statutory = [d for d in days_of(year) if CN.day_kind(d) is DayKind.STATUTORY_HOLIDAY]
    assert len(statutory) in {10, 11, 12, 13}
    assert [day for day in statutory if day not in other] == []


def test_working_day_counts_are_the_published_ones() -> None:
    """Working days of 2018-2026 are those the notices lead to."""
    counts = [
        CN.count_working_days(date(year - 1, 12, 31), date(year, 12, 31))
        for year in range(2018, 2027)
    ]
    assert counts == [250, 250, 249, 250, 249, 249, 251, 248, 248]


@pytest.mark.parametrize(
    ("day", "kind", "number"),
    [
        (date(2026, 9, 18), DayKind.WORKDAY, None),
        (date(2026, 9, 19), DayKind.WEEKEND, None),
        (date(2026, 9, 20), DayKind.MAKE_UP_WORKDAY, "国办发明电〔2025〕7号"),
        (date(2026, 10, 1), DayKind.STATUTORY_HOLIDAY, "国办发明电〔2025〕7号"),
        (date(2026, 10, 3), DayKind.STATUTORY_HOLIDAY, "国办发明电〔2025〕7号"),
        (date(2026, 10, 4), DayKind.WEEKEND, "国办发明电〔2025〕7号"),
        (date(2026, 10, 5), DayKind.ADJUSTED_DAY_OFF, "国办发明电〔2025〕7号"),
        (date(2020, 1, 31), DayKind.ADJUSTED_DAY_OFF, "国办发明电〔2020〕1号"),
        (date(2020, 2, 1), DayKind.WEEKEND, "国办发明电〔2020〕1号"),
        (date(2020, 2, 2), DayKind.WEEKEND, "国办发明电〔2020〕1号"),
        (date(2019, 5, 1), DayKind.STATUTORY_HOLIDAY, "国办发明电〔2019〕3号"),
        (date(2015, 9, 4), DayKind.ADJUSTED_DAY_OFF, "国发明电〔2015〕1号"),
    ],
)
def test_day_kind_names_the_notice(day: date, kind: DayKind, number: str | None) -> None:
    """Each kind of day is told apart, and the latest notice on it is the one named."""
    noticed = CN.day_notice(day)
    assert CN.day_kind(day) is kind
    assert (noticed.number if noticed else None) == number


def test_notices_override_earlier_ones() -> None:
    """The extension of 2020 cancels the make-up Saturday that the first notice ordered."""
    before = read_notices("# 2020 first\n春节 0124-0130 +0201", {"春节": "Spring Festival"})
    after = read_notices("# 2020 second\n春节 0131-0202", {"春节": "Spring Festival"})
    assert Calendar("cn", "a", before).is_workday(date(2020, 2, 1))
    assert not Calendar("cn", "b", before + after).is_workday(date(2020, 2, 1))


@given(DAYS, st.integers(1, 400))
def test_counting_is_the_inverse_of_adding(day: date, amount: int) -> None:
    """Counting back what was added gives the amount, and the end is a working day."""
    end = CN.add_working_days(day, amount)
    assert CN.count_working_days(day, end) == amount
    assert CN.is_workday(end)


@given(DAYS, st.integers(0, 400))
def test_adding_more_days_ends_later(day: date, amount: int) -> None:
    """Adding is monotone in the amount, strictly from the first day on."""
    later = CN.add_working_days(day, amount + 1)
    assert later >= CN.add_working_days(day, amount)
    assert amount == 0 or later > CN.add_working_days(day, amount)


@given(DAYS)
def test_adding_nothing_stays_on_a_working_day(day: date) -> None:
    """Zero days leave a working day alone and lead from a rest day to the next working day."""
    end = CN.add_working_days(day, 0)
    assert (end == day) == CN.is_workday(day)
    assert CN.count_working_days(day, end) == (0 if end == day else 1)


@given(DAYS, DAYS)
def test_counting_backwards_is_negative(first: date, last: date) -> None:
    """Swapping the ends changes the sign alone."""
    assert CN.count_working_days(first, last) == -CN.count_working_days(last, first)


def test_year_without_a_notice_is_provisional() -> None:
    """Counts that touch 2027 may still change, and so may the last days of 2026."""
    assert CN.is_published(2026)
    assert not CN.is_published(2027)
    assert not CN.is_published(2006)
    assert CN.is_provisional(date(2026, 12, 20), date(2027, 1, 4))
    assert CN.is_provisional(date(2026, 12, 20), date(2026, 12, 31))
    assert not CN.is_provisional(date(2026, 12, 20), date(2026, 12, 28))
    assert not CN.is_provisional(date(2025, 12, 20), date(2026, 1, 20))


def test_weekday_calendar_knows_no_holiday() -> None:
    """Elsewhere Monday to Friday count, and no notice is awaited."""
    plain = weekday_calendar("nyc")
    assert plain.reference == "nyc@1"
    assert plain.is_workday(date(2026, 10, 1))
    assert not plain.is_workday(date(2026, 9, 20))
    assert plain.day_kind(date(2026, 9, 20)) is DayKind.WEEKEND
    assert not plain.is_provisional(date(2026, 1, 1), date(2090, 1, 1))


def test_every_day_calendar_rests_on_no_day() -> None:
    """A duty of 365 days counts every day."""
    assert every_day_calendar("all").add_working_days(date(2026, 9, 30), 5) == date(2026, 10, 5)


@pytest.mark.parametrize("reference", ["cn@2026", "weekdays@1", "every_day@1"])
def test_find_calendar_gives_the_calendar_it_names(reference: str) -> None:
    """A pinned reference leads back to the same calendar object."""
    assert find_calendar(reference).reference == reference
    assert find_calendar(reference) is find_calendar(reference)


def test_find_calendar_is_refused_for_an_unknown_name() -> None:
    """An unknown calendar is named in both languages, with what there is."""
    with pytest.raises(UnknownCalendarError, match="weekdays@1") as refused:
        find_calendar("cn@1999")
    assert "cn@1999" in refused.value.text.zh


def test_days_outside_the_range_are_refused() -> None:
    """No answer is invented before 1950 or after 2149."""
    with pytest.raises(DayOutOfRangeError, match="1949-12-31"):
        CN.is_workday(FIRST_DAY - timedelta(1))
    with pytest.raises(DayOutOfRangeError):
        CN.add_working_days(LAST_DAY, 1)
    with pytest.raises(ValueError, match="-1"):
        CN.add_working_days(FIRST_DAY, -1)
