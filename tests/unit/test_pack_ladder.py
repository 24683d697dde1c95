"""Without this file a reminder could come after its due, or supervision before it."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.calendar_cn import find_calendar
from domain.deadlines import start_deadline
from domain.limit import BusinessPeriod, Limit, TimeUnit
from domain.pack_ladder import reminder_times, supervision_times
from domain.vocabulary import Clock, SupervisionLevel
from scenarios.pack_files import read_pack

CN = find_calendar("cn@2026")
SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = (BusinessPeriod(time(9), time(12)), BusinessPeriod(time(14), time(18)))
PLAIN = read_pack("plain").supervision
assert PLAIN is not None
LADDER = PLAIN


def at(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return a local instant of 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "limit", "expected"),
    [
        # Ten working days from Wednesday 4 March: the 5th ends on the 11th, the 8th on the 16th.
        (at(3, 4, 10), Limit(10, TimeUnit.WORKING_DAY), [at(3, 12), at(3, 17), at(3, 18)]),
        # Two: both shares are one day, and so is the day before the last.
        (at(3, 4, 10), Limit(2, TimeUnit.WORKING_DAY), [at(3, 6)]),
        # One: all of them are the midnight after the day of the start.
        (at(3, 4, 10), Limit(1, TimeUnit.WORKING_DAY), [at(3, 5)]),
        # The make-up Sunday of 20 September is a working day before Monday's due.
        (at(9, 18, 10), Limit(2, TimeUnit.WORKING_DAY), [at(9, 21)]),
        # Thirty calendar days reach Friday 3 April: 15 days, 24 days, the Thursday before.
        (at(3, 4, 10), Limit(30, TimeUnit.CALENDAR_DAY), [at(3, 20), at(3, 29), at(4, 3)]),
        (at(3, 4, 10), Limit(24, TimeUnit.WALL_HOUR), [at(3, 4, 22), at(3, 5), at(3, 5, 5, 12)]),
        (at(3, 4, 10), Limit(10, TimeUnit.WORKING_HOUR), [at(3, 4, 17), at(3, 5), at(3, 5, 11)]),
        (at(3, 4, 10), Limit(0, TimeUnit.ON_SPOT), [at(3, 4, 17), at(3, 4, 21, 12)]),
    ],
)
def test_reminders_go_out_at_half_four_fifths_and_a_working_day_before(
    start: datetime, limit: Limit, expected: list[datetime]
) -> None:
    """Each instant once, in order, inside the clock's own span."""
    deadline = start_deadline(Clock.REPLY, start, limit, "r", CN, SHANGHAI, OFFICE)
    times = reminder_times(LADDER, start, limit.unit, deadline, CN, SHANGHAI, OFFICE)
    assert list(times) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (Limit(2, TimeUnit.CALENDAR_DAY), at(3, 17)),
        (Limit(6, TimeUnit.WALL_HOUR), at(3, 18, 18)),
    ],
)
def test_last_reminder_may_count_calendar_days_or_hours(before: Limit, expected: datetime) -> None:
    """As the pack says it."""
    limit = Limit(10, TimeUnit.WORKING_DAY)
    start = at(3, 4, 10)
    deadline = start_deadline(Clock.REPLY, start, limit, "r", CN, SHANGHAI)
    rule = replace(LADDER, reminder_percents=(), remind_before=before)
    assert reminder_times(rule, start, limit.unit, deadline, CN, SHANGHAI) == (expected,)


def test_ladder_refuses_to_count_office_hours() -> None:
    """A pack with such a ladder is not published; the function does not guess either."""
    start = at(3, 4, 10)
    limit = Limit(10, TimeUnit.WORKING_DAY)
    deadline = start_deadline(Clock.REPLY, start, limit, "r", CN, SHANGHAI)
    rule = replace(LADDER, remind_before=Limit(1, TimeUnit.WORKING_HOUR))
    with pytest.raises(ValueError, match="working_hour"):
        reminder_times(rule, start, limit.unit, deadline, CN, SHANGHAI)


def test_supervision_is_blue_at_the_due_orange_and_red_working_days_later() -> None:
    """Due on Friday 18 September at 24:00; the make-up Sunday counts, the festival does not."""
    deadline = start_deadline(
        Clock.REPLY, at(9, 16, 10), Limit(2, TimeUnit.WORKING_DAY), "r", CN, SHANGHAI
    )
    assert supervision_times(LADDER, deadline, CN, SHANGHAI) == (
        (SupervisionLevel.BLUE, at(9, 19)),
        (SupervisionLevel.ORANGE, at(9, 23)),
        (SupervisionLevel.RED, at(10, 10)),
    )


def test_supervision_of_an_hour_clock_starts_at_its_instant() -> None:
    """Blue at the minute of the due, orange at the end of the third working day."""
    deadline = start_deadline(
        Clock.REPLY, at(3, 4, 10), Limit(24, TimeUnit.WALL_HOUR), "r", CN, SHANGHAI
    )
    blue, orange, _ = supervision_times(LADDER, deadline, CN, SHANGHAI)
    assert blue == (SupervisionLevel.BLUE, at(3, 5, 10))
    assert orange == (SupervisionLevel.ORANGE, at(3, 11))


@given(
    st.integers(0, 60 * 24 * 300).map(lambda minutes: at(1, 5) + timedelta(minutes=minutes)),
    st.builds(Limit, st.integers(0, 60), st.sampled_from(TimeUnit)),
)
def test_ladder_rises_from_start_to_due_and_beyond(start: datetime, limit: Limit) -> None:
    """Whatever the clock: reminders lie inside it, supervision begins where it ends."""
    deadline = start_deadline(Clock.REPLY, start, limit, "r", CN, SHANGHAI, OFFICE)
    times = reminder_times(LADDER, start, limit.unit, deadline, CN, SHANGHAI, OFFICE)
    assert list(times) == sorted(set(times))
    assert all(start < reminder < deadline.due_at for reminder in times)
    colours = [when for _, when in supervision_times(LADDER, deadline, CN, SHANGHAI)]
    assert colours == sorted(set(colours))
    assert colours[0] == deadline.due_at
