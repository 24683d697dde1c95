"""Without this file a deadline could be a day off and nobody would notice before a breach."""

import csv
import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.answer_times import (
    answered_by_calendar_day,
    answered_by_working_day,
    answered_within,
    answered_within_hours,
)
from domain.calendar import weekday_calendar
from domain.calendar_cn import find_calendar
from domain.deadline_change import extended, resumed
from domain.deadline_proof import explain
from domain.deadlines import Deadline, due_at, last_day, midnight_after, start_deadline
from domain.limit import (
    AMOUNT_MAX,
    BusinessPeriod,
    InvalidLimitError,
    Limit,
    Roll,
    TimeUnit,
    half_limit,
)
from domain.vocabulary import Clock

CN = find_calendar("cn@2026")
SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
OFFICE = (BusinessPeriod(time(9), time(12)), BusinessPeriod(time(13, 30), time(17, 30)))
TIPDM = Path(__file__).parents[3] / "shared" / "data" / "tipdm2020c"

FIRST = datetime(2018, 1, 1, tzinfo=SHANGHAI)
INSTANTS = st.integers(0, 3100 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))
DAY_LIMITS = st.builds(
    Limit, st.integers(0, 120), st.sampled_from([TimeUnit.WORKING_DAY, TimeUnit.CALENDAR_DAY])
)
HOURS = st.builds(Limit, st.integers(0, 500), st.just(TimeUnit.WORKING_HOUR))


def at(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    """Return a local instant of 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "limit", "due"),
    [
        (at(9, 18), Limit(2, TimeUnit.WORKING_DAY), date(2026, 9, 21)),
        (at(10, 8), Limit(2, TimeUnit.WORKING_DAY), date(2026, 10, 10)),
        (at(2, 11), Limit(10, TimeUnit.WORKING_DAY), date(2026, 3, 3)),
        (at(4, 30), Limit(5, TimeUnit.WORKING_DAY), date(2026, 5, 11)),
        (at(9, 30), Limit(10, TimeUnit.WORKING_DAY), date(2026, 10, 20)),
        (at(5, 8), Limit(2, TimeUnit.WORKING_DAY), date(2026, 5, 11)),
        (at(9, 30), Limit(5, TimeUnit.CALENDAR_DAY), date(2026, 10, 8)),
    ],
)
def test_due_at_gives_the_day_of_the_vector(start: datetime, limit: Limit, due: date) -> None:
    """Seven of the eight vectors end at 24:00 of the stated day."""
    found = due_at(start, limit, CN, SHANGHAI)
    assert found.last_day == due
    assert found.due_at == datetime.combine(due + timedelta(1), time(), SHANGHAI)
    assert found.due_at.tzinfo is UTC
    assert not found.provisional


def test_due_at_runs_wall_hours_through_a_holiday_night() -> None:
    """The eighth vector: 24 hours from 22:00 on New Year's Eve end at 22:00 the next day."""
    found = due_at(at(2, 16, 22), Limit(24, TimeUnit.WALL_HOUR), CN, SHANGHAI)
    assert found.due_at == at(2, 17, 22)
    assert not found.provisional


@pytest.mark.parametrize("hour", [0, 9, 18, 23])
def test_due_at_counts_from_the_next_working_day_when_received_on_a_rest_day(hour: int) -> None:
    """Saturday at any hour: day 1 is Monday, and no extra day is given."""
    found = due_at(at(3, 14, hour), Limit(2, TimeUnit.WORKING_DAY), CN, SHANGHAI)
    assert found.last_day == date(2026, 3, 17)


def test_due_at_takes_the_day_of_the_ledgers_zone() -> None:
    """One instant is Friday in Shanghai and Thursday in New York."""
    start = datetime(2026, 3, 12, 20, tzinfo=UTC)
    limit = Limit(1, TimeUnit.WORKING_DAY)
    assert due_at(start, limit, CN, SHANGHAI).last_day == date(2026, 3, 16)
    assert due_at(start, limit, weekday_calendar("us"), NEW_YORK).last_day == date(2026, 3, 13)


def test_due_at_ends_at_close_of_business_when_the_pack_says_so() -> None:
    """A stated close of business replaces 24:00 on the last day."""
    limit = Limit(1, TimeUnit.WORKING_DAY, close_of_business=time(17, 30))
    assert due_at(at(3, 12), limit, CN, SHANGHAI).due_at == at(3, 13, 17, 30)


def test_due_at_ends_at_local_midnight_when_clocks_change() -> None:
    """The last day is one hour short in New York, and still ends at its own midnight."""
    start = datetime(2026, 3, 7, 12, tzinfo=NEW_YORK)
    limit = Limit(1, TimeUnit.CALENDAR_DAY, Roll.NONE)
    found = due_at(start, limit, weekday_calendar("us"), NEW_YORK)
    assert found.due_at == datetime(2026, 3, 9, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("roll", "due"),
    [
        (Roll.ANY_REST_DAY, date(2026, 3, 16)),
        (Roll.HOLIDAYS_ONLY, date(2026, 3, 14)),
        (Roll.NONE, date(2026, 3, 14)),
    ],
)
def test_due_at_rolls_off_a_weekend_when_the_pack_says_so(roll: Roll, due: date) -> None:
    """Only one kind of roll leaves an ordinary Saturday."""
    limit = Limit(2, TimeUnit.CALENDAR_DAY, roll)
    assert due_at(at(3, 12), limit, CN, SHANGHAI).last_day == due


@pytest.mark.parametrize(
    ("roll", "due"),
    [
        (Roll.ANY_REST_DAY, date(2026, 10, 8)),
        (Roll.HOLIDAYS_ONLY, date(2026, 10, 8)),
        (Roll.NONE, date(2026, 10, 5)),
    ],
)
def test_due_at_rolls_off_a_holiday_when_the_pack_says_so(roll: Roll, due: date) -> None:
    """Both kinds of roll leave the National Day holiday, adjusted days included."""
    limit = Limit(5, TimeUnit.CALENDAR_DAY, roll)
    assert due_at(at(9, 30), limit, CN, SHANGHAI).last_day == due


@pytest.mark.parametrize(
    ("start", "amount_hours", "due"),
    [
        (at(3, 12, 10), 2, at(3, 12, 12)),
        (at(3, 12, 11), 2, at(3, 12, 14, 30)),
        (at(3, 12, 12, 30), 1, at(3, 12, 14, 30)),
        (at(3, 12, 20), 1, at(3, 13, 10)),
        (at(3, 12, 7), 7, at(3, 12, 17, 30)),
        (at(3, 13, 17), 1, at(3, 16, 9, 30)),
        (at(9, 18, 17), 1, at(9, 20, 9, 30)),
        (at(9, 30, 16, 30), 8, at(10, 8, 17, 30)),
    ],
)
def test_due_at_counts_working_hours_in_two_periods(
    start: datetime, amount_hours: int, due: datetime
) -> None:
    """Lunch, nights and rest days stop the count; a make-up Sunday does not."""
    limit = Limit(amount_hours, TimeUnit.WORKING_HOUR)
    assert due_at(start, limit, CN, SHANGHAI, OFFICE).due_at == due


def test_due_at_on_the_spot_is_the_same_day() -> None:
    """On the spot means before the local day is over, also on a rest day."""
    found = due_at(at(3, 14, 9), Limit(0, TimeUnit.ON_SPOT), CN, SHANGHAI)
    assert found.due_at == midnight_after(date(2026, 3, 14), SHANGHAI)


def test_due_at_is_provisional_when_it_reaches_an_unpublished_year() -> None:
    """Monday to Friday is used for 2027, and the result says it may change."""
    found = due_at(at(12, 25), Limit(10, TimeUnit.WORKING_DAY), CN, SHANGHAI)
    assert found.last_day == date(2027, 1, 8)
    assert found.provisional
    hours = due_at(at(12, 31), Limit(48, TimeUnit.WALL_HOUR), CN, SHANGHAI)
    assert not hours.provisional


@pytest.mark.parametrize(
    "limit",
    [
        Limit(-1, TimeUnit.WORKING_DAY),
        Limit(AMOUNT_MAX + 1, TimeUnit.WALL_HOUR),
        Limit(1, TimeUnit.WORKING_HOUR),
    ],
)
def test_due_at_is_refused_when_the_limit_is_unusable(limit: Limit) -> None:
    """Negative, huge and office-hour limits without office hours start no clock."""
    with pytest.raises(InvalidLimitError) as refused:
        due_at(at(3, 12), limit, CN, SHANGHAI)
    assert refused.value.code == "invalid-limit"


def test_due_at_is_refused_when_office_hours_run_backwards() -> None:
    """A period that ends before it starts would never let the hours pass."""
    with pytest.raises(InvalidLimitError):
        due_at(
            at(3, 12),
            Limit(1, TimeUnit.WORKING_HOUR),
            CN,
            SHANGHAI,
            (BusinessPeriod(time(17), time(9)),),
        )


@given(INSTANTS, DAY_LIMITS)
def test_due_day_is_never_a_rest_day(start: datetime, limit: Limit) -> None:
    """Whatever the start, day limits end on a working day and never before the start."""
    found = due_at(start, limit, CN, SHANGHAI)
    assert CN.is_workday(found.last_day)
    assert found.due_at > start
    assert last_day(found.due_at, SHANGHAI) == found.last_day


@given(INSTANTS, DAY_LIMITS | HOURS)
def test_due_at_is_monotone_in_the_amount(start: datetime, limit: Limit) -> None:
    """One more of the unit never ends earlier."""
    more = msgspec.structs.replace(limit, amount=limit.amount + 1)
    now = due_at(start, limit, CN, SHANGHAI, OFFICE).due_at
    assert due_at(start, more, CN, SHANGHAI, OFFICE).due_at >= now


@given(INSTANTS, DAY_LIMITS)
def test_due_at_is_monotone_in_the_start(start: datetime, limit: Limit) -> None:
    """Coming later never brings an earlier due."""
    later = due_at(start + timedelta(hours=7), limit, CN, SHANGHAI).due_at
    assert later >= due_at(start, limit, CN, SHANGHAI).due_at


@given(INSTANTS, st.integers(1, 100))
def test_explanation_counts_exactly_the_amount(start: datetime, amount: int) -> None:
    """The proof has every day once, counts the amount, and ends on the due day."""
    limit = Limit(amount, TimeUnit.WORKING_DAY)
    days = explain(start, limit, CN, SHANGHAI)
    assert [d.day for d in days] == [days[0].day + timedelta(n) for n in range(len(days))]
    assert sum(d.counted for d in days) == days[-1].number == amount
    assert days[-1].counted
    assert days[-1].day == due_at(start, limit, CN, SHANGHAI).last_day


def test_explanation_names_holidays_and_notices() -> None:
    """A reader sees the day of receipt, the make-up Sunday and its notice."""
    days = explain(at(9, 18), Limit(2, TimeUnit.WORKING_DAY), CN, SHANGHAI)
    assert [(d.day.day, d.counted, d.number) for d in days] == [
        (18, False, 0),
        (19, False, 0),
        (20, True, 1),
        (21, True, 2),
    ]
    assert days[0].reason.zh == "工作日，起算当日，不计入"
    assert days[1].reason.en == "weekend, skipped"
    assert days[2].reason.zh == "国庆节：调休上班，计入"
    assert days[2].notice == "国办发明电〔2025〕7号"


def test_explanation_shows_the_roll_of_calendar_days() -> None:
    """Five calendar days count, and the rest of the holiday is rolled over."""
    days = explain(at(9, 30), Limit(5, TimeUnit.CALENDAR_DAY), CN, SHANGHAI)
    assert [d.counted for d in days] == [False, *[True] * 5, False, False, False]
    assert days[-1].day == date(2026, 10, 8)
    assert "顺延" in days[-1].reason.zh


def test_explanation_says_that_an_unpublished_year_is_provisional() -> None:
    """Days of a year without a notice carry that reservation."""
    days = explain(at(12, 31), Limit(1, TimeUnit.WORKING_DAY), CN, SHANGHAI)
    assert "尚未公布" in days[-1].reason.zh
    assert "provisional" in days[-1].reason.en


@pytest.mark.parametrize("unit", list(TimeUnit))
def test_explanation_exists_for_every_unit(unit: TimeUnit) -> None:
    """No unit is left without a proof."""
    days = explain(at(3, 12), Limit(1, unit), CN, SHANGHAI, OFFICE)
    assert days
    assert all(d.reason.zh and d.reason.en for d in days)


@pytest.mark.parametrize(
    ("limit", "half"),
    [
        (Limit(10, TimeUnit.WORKING_DAY), Limit(5, TimeUnit.WORKING_DAY)),
        (Limit(5, TimeUnit.WORKING_DAY), Limit(3, TimeUnit.WORKING_DAY)),
        (Limit(1, TimeUnit.CALENDAR_DAY), Limit(1, TimeUnit.CALENDAR_DAY)),
        (Limit(25, TimeUnit.WALL_HOUR), Limit(13, TimeUnit.WALL_HOUR)),
        (Limit(0, TimeUnit.ON_SPOT), Limit(1, TimeUnit.WORKING_DAY)),
    ],
)
def test_half_limit_rounds_up_in_the_same_unit(limit: Limit, half: Limit) -> None:
    """A reopened petition gets half, at least one; on the spot becomes a working day."""
    assert half_limit(limit) == half


def test_start_deadline_records_rule_and_calendar() -> None:
    """The recorded fact says by which rule and which calendar it was computed."""
    deadline = start_deadline(
        Clock.REPLY, at(9, 18), Limit(2, TimeUnit.WORKING_DAY), "s2@1/consultation", CN, SHANGHAI
    )
    assert deadline == Deadline(
        Clock.REPLY,
        datetime(2026, 9, 21, 16, tzinfo=UTC),
        "s2@1/consultation: 2 working_day",
        "cn@2026",
        provisional=False,
    )
    assert msgspec.json.decode(msgspec.json.encode(deadline), type=Deadline) == deadline


def replying(limit: Limit, start: datetime) -> Deadline:
    """Return a reply deadline under a nameless rule."""
    return start_deadline(Clock.REPLY, start, limit, "r", CN, SHANGHAI, OFFICE)


def test_extension_counts_from_the_last_day() -> None:
    """Two more working days after Monday the 21st end on Wednesday the 23rd."""
    old = replying(Limit(2, TimeUnit.WORKING_DAY), at(9, 18))
    new = extended(old, Limit(2, TimeUnit.WORKING_DAY), CN, SHANGHAI)
    assert last_day(new.due_at, SHANGHAI) == date(2026, 9, 23)
    assert new.rule == "r: 2 working_day + 2 working_day"
    assert new.clock is Clock.REPLY


def test_extension_in_hours_counts_from_the_instant() -> None:
    """Hours are added to the due instant itself."""
    old = replying(Limit(24, TimeUnit.WALL_HOUR), at(3, 12, 8))
    new = extended(old, Limit(12, TimeUnit.WALL_HOUR), CN, SHANGHAI)
    assert new.due_at == at(3, 13, 20)


@pytest.mark.parametrize(
    ("limit", "paused", "back", "due"),
    [
        (Limit(5, TimeUnit.WORKING_DAY), at(3, 14), at(3, 15), date(2026, 3, 19)),
        (Limit(5, TimeUnit.WORKING_DAY), at(3, 13), at(3, 17), date(2026, 3, 23)),
        (Limit(5, TimeUnit.WORKING_DAY), at(3, 13), at(3, 13, 17), date(2026, 3, 19)),
        (Limit(5, TimeUnit.WORKING_DAY), at(3, 13), at(3, 14), date(2026, 3, 20)),
        (Limit(5, TimeUnit.WORKING_DAY), at(3, 14), at(3, 16), date(2026, 3, 19)),
        (Limit(7, TimeUnit.CALENDAR_DAY), at(3, 14), at(3, 15), date(2026, 3, 20)),
    ],
)
def test_pause_moves_the_due_by_the_days_paused(
    limit: Limit, paused: datetime, back: datetime, due: date
) -> None:
    """A weekend adds no working day; the day of the pause counts, that of the return does not."""
    old = replying(limit, at(3, 12))
    new = resumed(old, paused, back, limit.unit, CN, SHANGHAI)
    assert last_day(new.due_at, SHANGHAI) == due
    assert new.rule == old.rule


def test_pause_moves_hours_by_the_exact_duration() -> None:
    """An hour clock stands still for as long as the pause lasts."""
    old = replying(Limit(24, TimeUnit.WALL_HOUR), at(3, 12, 8))
    new = resumed(old, at(3, 12, 9), at(3, 12, 10, 15), TimeUnit.WALL_HOUR, CN, SHANGHAI)
    assert new.due_at == at(3, 13, 9, 15)


def test_answer_on_a_rest_day_belongs_to_the_days_before_it() -> None:
    """Asked on Thursday, answered on Saturday: within one working day no, within two yes."""
    asked, answered = at(3, 12, 9), at(3, 14, 9)
    assert not answered_by_working_day(asked, answered, 1, CN, SHANGHAI)
    assert answered_by_working_day(asked, answered, 2, CN, SHANGHAI)


def test_calendar_days_are_durations_or_dates_as_named() -> None:
    """Twenty-five hours are more than a day of 24 hours and still the next date."""
    asked, answered = at(3, 12, 9), at(3, 13, 10)
    assert not answered_within_hours(asked, answered, 24)
    assert not answered_within(asked, answered, 1, TimeUnit.CALENDAR_DAY, CN, SHANGHAI)
    assert answered_within(asked, answered, 25, TimeUnit.WALL_HOUR, CN, SHANGHAI)
    assert answered_by_calendar_day(asked, answered, 1, SHANGHAI)
    assert not answered_within(asked, answered, 0, TimeUnit.ON_SPOT, CN, SHANGHAI)


def test_answered_within_working_hours_is_refused() -> None:
    """No table counts that way, so no number is invented."""
    with pytest.raises(ValueError, match="working_hour"):
        answered_within(at(3, 12), at(3, 13), 1, TimeUnit.WORKING_HOUR, CN, SHANGHAI)


def read_tipdm() -> list[tuple[datetime, datetime]]:
    """Return message and reply instants of the real petitions, or skip without them."""
    if not TIPDM.exists():
        pytest.skip("the data set tipdm2020c is not beside the repository")

    def instant(text: str) -> datetime:
        day, _, clock = text.replace("-", "/").partition(" ")
        year, month, day_of_month = map(int, day.split("/"))
        hour, minute, second = map(int, (clock or "0:0:0").split(":"))
        return datetime(year, month, day_of_month, hour, minute, second, tzinfo=SHANGHAI)

    with (TIPDM / "petitions.csv").open(encoding="utf-8", newline="") as file:
        return [(instant(r["留言时间"]), instant(r["答复时间"])) for r in csv.DictReader(file)]


def test_answered_within_equals_the_truth_of_real_petitions() -> None:
    """All shares of 2,110 real petitions, in working days and exact days, are found."""
    pairs = read_tipdm()
    truth = json.loads((TIPDM / "truth.json").read_text(encoding="utf-8"))["answered_within"]
    found = {}
    for name in truth:
        amount = int(name.split("_")[0])
        unit = TimeUnit.WORKING_DAY if "working" in name else TimeUnit.CALENDAR_DAY
        found[name] = sum(answered_within(a, b, amount, unit, CN, SHANGHAI) for a, b in pairs)
    assert len(pairs) == 2110
    assert found == {name: figures["n"] for name, figures in truth.items()}


@given(
    start=st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis adds the zone
    amount=st.integers(0, 40),
    unit=st.sampled_from([TimeUnit.WORKING_DAY, TimeUnit.CALENDAR_DAY]),
    close=st.sampled_from([None, time(18)]),
)
def test_deadline_in_days_is_where_its_limit_ends_at_any_time_of_the_day(
    start: datetime, amount: int, unit: TimeUnit, close: time | None
) -> None:
    """A deadline that is remembered by its local day is the one that would be counted."""
    limit = Limit(amount, unit, close_of_business=close)
    for hours in (0, 8, 16, 24):
        begun = start + timedelta(hours=hours)
        expected = due_at(begun, limit, CN, SHANGHAI)
        deadline = start_deadline(Clock.REPLY, begun, limit, "s@1/appeal", CN, SHANGHAI)
        assert (deadline.due_at, deadline.provisional) == (expected.due_at, expected.provisional)
        assert deadline.rule == f"s@1/appeal: {limit}"
