"""Without this file the time that a clock has run could count nights, pauses or nothing."""

from datetime import datetime, time, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from domain.calendar_cn import find_calendar
from domain.clock_fold import NO_CLOCKS
from domain.clock_time import clock_time, pauses_of
from domain.deadline_lines import deadline_lines
from domain.deadlines import Deadline
from domain.limit import BusinessPeriod, Limit, TimeUnit
from domain.petition import PetitionEvent
from domain.recorded_deadlines import limit_of, pack_of, unit_of
from domain.running_clocks import running_clocks
from domain.supplements import SupplyMaterial
from domain.suspensions import ResumePetition
from domain.vocabulary import Clock, Holder, PetitionState, Role
from tests.unit.given_when_then import DAY, START, Deed, given
from tests.unit.petition_stories import (
    CLOSED,
    DISPATCHED,
    IN_PROGRESS,
    NEEDS_SUPPLEMENT,
    STORIES,
    SUSPEND,
)

CN = find_calendar("cn@2026")
SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = (BusinessPeriod(time(9), time(12)), BusinessPeriod(time(14), time(18)))
HOUR = timedelta(hours=1)


def at(day: int, hour: int = 0) -> datetime:
    """Return a local instant of September 2026."""
    return datetime(2026, 9, day, hour, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        # From Friday 18 September 10:00 to Monday 10:00: the make-up Sunday is a working day.
        (TimeUnit.WORKING_DAY, 14 * HOUR + 24 * HOUR + 10 * HOUR),
        (TimeUnit.WORKING_HOUR, 6 * HOUR + 7 * HOUR + 1 * HOUR),
        (TimeUnit.CALENDAR_DAY, 72 * HOUR),
        (TimeUnit.WALL_HOUR, 72 * HOUR),
        (TimeUnit.ON_SPOT, 72 * HOUR),
    ],
)
def test_clock_runs_in_what_its_unit_counts(unit: TimeUnit, expected: timedelta) -> None:
    """To the minute, whole days included."""
    assert clock_time(at(18, 10), at(21, 10), (), unit, CN, SHANGHAI, OFFICE) == expected


def test_pauses_are_taken_off_up_to_the_instant() -> None:
    """Also one that still lasts."""
    pauses = ((at(21, 10), at(22, 10)), (at(23, 10), None))
    unit = TimeUnit.WALL_HOUR
    assert clock_time(at(21), at(22), pauses, unit, CN, SHANGHAI) == 10 * HOUR
    assert clock_time(at(21), at(24), pauses, unit, CN, SHANGHAI) == (10 + 24) * HOUR
    assert clock_time(at(21), at(30), pauses, unit, CN, SHANGHAI) == (10 + 24) * HOUR
    assert clock_time(at(21), at(20), pauses, unit, CN, SHANGHAI) == timedelta()


def test_pauses_of_a_petition_are_its_suspensions_and_its_supplement() -> None:
    """Each stops its own clock alone."""
    suspended = given(*IN_PROGRESS, Deed(SUSPEND, Role.DISPATCHER))
    since = suspended.facts.cycle.pauses[-1].suspended_at
    assert list(pauses_of(suspended.facts, Clock.REPLY)) == [(since, None)]
    assert list(pauses_of(suspended.facts, Clock.ACCEPT)) == []
    resumed = suspended.and_then(Deed(ResumePetition(), Role.DISPATCHER, after=DAY))
    assert list(pauses_of(resumed.facts, Clock.REPLY)) == [(since, since + DAY)]
    asked = given(*NEEDS_SUPPLEMENT)
    asked_at = asked.at
    assert list(pauses_of(asked.facts, Clock.ACCEPT)) == [(asked_at, None)]
    supplied = asked.and_then(Deed(SupplyMaterial(text="见附件。"), Role.PETITIONER, after=DAY))
    assert list(pauses_of(supplied.facts, Clock.ACCEPT)) == [(asked_at, asked_at + DAY)]


@pytest.mark.parametrize("state", list(PetitionState))
def test_every_running_clock_has_its_line(state: PetitionState) -> None:
    """With the rule that set it, and a start that is not after its due."""
    facts = given(*STORIES[state]).facts
    lines = deadline_lines(facts)
    running = {(each.clock, each.unit or "") for each in running_clocks(facts)}
    assert {(line.clock, line.unit) for line in lines if line.paused_at is None} == running
    for line in lines:
        assert line.since <= line.due_at
        assert line.deadline is not None
        assert line.deadline.due_at == line.due_at
        assert pack_of(line.deadline) == ("plain", 1)


def test_facts_keep_the_newest_deadline_of_each_clock_while_it_may_run() -> None:
    """A petition that has ended keeps none."""
    facts = given(*DISPATCHED).facts
    kept = {(each.deadline.clock, each.unit): each.version for each in facts.clocks}
    assert kept == {
        (Clock.ACCEPT, ""): 1,
        (Clock.REPLY, ""): 3,
        (Clock.SIGN, "bureau"): 4,
        (Clock.CONTACT, "bureau"): 4,
    }
    assert not NO_CLOCKS & {each.deadline.clock for each in facts.clocks}
    assert given(*CLOSED).facts.clocks == []


def test_every_event_with_a_deadline_is_kept() -> None:
    """A new event that records one names it as the others do."""
    known = {"deadlines", "assignments", "assignment", "deadline"}
    named = {
        name
        for kind in get_args(PetitionEvent)
        for name, written in kind.__annotations__.items()
        if "Deadline" in str(written) or "AssignmentOrder" in str(written)
    }
    assert named - known == {"old", "new", "original"}


def test_line_names_who_has_the_petition_in_hand() -> None:
    """Hub, unit, petitioner or nobody's but the calendar's."""
    holders = {
        PetitionState.SUBMITTED: Holder.HUB,
        PetitionState.NEEDS_SUPPLEMENT: Holder.PETITIONER,
        PetitionState.IN_PROGRESS: Holder.UNIT,
        PetitionState.SUSPENDED: Holder.CALENDAR,
    }
    for state, holder in holders.items():
        assert {line.holder for line in deadline_lines(given(*STORIES[state]).facts)} == {holder}


@pytest.mark.parametrize(
    ("rule", "limit"),
    [
        ("plain@1/appeal: 10 working_day", Limit(10, TimeUnit.WORKING_DAY)),
        ("plain@1/appeal: 30 calendar_day + 5 working_day", Limit(30, TimeUnit.CALENDAR_DAY)),
        (
            "r: 9 working_day + 80 working_day, 90 working_day in all",
            Limit(9, TimeUnit.WORKING_DAY),
        ),
        ("s4_langfang@2/appeal: 24 wall_hour", Limit(24, TimeUnit.WALL_HOUR)),
        ("s4_langfang@2/consultation: on_spot", Limit(0, TimeUnit.ON_SPOT)),
        ("s4_langfang@2/consultation: on_spot + 1 working_day", Limit(0, TimeUnit.ON_SPOT)),
        ("s1_shuangliu@1/appeal: per_item", None),
        ("as given", None),
    ],
)
def test_limit_of_a_deadline_is_read_from_its_rule(rule: str, limit: Limit | None) -> None:
    """What an event recorded is enough; a stated due counts working days."""
    deadline = Deadline(Clock.REPLY, START, rule, "cn@2026")
    assert limit_of(deadline) == limit
    assert unit_of(deadline) is (TimeUnit.WORKING_DAY if limit is None else limit.unit)


def test_deadline_without_a_pack_names_none() -> None:
    """A due that another system stated stands in no pack of this ledger."""
    assert pack_of(Deadline(Clock.REPLY, START, "as given", "cn@2026")) is None
