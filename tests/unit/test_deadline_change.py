"""Without this file a pause, a grant or a change of clocks could give time away or steal it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.answer_times import answered_within_hours
from domain.calendar import Calendar, weekday_calendar
from domain.calendar_cn import find_calendar
from domain.deadline_change import capped, extended, resumed
from domain.deadline_proof import explain
from domain.deadlines import Deadline, due_at, last_day, midnight_after, start_deadline
from domain.holiday_notice import DayHalf, DayKind, HalfDayOff, Notice
from domain.limit import BusinessPeriod, InvalidLimitError, Limit, TimeUnit
from domain.office_hours import end_of_working_time, working_time
from domain.text import Text
from domain.vocabulary import Clock

CN = find_calendar("cn@2026")
SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
SANTIAGO = ZoneInfo("America/Santiago")
OFFICE = (BusinessPeriod(time(9), time(12)), BusinessPeriod(time(14), time(18)))
WEEKDAYS = weekday_calendar("us")
WD, CD = TimeUnit.WORKING_DAY, TimeUnit.CALENDAR_DAY
WORKING, WALL = TimeUnit.WORKING_HOUR, TimeUnit.WALL_HOUR
HALVES = Calendar(
    "cn-x",
    "2026",
    (
        *CN.notices,
        Notice(
            2026,
            "省办〔2026〕1号",
            (),
            (
                HalfDayOff(Text("半天", "half holiday"), date(2026, 3, 12), DayHalf.MORNING),
                HalfDayOff(Text("半天", "half holiday"), date(2026, 3, 13), DayHalf.AFTERNOON),
            ),
            "x",
        ),
    ),
)


def at(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return a local instant of 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


def replying(limit: Limit, start: datetime) -> Deadline:
    """Return a reply deadline under a nameless rule."""
    return start_deadline(Clock.REPLY, start, limit, "r", CN, SHANGHAI, OFFICE)


@pytest.mark.parametrize(
    ("paused", "back", "due"),
    [
        # Eight hours from Thursday 10:00 are over on Friday at 11:00.
        (at(3, 12, 11), at(3, 12, 11, 30), at(3, 13, 11, 30)),
        (at(3, 12, 12), at(3, 12, 14), at(3, 13, 11)),
        (at(3, 12, 18), at(3, 13, 9), at(3, 13, 11)),
        (at(3, 13, 10), at(3, 16, 10), at(3, 16, 11)),
        (at(3, 13, 10), at(3, 13, 18), at(3, 16, 10)),
    ],
)
def test_pause_moves_working_hours_by_the_office_hours_it_lasted(
    paused: datetime, back: datetime, due: datetime
) -> None:
    """Lunch, night and weekend in a pause are no working time and move nothing."""
    old = replying(Limit(8, WORKING), at(3, 12, 10))
    assert old.due_at == at(3, 13, 11)
    assert resumed(old, paused, back, WORKING, CN, SHANGHAI, OFFICE).due_at == due


def test_pause_of_working_hours_needs_office_hours() -> None:
    """Nobody stated them, so nothing is guessed."""
    old = replying(Limit(8, WORKING), at(3, 12, 10))
    with pytest.raises(InvalidLimitError):
        resumed(old, at(3, 12, 11), at(3, 12, 12), WORKING, CN, SHANGHAI)


@pytest.mark.parametrize("unit", list(TimeUnit))
def test_pause_after_the_due_moves_nothing(unit: TimeUnit) -> None:
    """What is late stays late."""
    old = replying(Limit(1, unit), at(3, 12, 10))
    late = old.due_at + timedelta(minutes=1)
    assert resumed(old, late, late + timedelta(days=9), unit, CN, SHANGHAI, OFFICE) == old


@pytest.mark.parametrize("unit", [WD, CD, WALL, WORKING])
def test_pause_that_begins_before_the_due_counts_in_whole(unit: TimeUnit) -> None:
    """A pause may last beyond the due it stopped."""
    old = replying(Limit(2, unit), at(3, 12, 10))
    back = old.due_at + timedelta(days=7)
    moved = resumed(old, at(3, 12, 10, 30), back, unit, CN, SHANGHAI, OFFICE)
    assert moved.due_at > back - timedelta(hours=1)


@given(
    st.integers(0, 60 * 24 * 60).map(lambda minutes: at(1, 5) + timedelta(minutes=minutes)),
    st.builds(Limit, st.integers(1, 40), st.sampled_from([WD, CD, WALL, WORKING])),
    st.integers(0, 60 * 24 * 20),
    st.integers(0, 60 * 24 * 20),
)
def test_pause_never_brings_a_due_forward(
    start: datetime, limit: Limit, wait_min: int, pause_min: int
) -> None:
    """Whatever unit, start and length."""
    old = replying(limit, start)
    paused = start + timedelta(minutes=wait_min)
    back = paused + timedelta(minutes=pause_min)
    moved = resumed(old, paused, back, limit.unit, CN, SHANGHAI, OFFICE)
    assert moved.due_at >= old.due_at
    if limit.unit in {WD, CD}:
        assert CN.is_workday(last_day(moved.due_at, SHANGHAI))


def test_hours_are_exact_when_clocks_change() -> None:
    """Pause, limit and answer over the night of 8 March 2026 in New York, one hour short."""
    saturday = datetime(2026, 3, 7, 12, tzinfo=NEW_YORK)
    sunday = datetime(2026, 3, 8, 12, tzinfo=NEW_YORK)
    assert due_at(saturday, Limit(24, WALL), WEEKDAYS, NEW_YORK).due_at == datetime(
        2026, 3, 8, 13, tzinfo=NEW_YORK
    )
    old = start_deadline(Clock.REPLY, saturday, Limit(48, WALL), "r", WEEKDAYS, NEW_YORK)
    moved = resumed(old, saturday, sunday, WALL, WEEKDAYS, NEW_YORK)
    assert moved.due_at - old.due_at == timedelta(hours=23)
    assert answered_within_hours(saturday, sunday, 23)
    assert not answered_within_hours(saturday, sunday, 22)
    autumn = datetime(2026, 10, 31, 12, tzinfo=NEW_YORK)
    assert not answered_within_hours(autumn, datetime(2026, 11, 1, 12, tzinfo=NEW_YORK), 24)


def test_last_day_is_right_where_clocks_jump_at_midnight() -> None:
    """In Santiago Sunday 6 September 2026 begins at 01:00; Saturday ends at that instant."""
    saturday = date(2026, 9, 5)
    end = midnight_after(saturday, SANTIAGO)
    assert end == datetime(2026, 9, 6, 4, tzinfo=UTC)
    assert end.astimezone(SANTIAGO).hour == 1
    assert last_day(end, SANTIAGO) == saturday


@pytest.mark.parametrize("zone", [SHANGHAI, NEW_YORK, SANTIAGO, ZoneInfo("Pacific/Apia")])
@given(st.dates(date(2010, 1, 1), date(2040, 12, 30)))
def test_last_day_is_the_inverse_of_midnight(zone: ZoneInfo, day: date) -> None:
    """In every zone, on every day that it had."""
    local = datetime.combine(day, time(12), zone)
    if local.astimezone(UTC).astimezone(zone).date() != day:
        return
    assert last_day(midnight_after(day, zone), zone) == day


@pytest.mark.parametrize(
    ("amount", "due"),
    [
        (1, date(2026, 4, 8)),
        (20, date(2026, 4, 27)),
        (57, date(2026, 6, 3)),
        (60, date(2026, 6, 3)),
    ],
)
def test_grants_never_come_to_more_than_the_total(amount: int, due: date) -> None:
    """Thirty days from 5 March roll to 7 April; sixty more would pass the 90th day, 3 June."""
    start = at(3, 5, 10)
    old = replying(Limit(30, CD), start)
    assert last_day(old.due_at, SHANGHAI) == date(2026, 4, 7)
    moved = extended(old, Limit(amount, CD), CN, SHANGHAI)
    assert last_day(capped(moved, start, Limit(90, CD), CN, SHANGHAI).due_at, SHANGHAI) == due


def test_cap_says_so_in_the_rule() -> None:
    """A reader sees why the due is earlier than what was granted."""
    start = at(3, 4, 10)
    moved = extended(replying(Limit(30, CD), start), Limit(80, CD), CN, SHANGHAI)
    kept = capped(moved, start, Limit(90, CD), CN, SHANGHAI)
    assert kept.rule == "r: 30 calendar_day + 80 calendar_day, 90 calendar_day in all"
    assert capped(kept, start, Limit(90, CD), CN, SHANGHAI) == kept


@given(
    st.integers(0, 60 * 24 * 60).map(lambda minutes: at(1, 5) + timedelta(minutes=minutes)),
    st.integers(0, 60 * 200),
)
def test_working_time_is_the_inverse_of_its_end(start: datetime, amount_min: int) -> None:
    """What is added in office hours is found again between the two instants."""
    amount = timedelta(minutes=amount_min)
    end = end_of_working_time(start, amount, HALVES, OFFICE)
    assert working_time(start, end, HALVES, SHANGHAI, OFFICE) == amount


def test_working_time_skips_lunch_nights_and_holidays() -> None:
    """Wednesday 30 September 16:00 to Thursday 8 October 11:00 are four hours."""
    spent = working_time(at(9, 30, 16), at(10, 8, 11), CN, SHANGHAI, OFFICE)
    assert spent == timedelta(hours=4)
    assert working_time(at(10, 8, 11), at(9, 30, 16), CN, SHANGHAI, OFFICE) == timedelta()
    assert working_time(at(9, 30, 16), at(10, 8, 11), CN, SHANGHAI, ()) == timedelta()


def test_half_day_is_a_working_day_with_half_its_hours() -> None:
    """Thursday until noon, Friday from noon: three hours and four."""
    assert HALVES.day_kind(date(2026, 3, 12)) is DayKind.HALF_DAY
    assert HALVES.is_workday(date(2026, 3, 12))
    assert HALVES.half_worked(date(2026, 3, 13)) is DayHalf.AFTERNOON
    assert HALVES.half_worked(date(2026, 3, 11)) is None
    two_days = due_at(at(3, 11, 10), Limit(2, WD), HALVES, SHANGHAI)
    assert two_days.last_day == date(2026, 3, 13)
    seven = due_at(at(3, 12, 9), Limit(7, WORKING), HALVES, SHANGHAI, OFFICE)
    assert seven.due_at == at(3, 13, 18)


def test_explanation_of_working_hours_counts_minutes_by_day() -> None:
    """Each day says how much of the limit is used up, and why a half day gives less."""
    days = explain(at(3, 11, 17), Limit(9, WORKING), HALVES, SHANGHAI, OFFICE)
    assert [(each.day.day, each.counted, each.minutes) for each in days] == [
        (11, True, 60),
        (12, True, 240),
        (13, True, 480),
        (14, False, 480),
        (15, False, 480),
        (16, True, 540),
    ]
    assert days[1].reason.zh == "半天：半日工作（上午），计入"
    assert days[1].reason.en == "half holiday: half working day (morning), counted"
    assert days[1].notice == "省办〔2026〕1号"


def test_explanation_of_wall_hours_counts_holiday_nights() -> None:
    """New Year's Eve 22:00 and 24 hours: two there, twenty-two on the holiday."""
    days = explain(at(2, 16, 22), Limit(24, WALL), CN, SHANGHAI)
    assert [(each.day.day, each.counted, each.minutes) for each in days] == [
        (16, True, 120),
        (17, True, 1440),
    ]
    assert days[1].notice == "国办发明电〔2025〕7号"


def test_explanation_of_no_working_days_rolls_off_a_rest_day() -> None:
    """Zero days from a Saturday end on Monday, and nothing is counted."""
    days = explain(at(3, 14, 9), Limit(0, WD), CN, SHANGHAI)
    assert [(each.day.day, each.number) for each in days] == [(14, 0), (15, 0), (16, 0)]
    assert "顺延" in days[-1].reason.zh


@given(
    st.integers(0, 60 * 24 * 60).map(lambda minutes: at(1, 5) + timedelta(minutes=minutes)),
    st.builds(Limit, st.integers(1, 100), st.sampled_from([WALL, WORKING])),
)
def test_explanation_uses_up_the_hours_exactly(start: datetime, limit: Limit) -> None:
    """The last day has all minutes, no day has fewer than the one before."""
    days = explain(start, limit, HALVES, SHANGHAI, OFFICE)
    minutes = [each.minutes for each in days]
    assert minutes == sorted(minutes)
    assert minutes[-1] == limit.amount * 60
    assert [each.counted for each in days] == [
        now > before for before, now in zip([0, *minutes], minutes, strict=False)
    ]
