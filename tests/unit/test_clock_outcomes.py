"""Without this file a deadline could count as met and missed, or twice, or not at all."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from domain.clock_outcomes import ClockOutcome, ClockVerdict, clock_outcomes
from domain.deadlines import Deadline
from domain.extension_decisions import GrantExtension
from domain.extensions import InformOfDelay
from domain.instructions import GiveInstruction, SeekInstruction
from domain.limit import Limit, TimeUnit
from domain.replying import ReturnReply
from domain.returns import ApproveReturn
from domain.suspensions import ResumePetition
from domain.vocabulary import Channel, Clock, Role
from tests.unit.given_when_then import DAY, MINUTE, Deed, Story, given
from tests.unit.petition_stories import (
    CLOSED,
    DISPATCHED,
    EXTEND,
    IN_PROGRESS,
    REOPEN,
    REPLIED,
    REPLY,
    RETURN,
    SUBMISSION,
    SUSPEND,
)

HOUR = timedelta(hours=1)
WORKING = given(*IN_PROGRESS)
IN_GROUP = Deed(replace(SUBMISSION, channel=Channel.GROUP_CHAT), Role.PETITIONER)
LANGFANG = given(IN_GROUP, *IN_PROGRESS[1:], pack="s4_langfang")


def outcomes(story: Story, clock: Clock, as_of: datetime | None = None) -> list[ClockOutcome]:
    """Return how the clocks of one kind stand, by default right after the last act."""
    found = clock_outcomes(story.history, as_of or story.at)
    return [each for each in found if each.clock is clock]


def verdicts(story: Story, clock: Clock, as_of: datetime | None = None) -> list[ClockVerdict]:
    """Return the verdicts alone."""
    return [each.verdict for each in outcomes(story, clock, as_of)]


def due(story: Story) -> Deadline:
    """Return the petition's first deadline."""
    deadline = story.facts.cycle.deadline
    assert deadline is not None
    return deadline


def test_reply_at_the_due_is_on_time_and_a_minute_later_is_late() -> None:
    """The due instant itself is still in time."""
    left = due(WORKING).due_at - WORKING.at
    exact = WORKING.when(REPLY, Role.HANDLER, after=left).decide()
    late = WORKING.when(REPLY, Role.HANDLER, after=left + MINUTE).decide()
    assert verdicts(exact, Clock.REPLY) == [ClockVerdict.ON_TIME]
    assert verdicts(late, Clock.REPLY) == [ClockVerdict.LATE]
    (outcome,) = outcomes(late, Clock.REPLY)
    assert outcome.due_at == due(WORKING).due_at
    assert outcome.ended_at == late.at


def test_what_nobody_did_is_running_and_then_overdue() -> None:
    """Whether a clock is overdue is a question of the instant."""
    due_at = due(WORKING).due_at
    assert verdicts(WORKING, Clock.REPLY, due_at) == [ClockVerdict.RUNNING]
    assert verdicts(WORKING, Clock.REPLY, due_at + MINUTE) == [ClockVerdict.OVERDUE]


def test_later_acts_do_not_count() -> None:
    """Asked for an instant before the reply, the clock still runs."""
    replied = given(*REPLIED)
    assert verdicts(replied, Clock.REPLY) == [ClockVerdict.ON_TIME]
    assert verdicts(replied, Clock.REPLY, replied.at - MINUTE) == [ClockVerdict.RUNNING]


def test_approved_return_lifts_the_clocks_of_the_unit() -> None:
    """A unit that gave the petition back in time owes neither signature nor contact."""
    returned = given(
        *DISPATCHED,
        Deed(RETURN, Role.DEPARTMENT_HEAD),
        Deed(ApproveReturn(reason="同意。"), Role.DISPATCHER),
    )
    assert verdicts(returned, Clock.SIGN) == [ClockVerdict.LIFTED]
    assert verdicts(returned, Clock.CONTACT) == [ClockVerdict.LIFTED]
    assert verdicts(returned, Clock.REPLY) == [ClockVerdict.RUNNING]


def test_suspension_and_returned_reply_leave_one_clock() -> None:
    """What stops and goes on is counted once, by its last due."""
    paused = WORKING.when(SUSPEND, Role.DISPATCHER).decide()
    assert verdicts(paused, Clock.REPLY) == [ClockVerdict.LIFTED]
    resumed = paused.when(ResumePetition(), Role.DISPATCHER, after=DAY).decide()
    assert verdicts(resumed, Clock.REPLY) == [ClockVerdict.RUNNING]
    back = Deed(ReturnReply(reason="未答复第二点。"), Role.REVIEWER)
    sent_back = resumed.and_then(Deed(REPLY, Role.HANDLER), back)
    assert verdicts(sent_back, Clock.REPLY) == [ClockVerdict.RUNNING]


def test_each_cycle_has_its_own_clock() -> None:
    """A reopened petition was on time once, and runs again."""
    again = given(*CLOSED, Deed(REOPEN, Role.PETITIONER))
    assert verdicts(again, Clock.REPLY) == [ClockVerdict.ON_TIME, ClockVerdict.RUNNING]


def test_reply_is_a_contact_and_lifts_the_plan() -> None:
    """Who answers within the hours of the plan owes no plan any more."""
    replied = LANGFANG.when(REPLY, Role.HANDLER).decide()
    assert verdicts(replied, Clock.PLAN) == [ClockVerdict.LIFTED]
    unplanned = LANGFANG.when(REPLY, Role.HANDLER, after=25 * HOUR).decide()
    assert verdicts(unplanned, Clock.PLAN) == [ClockVerdict.LATE]
    assert verdicts(given(*REPLIED), Clock.CONTACT) == [ClockVerdict.ON_TIME]


def test_reply_clock_names_the_limit_it_ran_by() -> None:
    """24 hours become 48 with the question and 5 days with the answer; it is one clock."""
    seek, give = SeekInstruction(question="可否？"), GiveInstruction(text="可以。")
    asked = LANGFANG.when(seek, Role.HANDLER).decide()
    answered = asked.when(give, Role.LEADER, after=HOUR).decide()
    late = asked.when(give, Role.LEADER, after=49 * HOUR).decide()
    limits = [outcomes(story, Clock.REPLY)[0].limit for story in (LANGFANG, asked, answered)]
    assert limits == [
        Limit(24, TimeUnit.WALL_HOUR),
        Limit(48, TimeUnit.WALL_HOUR),
        Limit(5, TimeUnit.CALENDAR_DAY),
    ]
    assert verdicts(answered, Clock.INSTRUCT) == [ClockVerdict.ON_TIME]
    assert verdicts(late, Clock.INSTRUCT) == [ClockVerdict.LATE]
    assert outcomes(late, Clock.REPLY)[0].limit == Limit(48, TimeUnit.WALL_HOUR)


def test_extended_reply_clock_keeps_the_limit_it_was_set_by() -> None:
    """Ten working days and five more are told as the ten, with those that got none."""
    asked = WORKING.and_then(Deed(EXTEND, Role.HANDLER))
    granted = asked.when(GrantExtension(), Role.DEPARTMENT_HEAD).decide()
    told = granted.when(InformOfDelay(medium="phone"), Role.HANDLER).decide()
    (outcome,) = outcomes(told, Clock.REPLY)
    assert outcome.limit == Limit(10, TimeUnit.WORKING_DAY)
    assert outcome.due_at > due(WORKING).due_at


def test_second_question_has_a_clock_of_its_own() -> None:
    """Each question to a leader is answered in time or not."""
    seek, give = SeekInstruction(question="可否？"), GiveInstruction(text="可以。")
    twice = LANGFANG.and_then(
        Deed(seek, Role.HANDLER), Deed(give, Role.LEADER), Deed(seek, Role.HANDLER)
    )
    assert verdicts(twice, Clock.INSTRUCT) == [ClockVerdict.ON_TIME, ClockVerdict.RUNNING]
