"""Without this file a newly published holiday could make an act late that was in time."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Calendar
from domain.calendar_cn import find_calendar
from domain.deadline_change import extended, resumed
from domain.deadline_recount import recompute, settle
from domain.deadlines import Deadline, due_at, last_day, start_deadline
from domain.holiday_notice import Notice, read_notices
from domain.limit import BusinessPeriod, Limit, Roll, TimeUnit
from domain.vocabulary import Clock

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = (BusinessPeriod(time(9), time(12)), BusinessPeriod(time(13, 30), time(17, 30)))
CN = find_calendar("cn@2026")
NAMES = {"春节": "Spring Festival", "元旦": "New Year's Day", "台风": "Typhoon"}
WD, CD = TimeUnit.WORKING_DAY, TimeUnit.CALENDAR_DAY


def before_and_after(*later: str, known: str) -> tuple[Calendar, Calendar]:
    """Return a calendar as first published, and with later notices."""
    first = read_notices(known, NAMES)
    notices: tuple[Notice, ...] = first + tuple(
        notice for text in later for notice in read_notices(text, NAMES)
    )
    return Calendar("cn", "1", first), Calendar("cn", "2", notices)


# The Spring Festival of 2020 as first published, and its extension of 27 January.
OLD, NEW = before_and_after(
    "# 2020 国办发明电〔2020〕1号\n春节 0131-0202",
    known="# 2020 国办发明电〔2019〕16号\n春节 0124-0130 =0125-0127 +0119 +0201",
)
EXTENDED_ON = datetime(2020, 1, 27, 9, tzinfo=SHANGHAI)
THURSDAY = datetime(2020, 1, 23, 10, tzinfo=SHANGHAI)


def replying(limit: Limit, start: datetime, calendar: Calendar) -> Deadline:
    """Return a reply deadline under a nameless rule."""
    return start_deadline(Clock.REPLY, start, limit, "r", calendar, SHANGHAI, OFFICE)


def recounted(
    deadline: Deadline, limit: Limit, now: datetime = EXTENDED_ON, start: datetime = THURSDAY
) -> Deadline | None:
    """Return a deadline after the extension of 2020."""
    return recompute(deadline, start, limit, OLD, NEW, now, SHANGHAI, OFFICE)


@pytest.mark.parametrize(
    ("limit", "before", "after"),
    [
        (Limit(2, WD), date(2020, 2, 1), date(2020, 2, 4)),
        (Limit(10, WD), date(2020, 2, 12), date(2020, 2, 14)),
        (Limit(8, CD), date(2020, 1, 31), date(2020, 2, 3)),
        (Limit(9, CD), date(2020, 2, 1), date(2020, 2, 3)),
    ],
)
def test_revision_moves_a_running_deadline_on(limit: Limit, before: date, after: date) -> None:
    """The three days that became holidays no longer count, and no roll ends on them."""
    old = replying(limit, THURSDAY, OLD)
    assert last_day(old.due_at, SHANGHAI) == before
    new = recounted(old, limit)
    assert new is not None
    assert new.due_at == due_at(THURSDAY, limit, NEW, SHANGHAI).due_at
    assert last_day(new.due_at, SHANGHAI) == after
    assert (new.calendar, new.rule, new.clock) == ("cn@2", old.rule, Clock.REPLY)


def test_revision_leaves_a_due_that_is_past() -> None:
    """What was late or in time stays so."""
    old = replying(Limit(2, WD), THURSDAY, OLD)
    assert recounted(old, Limit(2, WD), now=old.due_at) is None
    assert recounted(old, Limit(2, WD), now=old.due_at - timedelta(minutes=1)) is not None


def test_revision_never_shortens_a_running_clock() -> None:
    """A make-up day that comes later would bring the due forward, and does not."""
    less, more = before_and_after("# 2020 2\n台风 0305 +0229", known="# 2020 1\n元旦 0101")
    start = datetime(2020, 2, 27, 10, tzinfo=SHANGHAI)
    limit = Limit(2, WD)
    old = replying(limit, start, less)
    assert due_at(start, limit, more, SHANGHAI).due_at < old.due_at
    assert recompute(old, start, limit, less, more, start, SHANGHAI) is None


@pytest.mark.parametrize("limit", [Limit(200, TimeUnit.WALL_HOUR), Limit(0, TimeUnit.ON_SPOT)])
def test_revision_does_not_touch_clocks_that_ask_no_calendar(limit: Limit) -> None:
    """Hours run through holidays, whoever declares them."""
    assert recounted(replying(limit, EXTENDED_ON, OLD), limit, start=EXTENDED_ON) is None


def test_revision_keeps_what_an_extension_added() -> None:
    """Two working days and five more are seven by the new calendar too."""
    limit = Limit(2, WD)
    granted = extended(replying(limit, THURSDAY, OLD), Limit(5, WD), OLD, SHANGHAI)
    new = recounted(granted, limit)
    assert new is not None
    assert new.due_at == due_at(THURSDAY, Limit(7, WD), NEW, SHANGHAI).due_at
    assert new.rule == granted.rule


def test_revision_keeps_what_a_pause_added_to_calendar_days() -> None:
    """A paused due that now falls on a holiday rolls off it."""
    limit = Limit(6, CD)
    start = datetime(2020, 1, 20, 10, tzinfo=SHANGHAI)
    paused = resumed(
        replying(limit, start, OLD),
        datetime(2020, 1, 21, 9, tzinfo=SHANGHAI),
        datetime(2020, 1, 22, 9, tzinfo=SHANGHAI),
        CD,
        OLD,
        SHANGHAI,
    )
    assert last_day(paused.due_at, SHANGHAI) == date(2020, 2, 1)
    new = recounted(paused, limit, start=start)
    assert new is not None
    assert last_day(new.due_at, SHANGHAI) == date(2020, 2, 3)


def test_revision_keeps_what_a_pause_added_to_working_hours() -> None:
    """Ten hours and two of pause are twelve hours of the new calendar's office days."""
    limit = Limit(10, TimeUnit.WORKING_HOUR)
    paused = resumed(
        replying(limit, THURSDAY, OLD),
        THURSDAY.replace(hour=14),
        THURSDAY.replace(hour=16),
        TimeUnit.WORKING_HOUR,
        OLD,
        SHANGHAI,
        OFFICE,
    )
    new = recounted(paused, limit)
    assert new is not None
    twelve = Limit(12, TimeUnit.WORKING_HOUR)
    assert new.due_at == due_at(THURSDAY, twelve, NEW, SHANGHAI, OFFICE).due_at


def test_revision_leaves_paused_wall_hours() -> None:
    """Moved by a pause, they still ask no calendar."""
    limit = Limit(100, TimeUnit.WALL_HOUR)
    old = replying(limit, THURSDAY, OLD)
    span = (THURSDAY, THURSDAY + timedelta(hours=3))
    paused = resumed(old, *span, TimeUnit.WALL_HOUR, OLD, SHANGHAI)
    assert recounted(paused, limit) is None


INSTANTS = st.integers(0, 60 * 24 * 40).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=SHANGHAI) + timedelta(minutes=minutes)
)
LIMITS = st.builds(
    Limit,
    st.integers(0, 30),
    st.sampled_from([WD, CD, TimeUnit.WORKING_HOUR]),
    st.sampled_from(Roll),
)


@given(INSTANTS, LIMITS, INSTANTS)
def test_revision_is_later_and_ahead_of_now_or_nothing(
    start: datetime, limit: Limit, now: datetime
) -> None:
    """For any clock and any moment: no past moment late, no clock shortened, same again."""
    old = replying(limit, start, OLD)
    new = recompute(old, start, limit, OLD, NEW, now, SHANGHAI, OFFICE)
    if new is None:
        return
    assert new.due_at > old.due_at > now
    assert new.due_at == due_at(start, limit, NEW, SHANGHAI, OFFICE).due_at
    assert recompute(new, start, limit, NEW, NEW, now, SHANGHAI, OFFICE) is None


# The holidays of 2027 here are made up: their notice was not published when this was written.
SETTLED = Calendar(
    "cn",
    "2027",
    CN.notices
    + read_notices("# 2027 第1号\n元旦 0101-0103 =0101 +0109; 春节 0205-0211 +0130", NAMES),
)
PUBLISHED_ON = datetime(2026, 11, 4, 9, tzinfo=SHANGHAI)
DECEMBER = datetime(2026, 12, 31, 10, tzinfo=SHANGHAI)


def settled(
    limit: Limit, start: datetime = DECEMBER, now: datetime = PUBLISHED_ON
) -> tuple[Deadline, Deadline | None]:
    """Return a deadline as first recorded, and what the publication of 2027 makes of it."""
    old = replying(limit, start, CN)
    return old, settle(old, start, limit, CN, SETTLED, now, SHANGHAI, OFFICE)


def test_settlement_moves_a_provisional_deadline_behind_the_holiday() -> None:
    """Counted Monday to Friday, 1 January was day 1; it is a holiday."""
    old, new = settled(Limit(2, WD))
    assert old.provisional
    assert last_day(old.due_at, SHANGHAI) == date(2027, 1, 4)
    assert new is not None
    assert not new.provisional
    assert last_day(new.due_at, SHANGHAI) == date(2027, 1, 5)
    assert new.calendar == "cn@2027"


def test_settlement_records_that_a_due_is_definite_even_if_it_stays() -> None:
    """A make-up Saturday cancels the holiday out: same due, no reservation any more."""
    old, new = settled(Limit(7, WD))
    assert new is not None
    assert (new.due_at, new.provisional) == (old.due_at, False)


def test_settlement_may_bring_a_provisional_due_forward_but_not_behind_now() -> None:
    """A working Saturday counts, unless the earlier due would already be past."""
    start = datetime(2027, 1, 4, 10, tzinfo=SHANGHAI)
    limit = Limit(6, WD)
    old, new = settled(limit, start)
    assert new is not None
    assert last_day(old.due_at, SHANGHAI) == date(2027, 1, 12)
    assert last_day(new.due_at, SHANGHAI) == date(2027, 1, 11)
    _, late = settled(limit, start, now=datetime(2027, 1, 12, 9, tzinfo=SHANGHAI))
    assert late is not None
    assert (late.due_at, late.provisional) == (old.due_at, False)


def test_settlement_has_nothing_to_say_on_definite_deadlines() -> None:
    """Hours ask no calendar; a due inside 2026 was definite from the start."""
    assert settled(Limit(48, TimeUnit.WALL_HOUR))[1] is None
    assert settled(Limit(2, WD), datetime(2026, 3, 2, 10, tzinfo=SHANGHAI))[1] is None


def test_settlement_waits_for_the_year_it_needs() -> None:
    """A clock that reaches 2028 stays provisional, and is moved by what is known."""
    start = datetime(2027, 12, 27, 10, tzinfo=SHANGHAI)
    old, new = settled(Limit(10, WD), start)
    assert old.provisional
    assert new is None


def test_settlement_leaves_a_definite_deadline_to_revisions() -> None:
    """A later notice of a published year is a revision, whatever else its edition settles."""
    limit = Limit(2, WD)
    old = replying(limit, THURSDAY, OLD)
    assert not old.provisional
    assert settle(old, THURSDAY, limit, OLD, NEW, EXTENDED_ON, SHANGHAI) is None
