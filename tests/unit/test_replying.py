"""Without this file a reply could skip its co-handlers, its head or its reviewer."""

from msgspec.structs import replace

from domain.closing_events import ReplyApproved, ReplyReturned, ReplySubmitted
from domain.dispatching import DispatchPetition
from domain.errors import GuardError, NotPermittedError
from domain.handling import ReportAsCoHandler
from domain.replying import ApproveReply, ReturnReply
from domain.vocabulary import Channel, Outcome, PetitionState, Role
from tests.unit.given_when_then import DAY, Deed, given
from tests.unit.petition_stories import (
    ACCEPT,
    ACCEPTED,
    DISPATCHED,
    IN_PROGRESS,
    REGISTERED,
    REPLIED,
    REPLY,
    SIGN,
    SUBMISSION,
)

PLANNED = replace(REPLY, outcome=Outcome.PLANNED, promise="十月投运变电站。")
WITH_WATER = (
    *ACCEPTED,
    Deed(DispatchPetition(lead="bureau", co_handlers=("water",)), Role.DISPATCHER),
    Deed(SIGN, Role.HANDLER),
)


def test_reply_is_the_leads_and_counts_as_contact() -> None:
    """Whoever answers has made contact (domain.md §5, response rate)."""
    story = given(*IN_PROGRESS).when(REPLY, Role.HANDLER).then(ReplySubmitted)
    assert story.facts.assignments[0].contacted_at == story.at
    stranger = given(*IN_PROGRESS).when(REPLY, Role.HANDLER, unit="roads")
    stranger.refuses(GuardError, "not-the-lead")


def test_reply_is_refused_when_handler_and_head_are_one_person() -> None:
    """Handler and department head both answer for it."""
    alone = replace(REPLY, head_id="handler-1")
    given(*IN_PROGRESS).when(alone, Role.HANDLER).refuses(NotPermittedError, "not-permitted")


def test_reply_is_refused_when_its_outcome_is_not_in_the_pack() -> None:
    """Nobody reports an outcome of another city, nor none at all."""
    unknown = replace(REPLY, outcome=Outcome.NOT_RECORDED)
    given(*IN_PROGRESS).when(unknown, Role.HANDLER).refuses(GuardError, "outcome-not-in-pack")


def test_planned_reply_needs_a_dated_promise() -> None:
    """Case D of Shuangliu: a plan is a promise with a date ahead."""
    story = given(*IN_PROGRESS)
    dated = replace(PLANNED, promise_due_at=story.at + 30 * DAY)
    promised = story.when(dated, Role.HANDLER).then(ReplySubmitted)
    assert promised.facts.cycle.replies[0].promise_due_at == dated.promise_due_at
    for broken in (
        PLANNED,
        replace(PLANNED, promise_due_at=story.at),
        replace(dated, promise=None),
        replace(PLANNED, promise_due_at=(story.at + DAY).replace(tzinfo=None)),
    ):
        story.when(broken, Role.HANDLER).refuses(GuardError, "promise-without-date")


def test_reply_is_refused_when_it_promises_without_a_plan() -> None:
    """A promise beside 'resolved' would be read by nobody."""
    attempt = given(*IN_PROGRESS).when(replace(REPLY, promise="明年再来。"), Role.HANDLER)
    attempt.refuses(GuardError, "promise-without-plan")


def test_reply_waits_for_co_handlers_unless_waived() -> None:
    """The waiver and its reason stand in the event; without need it is dropped."""
    story = given(*WITH_WATER)
    story.when(REPLY, Role.HANDLER).refuses(GuardError, "co-report-due")
    waived = replace(REPLY, co_report_waiver="管线已由本局核实。")
    reply = story.when(waived, Role.HANDLER).then(ReplySubmitted).last
    assert isinstance(reply, ReplySubmitted)
    assert reply.co_report_waiver is not None
    report = Deed(ReportAsCoHandler(text="管线无碍。"), Role.HANDLER, unit="water")
    reported = given(*WITH_WATER, report)
    reply = reported.when(waived, Role.HANDLER).then(ReplySubmitted).last
    assert isinstance(reply, ReplySubmitted)
    assert reply.co_report_waiver is None


def test_reviewer_lets_a_reply_pass_or_sends_it_back_on_the_same_clock() -> None:
    """A returned reply never stops the clock."""
    story = given(*REPLIED)
    passed = story.when(ApproveReply(), Role.REVIEWER).then(ReplyApproved).facts
    assert passed.state is PetitionState.CALLBACK_PENDING
    assert passed.cycle.callback_due_at is not None
    back = story.when(ReturnReply(reason="未逐项答复。"), Role.REVIEWER).then(ReplyReturned).facts
    assert back.state is PetitionState.IN_PROGRESS
    assert back.cycle.deadline == given(*DISPATCHED).facts.cycle.deadline


def test_review_is_refused_when_the_unit_or_the_person_handles_the_petition() -> None:
    """Nobody reviews their own item, nor that of their unit, lead or co-handling."""
    story = given(*REPLIED)
    waived = replace(REPLY, co_report_waiver="已核实。")
    helped = given(*WITH_WATER, Deed(waived, Role.HANDLER))
    for command in (ApproveReply(), ReturnReply(reason="未逐项答复。")):
        for attempt in (
            story.when(command, Role.REVIEWER, unit="bureau"),
            story.when(command, Role.REVIEWER, actor="handler-1"),
            helped.when(command, Role.REVIEWER, unit="water"),
        ):
            attempt.refuses(NotPermittedError, "not-permitted")


def test_callback_is_sampled_where_the_pack_says_so() -> None:
    """In Shuangliu a sample is called back; elsewhere everybody is."""
    due_at = given(*REGISTERED).at + 20 * DAY
    story = given(
        Deed(replace(SUBMISSION, channel=Channel.MAIN_SESSION), Role.INTAKE),
        REGISTERED[-1],
        Deed(replace(ACCEPT, proposed_due_at=due_at), Role.INTAKE),
        *REPLIED[len(ACCEPTED) :],
        pack="s1_shuangliu",
    )
    spared = ApproveReply(sampled_for_callback=False)
    assert not story.when(spared, Role.REVIEWER).decide().facts.cycle.callback_required
    assert story.when(ApproveReply(), Role.REVIEWER).decide().facts.cycle.callback_required
    everywhere = given(*REPLIED).when(spared, Role.REVIEWER).decide()
    assert everywhere.facts.cycle.callback_required
