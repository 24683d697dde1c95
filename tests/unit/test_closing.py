"""Without this file a petition could be closed unasked, or reopened for ever."""

from datetime import datetime

from msgspec.structs import replace

from domain.callbacks import RatePetition
from domain.closing import ClosePetition
from domain.closing_events import Closed, Escalated, Reopened
from domain.errors import GuardError
from domain.replying import ApproveReply
from domain.vocabulary import CallbackBasis, Channel, PetitionState, Role, Satisfaction
from tests.unit.given_when_then import DAY, MINUTE, Deed, given
from tests.unit.petition_stories import (
    ACCEPT,
    ACCEPTED,
    CALLBACK_PENDING,
    CALLED_BACK,
    CLOSE,
    CLOSED,
    REGISTERED,
    REOPEN,
    REPLIED,
    REPLY,
    SOLVED,
    SUBMISSION,
)

AGAIN = (
    Deed(REOPEN, Role.PETITIONER),
    Deed(REPLY, Role.HANDLER),
    CALLBACK_PENDING[-1],
    Deed(SOLVED, Role.CALLBACK),
    Deed(CLOSE, Role.REVIEWER),
)


def test_closing_ends_assignments_and_opens_the_reopening_window() -> None:
    """Thirty calendar days from the day of closing, to the end of the last."""
    facts = given(*CALLED_BACK).when(CLOSE, Role.SYSTEM).then(Closed).facts
    assert facts.lead is None
    assert facts.cycle.reopen_until == datetime.fromisoformat("2026-10-15T00:00+08:00")


def test_closing_is_refused_when_the_callback_is_not_settled() -> None:
    """Neither a rating nor an untried callback settles it."""
    rated = Deed(RatePetition(satisfaction=Satisfaction.SATISFIED), Role.PETITIONER)
    for basis in CallbackBasis:
        attempt = given(*CALLBACK_PENDING, rated).when(ClosePetition(basis=basis), Role.REVIEWER)
        attempt.refuses(GuardError, "callback-not-settled")


def test_closing_needs_no_callback_where_none_was_drawn() -> None:
    """In Shuangliu a petition outside the sample is closed without one."""
    due_at = given(*REGISTERED).at + 20 * DAY
    story = given(
        Deed(replace(SUBMISSION, channel=Channel.MAIN_SESSION), Role.INTAKE),
        REGISTERED[-1],
        Deed(replace(ACCEPT, proposed_due_at=due_at), Role.INTAKE),
        *REPLIED[len(ACCEPTED) :],
        Deed(ApproveReply(sampled_for_callback=False), Role.REVIEWER),
        pack="s1_shuangliu",
    )
    sampled_out = ClosePetition(basis=CallbackBasis.SAMPLED_OUT)
    assert story.when(sampled_out, Role.REVIEWER).then(Closed).facts.cycle.basis is not None


def test_reopening_begins_a_cycle_with_half_the_first_limit() -> None:
    """Half of ten working days, and the first verdict stays where it was."""
    story = given(*CLOSED)
    facts = story.when(REOPEN, Role.PETITIONER).then(Reopened).facts
    assert facts.state is PetitionState.IN_PROGRESS
    assert len(facts.cycles) == 2
    assert facts.cycle.deadline is not None
    # 15 to 18 September and the made-up Sunday of the 20th.
    assert facts.cycle.deadline.due_at == datetime.fromisoformat("2026-09-21T00:00+08:00")
    assert facts.cycles[0] == story.facts.cycle
    assert facts.lead is not None
    assert (facts.lead.unit, facts.lead.returnable) == ("bureau", False)


def test_reopening_halves_the_items_own_limit_where_the_pack_has_none() -> None:
    """Two working days given, one on reopening; 24:00 is the end of the day before."""
    submission = replace(SUBMISSION, channel=Channel.MAIN_SESSION)
    due_at = datetime.fromisoformat("2026-09-17T00:00+08:00")
    story = given(
        Deed(submission, Role.PETITIONER),
        REGISTERED[-1],
        Deed(replace(ACCEPT, proposed_due_at=due_at), Role.INTAKE),
        *CLOSED[len(ACCEPTED) :],
        pack="s1_shuangliu",
    )
    facts = story.when(REOPEN, Role.PETITIONER).then(Reopened).facts
    assert facts.cycle.deadline is not None
    assert facts.cycle.deadline.due_at == datetime.fromisoformat("2026-09-16T00:00+08:00")


def test_reopening_is_refused_when_the_petitioners_window_is_over() -> None:
    """Callback and supervision may still reopen; back-dating does not help."""
    story = given(*CLOSED)
    until = story.facts.cycle.reopen_until
    assert until is not None
    last = until - story.at
    story.when(REOPEN, Role.PETITIONER, after=last).then(Reopened)
    for after, recorded_after in ((last + MINUTE, None), (MINUTE, last + MINUTE)):
        attempt = story.when(REOPEN, Role.PETITIONER, after=after, recorded_after=recorded_after)
        attempt.refuses(GuardError, "reopen-window-over")
    for role in (Role.CALLBACK, Role.SUPERVISION):
        story.when(REOPEN, role, after=last + DAY).then(Reopened)


def test_third_cycle_escalates_one_level_each_time_up_to_the_third() -> None:
    """Head of the department, leader in charge, secretary and mayor, and no higher."""
    story = given(*CLOSED, *AGAIN)
    assert story.facts.escalation_level == 0
    for level in (1, 2, 3, 3):
        reopened = story.when(REOPEN, Role.SUPERVISION).then(Reopened, Escalated)
        assert reopened.facts.escalation_level == level
        story = reopened.and_then(*AGAIN[1:])
