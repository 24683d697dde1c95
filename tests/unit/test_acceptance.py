"""Without this file a petition could be taken in, turned away or answered against the rules."""

from datetime import datetime

from msgspec.structs import replace

from domain.acceptance import AcceptPetition
from domain.dispatching import DispatchPetition
from domain.errors import GuardError, NotPermittedError
from domain.handling_events import AnsweredOnSpot, Dispatched
from domain.intake_events import Accepted, NotAccepted, ReferredOut
from domain.pack_content import TypeNotInPackError
from domain.reasons import DeclineReason
from domain.replying import ApproveReply, ReturnReply
from domain.returns import ApproveReturn
from domain.spot_answers import AnswerNow
from domain.vocabulary import Channel, Clock, PetitionState, PetitionType, Role
from tests.unit.given_when_then import DAY, MINUTE, Deed, given
from tests.unit.petition_stories import (
    ACCEPT,
    ACCEPTED,
    CLOSE,
    DECLINE,
    REFER,
    REGISTERED,
    REOPEN,
    RETURN_REQUESTED,
    SOLVED,
    SUBMISSION,
)

CONSULT = replace(ACCEPT, petition_type=PetitionType.CONSULTATION)
ANSWER = AnswerNow(text="可在窗口办理。")
ASKED = (
    Deed(replace(SUBMISSION, petition_type=PetitionType.CONSULTATION), Role.PETITIONER),
    *REGISTERED[1:],
)
AT_SESSION = (
    Deed(replace(SUBMISSION, channel=Channel.MAIN_SESSION), Role.INTAKE),
    *REGISTERED[1:],
)


def test_acceptance_pins_pack_and_calendar_and_starts_the_clock() -> None:
    """Ten working days: Sunday the 20th is made up, 25 to 27 September are off."""
    story = given(*REGISTERED).when(ACCEPT, Role.INTAKE).then(Accepted)
    facts = story.facts
    assert (facts.policy_pack, facts.policy_version) == ("plain", 1)
    assert facts.calendar == "cn@2026"
    assert facts.cycle.deadline is not None
    assert facts.cycle.deadline.clock is Clock.REPLY
    assert facts.cycle.deadline.due_at == datetime.fromisoformat("2026-09-29T00:00+08:00")
    assert facts.category == "parking"


def test_acceptance_takes_a_proposed_due_where_the_pack_leaves_it_to_the_item() -> None:
    """In Shuangliu the host unit proposes the limit of each item."""
    story = given(*AT_SESSION, pack="s1_shuangliu")
    due_at = story.at + 20 * DAY
    proposed = replace(ACCEPT, proposed_due_at=due_at)
    facts = story.when(proposed, Role.INTAKE).then(Accepted).facts
    assert facts.cycle.deadline is not None
    assert facts.cycle.deadline.due_at == due_at
    assert "per_item" in facts.cycle.deadline.rule


def test_acceptance_is_refused_when_the_proposed_due_is_missing_or_past() -> None:
    """Where the item sets the limit, it must be there and lie ahead."""
    story = given(*AT_SESSION, pack="s1_shuangliu")
    story.when(ACCEPT, Role.INTAKE).refuses(GuardError, "due-missing")
    past = replace(ACCEPT, proposed_due_at=story.at)
    story.when(past, Role.INTAKE, after=MINUTE).refuses(GuardError, "due-before-acceptance")
    naive = replace(ACCEPT, proposed_due_at=(story.at + DAY).replace(tzinfo=None))
    story.when(naive, Role.INTAKE).refuses(GuardError, "due-before-acceptance")


def test_acceptance_is_refused_when_a_due_is_proposed_against_the_pack() -> None:
    """Where the type sets the limit, nobody proposes another."""
    story = given(*REGISTERED)
    proposed = replace(ACCEPT, proposed_due_at=story.at + 90 * DAY)
    story.when(proposed, Role.INTAKE).refuses(GuardError, "due-not-proposed-here")


def test_acceptance_is_refused_when_the_pack_does_not_handle_the_type() -> None:
    """A type needs a pack that knows it."""
    channel = replace(SUBMISSION, channel=Channel.WEB)
    story = given(Deed(channel, Role.INTAKE), *REGISTERED[1:], pack="s2_quanzhou")
    tip_off = AcceptPetition(petition_type=PetitionType.TIP_OFF, category="fraud")
    story.when(tip_off, Role.INTAKE).refuses(TypeNotInPackError, "type-not-in-pack")


def test_refusal_needs_two_persons_and_a_reason_of_the_pack() -> None:
    """One person alone turns nobody away."""
    story = given(*REGISTERED)
    facts = story.when(DECLINE, Role.INTAKE).then(NotAccepted).facts
    assert facts.not_accepted_at is not None
    alone = replace(DECLINE, reviewer_id="intake-1")
    story.when(alone, Role.INTAKE).refuses(NotPermittedError, "not-permitted")


def test_refusal_is_refused_when_the_pack_does_not_know_the_reason() -> None:
    """The reasons are a closed list of the pack."""
    story = given(*REGISTERED).with_pack(decline_reasons=(DeclineReason.UNLAWFUL,))
    story.when(DECLINE, Role.INTAKE).refuses(GuardError, "reason-not-in-pack")


def test_referral_ends_the_petition_here() -> None:
    """The petitioner is told where to go."""
    facts = given(*REGISTERED).when(REFER, Role.INTAKE).then(ReferredOut).facts
    assert facts.referred_out_at is not None
    assert not facts.state.is_open


def test_spot_answer_accepts_first_when_only_registered() -> None:
    """So that it enters the base of every rate."""
    facts = given(*ASKED).when(ANSWER, Role.INTAKE).then(Accepted, AnsweredOnSpot).facts
    assert facts.state is PetitionState.REPLIED
    assert facts.category == "consultation"
    accepted = given(*ASKED, Deed(CONSULT, Role.INTAKE))
    accepted.when(ANSWER, Role.DEPARTMENT_HEAD).then(AnsweredOnSpot)


def test_spot_answer_is_its_own_due_where_the_item_sets_the_limit() -> None:
    """Answered at once, it can be due at once."""
    submission = replace(
        SUBMISSION, channel=Channel.MAIN_SESSION, petition_type=PetitionType.CONSULTATION
    )
    story = given(Deed(submission, Role.INTAKE), *REGISTERED[1:], pack="s1_shuangliu")
    facts = story.when(ANSWER, Role.INTAKE).then(Accepted, AnsweredOnSpot).facts
    assert facts.cycle.deadline is not None
    assert facts.cycle.deadline.due_at == facts.cycle.replies[0].replied_at


def test_spot_answer_is_refused_when_it_is_no_consultation() -> None:
    """Only a question is answered on the spot."""
    for story in (given(*REGISTERED), given(*ACCEPTED)):
        story.when(ANSWER, Role.INTAKE).refuses(GuardError, "not-a-consultation")


def test_spot_answer_returned_or_reopened_goes_back_to_the_hub() -> None:
    """No unit was ever ordered to act, so the hub dispatches or answers again."""
    answered = given(*ASKED, Deed(ANSWER, Role.INTAKE))
    returned = answered.when(ReturnReply(reason="未答到点上。"), Role.REVIEWER).decide()
    assert returned.facts.state is PetitionState.ACCEPTED
    returned.when(ANSWER, Role.INTAKE).then(AnsweredOnSpot)
    closed = answered.and_then(
        Deed(ApproveReply(), Role.REVIEWER),
        Deed(SOLVED, Role.CALLBACK),
        Deed(CLOSE, Role.REVIEWER),
        Deed(REOPEN, Role.PETITIONER),
    )
    assert closed.facts.state is PetitionState.ACCEPTED
    closed.when(DispatchPetition(lead="bureau"), Role.DISPATCHER).then(Dispatched)


def test_spot_answer_after_a_return_is_not_reopened_for_the_unit_that_returned() -> None:
    """The unit was the wrong one, so the hub decides anew."""
    story = given(
        *ASKED,
        Deed(CONSULT, Role.INTAKE),
        *RETURN_REQUESTED[len(ACCEPTED) :],
        Deed(ApproveReturn(reason="确非其职责。"), Role.DISPATCHER),
        Deed(ANSWER, Role.INTAKE),
        Deed(ApproveReply(), Role.REVIEWER),
        Deed(SOLVED, Role.CALLBACK),
        Deed(CLOSE, Role.REVIEWER),
        Deed(REOPEN, Role.PETITIONER),
    )
    assert story.facts.lead is None
    assert story.facts.state is PetitionState.ACCEPTED


def test_acceptance_pins_the_version_that_is_effective_on_its_day() -> None:
    """A version published for next month changes nothing today."""
    story = given(*REGISTERED)
    day = story.at.date()
    later = story.with_revision(effective_on=day.replace(year=2027))
    assert later.when(ACCEPT, Role.INTAKE).decide().facts.policy_version == 1
    now = story.with_revision(effective_on=day)
    assert now.when(ACCEPT, Role.INTAKE).decide().facts.policy_version == 2
