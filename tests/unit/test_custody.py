"""Without this file a working minute could be charged twice, or to nobody."""

from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import given as hypothesis_given
from hypothesis import settings
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.calendar_cn import find_calendar
from domain.custody import custody
from domain.dispatching import DispatchPetition, SignAssignment
from domain.instructions import GiveInstruction, SeekInstruction
from domain.limit import BusinessPeriod
from domain.office_hours import working_time
from domain.reasons import SuspensionReason
from domain.returns import ApproveReturn
from domain.suspensions import ResumePetition
from domain.vocabulary import Holder, Role
from tests.unit.command_driver import drive
from tests.unit.given_when_then import DAY, MINUTE, START, Deed, Story, given
from tests.unit.petition_stories import (
    ACCEPTED,
    CLOSED,
    DISPATCHED,
    IN_PROGRESS,
    NEEDS_SUPPLEMENT,
    REOPEN,
    RETURN,
    SUSPEND,
)

CN = find_calendar("cn@2026")
SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = (BusinessPeriod(time(9), time(12)), BusinessPeriod(time(14), time(18)))
HOUR = timedelta(hours=1)


def spent(story: Story, as_of: datetime | None = None) -> dict[str, int]:
    """Return minutes by holder, a unit under its own code."""
    found = custody(story.facts, as_of or story.at, CN, SHANGHAI, OFFICE)
    assert found.whole == sum(charge.minutes for charge in found.parts)
    return {charge.unit or charge.holder.value: charge.minutes for charge in found.parts}


def test_time_is_charged_to_whoever_has_the_petition() -> None:
    """Hub, unit, leader: a Monday morning from nine o'clock."""
    story = given(*DISPATCHED).and_then(
        Deed(SignAssignment(handler_id="h", handler_name="示例"), Role.HANDLER, after=HOUR),
        Deed(SeekInstruction(question="可否？"), Role.HANDLER, after=20 * MINUTE),
        Deed(GiveInstruction(text="可。"), Role.LEADER, after=30 * MINUTE),
    )
    assert spent(story) == {"hub": 3, "bureau": 80, "leader": 30}
    later = story.at + 10 * MINUTE
    assert spent(story, later) == {"hub": 3, "bureau": 90, "leader": 30}


def test_nights_lunch_and_rest_days_are_charged_to_nobody() -> None:
    """From Monday to Monday there are six working days of seven hours: that Sunday is worked."""
    story = given(*IN_PROGRESS)
    assert sum(spent(story, START + 7 * DAY).values()) == 6 * 7 * 60
    assert sum(spent(story, START).values()) == 0


def test_time_before_the_day_of_the_question_stands() -> None:
    """As of an earlier instant, later holders have had nothing."""
    story = given(*CLOSED)
    assert spent(story, START + 2 * MINUTE) == {"hub": 2}
    assert custody(story.facts, START - DAY, CN, SHANGHAI, OFFICE).parts == ()


def test_petition_that_goes_to_and_fro_shows() -> None:
    """A unit that returns it has had it for so long, and the hub again after it."""
    story = given(*IN_PROGRESS).and_then(
        Deed(RETURN, Role.DEPARTMENT_HEAD, after=HOUR),
        Deed(ApproveReturn(reason="确非其职责。"), Role.DISPATCHER, after=HOUR),
        Deed(DispatchPetition(lead="roads"), Role.DISPATCHER),
    )
    assert spent(story, story.at + 5 * MINUTE) == {"hub": 3 + 60 - 7 + 8, "bureau": 61, "roads": 5}


def test_suspension_is_the_petitioners_or_the_calendars() -> None:
    """By its reason; a supplement that is awaited is the petitioner's as well."""
    for reason, holder in (
        (SuspensionReason.PETITIONER_MATERIAL, "petitioner"),
        (SuspensionReason.LITIGATION, "calendar"),
    ):
        story = given(*IN_PROGRESS).and_then(
            Deed(replace(SUSPEND, reason=reason), Role.DISPATCHER),
            Deed(ResumePetition(), Role.DISPATCHER, after=HOUR),
        )
        assert spent(story)[holder] == 60
    asked = given(*NEEDS_SUPPLEMENT)
    assert spent(asked, asked.at + HOUR)["petitioner"] == 60


def test_time_between_closing_and_reopening_is_nobodys() -> None:
    """A petition at rest costs no office any time."""
    story = given(*CLOSED)
    assert spent(story, story.at + DAY) == spent(story)
    again = story.and_then(Deed(REOPEN, Role.PETITIONER, after=2 * DAY))
    assert sum(spent(again).values()) == sum(spent(story).values())


def test_whole_working_days_count_without_office_hours() -> None:
    """A pack that states no hours counts days of 24 hours."""
    story = given(*ACCEPTED)
    found = custody(story.facts, START + 2 * DAY, CN, SHANGHAI)
    assert found.whole in {2 * 24 * 60, 2 * 24 * 60 - 1}


@settings(max_examples=150, deadline=None)
@hypothesis_given(seed=st.integers(0, 2**32), hours=st.integers(0, 24 * 90))
def test_parts_sum_to_the_whole(seed: int, hours: int) -> None:
    """Whatever happened: no minute is charged twice, none is lost while somebody had it."""
    story = drive(Random(seed))  # noqa: S311 - repeatable, no secret
    facts, as_of = story.facts, START + hours * HOUR
    found = custody(facts, as_of, CN, SHANGHAI, OFFICE)
    assert found.whole == sum(charge.minutes for charge in found.parts)
    assert all(charge.minutes >= 0 for charge in found.parts)
    assert all(bool(charge.unit) is (charge.holder is Holder.UNIT) for charge in found.parts)
    since = [holding.since for holding in facts.holdings]
    assert since == sorted(since)
    free = timedelta()
    for holding, end in zip(facts.holdings, [*since[1:], as_of], strict=True):
        if holding.holder is None:
            free += working_time(holding.since, min(end, as_of), CN, SHANGHAI, OFFICE)
    span = working_time(facts.submitted_at, as_of, CN, SHANGHAI, OFFICE)
    assert found.whole == (span - free) // MINUTE
