"""Without this file a leader's answer could start no clock, or make good a missed one."""

from datetime import timedelta

from msgspec.structs import replace

from domain.errors import GuardError
from domain.instructions import GiveInstruction, SeekInstruction
from domain.leadership import AttendeeNote, EndorseByLeader, HandleOnSite, HoldDedicatedMeeting
from domain.leadership_events import (
    DedicatedMeetingHeld,
    InstructionGiven,
    InstructionSought,
    LeaderEndorsed,
    OnSiteHandled,
)
from domain.roster import UnknownUnitError
from domain.standing import deadlines_at, effective_due
from domain.vocabulary import Channel, Clock, Role
from tests.unit.given_when_then import DAY, MINUTE, Deed, Story, given
from tests.unit.petition_stories import ATTENDEE, EXTEND, IN_PROGRESS, SUBMISSION, running

SEEK = SeekInstruction(question="可否先行施划？")
GIVE = GiveInstruction(text="同意先行施划。")
HOUR = timedelta(hours=1)
PLAIN = given(*IN_PROGRESS)
IN_GROUP = Deed(replace(SUBMISSION, channel=Channel.GROUP_CHAT), Role.PETITIONER)
LANGFANG = given(IN_GROUP, *IN_PROGRESS[1:], pack="s4_langfang")


def due(story: Story) -> timedelta | None:
    """Return how long after now the petition is due."""
    due_at = effective_due(story.facts.cycle, story.at)
    return None if due_at is None else due_at - story.at


def test_question_and_answer_leave_the_state_alone() -> None:
    """The unit asks, the leader answers, and the unit goes on."""
    asked = PLAIN.when(SEEK, Role.HANDLER).then(InstructionSought)
    answered = asked.when(GIVE, Role.LEADER).then(InstructionGiven)
    assert answered.facts.state is PLAIN.facts.state
    assert answered.facts.instruction is None
    assert answered.facts.cycle.moves == []


def test_question_starts_the_clock_of_the_pack() -> None:
    """In Langfang the result of a question is due in 48 hours, and the petition with it."""
    asked = LANGFANG.when(SEEK, Role.HANDLER).then(InstructionSought)
    assert due(asked) == 48 * HOUR
    assert running(asked, Clock.INSTRUCT) == asked.at + 48 * HOUR
    answered = asked.when(GIVE, Role.LEADER, after=HOUR).then(InstructionGiven)
    due_at = effective_due(answered.facts.cycle, answered.at)
    assert due_at is not None
    # Five calendar days from Monday, ending at midnight after Saturday, roll to Monday.
    assert due_at.isoformat() == "2026-09-20T16:00:00+00:00"
    assert running(answered, Clock.INSTRUCT) is None


def test_question_makes_no_missed_due_good() -> None:
    """Asked after the 24 hours, the petition stays late."""
    late = LANGFANG.when(SEEK, Role.HANDLER, after=25 * HOUR).then(InstructionSought)
    assert due(late) is not None
    assert effective_due(late.facts.cycle, late.at) == effective_due(
        LANGFANG.facts.cycle, LANGFANG.at
    )


def test_due_of_an_instruction_is_that_of_its_instant() -> None:
    """Before the question the first limit held, in both readings."""
    asked = LANGFANG.when(SEEK, Role.HANDLER).then(InstructionSought)
    before = deadlines_at(asked.facts.cycle, LANGFANG.at)
    after = deadlines_at(asked.facts.cycle, asked.at)
    assert before.original == before.effective == LANGFANG.facts.cycle.deadline
    assert after.original == after.effective != before.effective


def test_question_is_refused_when_one_is_pending() -> None:
    """One question at a time, by the lead alone."""
    asked = PLAIN.and_then(Deed(SEEK, Role.HANDLER))
    asked.when(SEEK, Role.HANDLER).refuses(GuardError, "instruction-pending")
    PLAIN.when(SEEK, Role.HANDLER, unit="roads").refuses(GuardError, "not-the-lead")


def test_instruction_is_refused_when_none_was_sought() -> None:
    """What a leader wants of himself is an endorsement."""
    PLAIN.when(GIVE, Role.LEADER).refuses(GuardError, "no-instruction-sought")


def test_question_that_moves_the_due_is_refused_when_an_extension_is_open() -> None:
    """Two changes of one due never overtake each other."""
    story = given(*IN_PROGRESS, pack="plain")
    rules = LANGFANG.packs["s4_langfang"].latest.types
    appeal = next(each for each in rules if each.petition_type is story.facts.petition_type)
    types = tuple(
        appeal if each.petition_type is appeal.petition_type else each
        for each in story.packs["plain"].latest.types
    )
    asked = story.and_then(Deed(EXTEND, Role.HANDLER)).with_pack(types=types)
    asked.when(SEEK, Role.HANDLER).refuses(GuardError, "extension-open")


def test_endorsement_meeting_and_work_on_site_are_recorded_with_who_was_there() -> None:
    """Attendance and decisions stand in the event; nothing else changes."""
    endorsed = PLAIN.when(EndorseByLeader(text="请抓紧办理。"), Role.LEADER).then(LeaderEndorsed)
    meeting = HoldDedicatedMeeting(attendees=(ATTENDEE,), decisions=("年内完成。", "专班推进。"))
    met = endorsed.when(meeting, Role.LEADER).then(DedicatedMeetingHeld)
    assert isinstance(met.last, DedicatedMeetingHeld)
    assert [each.unit for each in met.last.attendees] == ["bureau"]
    assert len(met.last.decisions) == 2
    visit = HandleOnSite(place="厂区门口", attendees=(ATTENDEE,), decisions=("当日清障。",))
    seen = met.when(visit, Role.LEADER).then(OnSiteHandled)
    assert seen.facts.cycles == PLAIN.facts.cycles
    assert seen.facts.state is PLAIN.facts.state
    assert seen.at == PLAIN.at + 3 * MINUTE < PLAIN.at + DAY


def test_meeting_is_refused_when_a_unit_is_unknown() -> None:
    """Whoever took part belongs to a unit of the roster."""
    stranger = AttendeeNote(unit="nowhere", account="x-1", post="局长")
    meeting = HoldDedicatedMeeting(attendees=(stranger,), decisions=("年内完成。",))
    PLAIN.when(meeting, Role.LEADER).refuses(UnknownUnitError, "unknown-unit")
