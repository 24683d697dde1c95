"""Without this file a promise could be listed as open that nobody has to keep any more."""

from datetime import timedelta
from random import Random

from hypothesis import given as hypothesis_given
from hypothesis import settings
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.handling import CommitToPlan
from domain.promises import BreakPromise, KeepPromise
from domain.replying import ReturnReply
from domain.standing import open_promise
from domain.tracked_promises import PromiseKind, TrackedPromise, tracked_promises
from domain.vocabulary import Outcome, PetitionState, Role
from domain.withdrawals import VerifyWithdrawal
from tests.unit.command_driver import drive
from tests.unit.given_when_then import DAY, START, Deed, Story, given
from tests.unit.petition_stories import (
    CLOSED,
    IN_PROGRESS,
    PAPER,
    REOPEN,
    REPLIED,
    REPLY,
    WITHDRAW,
)

DUE = START + 60 * DAY
PLANNED = replace(REPLY, outcome=Outcome.PLANNED, promise="十月投运变电站。", promise_due_at=DUE)
REPLIED_PLANNED = (*IN_PROGRESS, Deed(PLANNED, Role.HANDLER))
CLOSED_PLANNED = (*REPLIED_PLANNED, *CLOSED[len(REPLIED) :])
PLAN = CommitToPlan(owner_id="handler-1", plan="增设车位。", due_at=START + 5 * DAY)
KEEP = Deed(KeepPromise(note="已投运。", evidence=(PAPER,)), Role.REVIEWER, after=9 * DAY)
BREAK = Deed(BreakPromise(note="逾期未投运。"), Role.CALLBACK, after=70 * DAY)


def only(story: Story) -> TrackedPromise:
    """Return the one promise of a story."""
    (promise,) = tracked_promises(story.facts)
    return promise


def test_promise_of_a_reply_stays_open_after_the_closing() -> None:
    """Closed, and yet a unit owes something by a date of its own."""
    promise = only(given(*CLOSED_PLANNED))
    assert (promise.kind, promise.unit, promise.due_at) == (PromiseKind.REPLY, "bureau", DUE)
    assert (promise.kept_at, promise.broken_at, promise.lapsed_at) == (None, None, None)


def test_promise_is_kept_or_broken_by_its_finding() -> None:
    """Whoever checks it dates the end; the reopening that follows changes nothing."""
    kept = given(*CLOSED_PLANNED, KEEP)
    assert only(kept).kept_at == kept.at
    broken = given(*CLOSED_PLANNED, BREAK)
    assert (only(broken).broken_at, only(broken).lapsed_at) == (broken.at, None)


def test_promise_lapses_with_a_returned_reply_and_with_a_reopening() -> None:
    """Nobody can keep what review sent back, or what a new cycle starts over."""
    returned = given(*REPLIED_PLANNED, Deed(ReturnReply(reason="未答复要点。"), Role.REVIEWER))
    assert only(returned).lapsed_at == returned.at
    reopened = given(*CLOSED_PLANNED, Deed(REOPEN, Role.PETITIONER, after=DAY))
    assert only(reopened).lapsed_at == reopened.at


def test_plan_is_kept_by_the_reply_that_stands() -> None:
    """A plan says when the unit will have done it; its reply says that it has."""
    story = given(*IN_PROGRESS, Deed(PLAN, Role.HANDLER))
    assert only(story).kept_at is None
    replied = story.and_then(Deed(REPLY, Role.HANDLER, after=DAY))
    assert only(replied)[:3] == (1, PromiseKind.PLAN, 1)
    assert only(replied).kept_at == replied.at
    back = replied.and_then(Deed(ReturnReply(reason="未答复要点。"), Role.REVIEWER))
    assert (only(back).kept_at, only(back).lapsed_at) == (None, None)


def test_later_plan_takes_the_place_of_the_first() -> None:
    """The first lapses when the second is made."""
    later = replace(PLAN, due_at=START + 6 * DAY)
    story = given(*IN_PROGRESS, Deed(PLAN, Role.HANDLER), Deed(later, Role.HANDLER))
    first, second = tracked_promises(story.facts)
    assert first.lapsed_at == second.made_at
    assert second.lapsed_at is None


def test_plan_lapses_with_a_verified_withdrawal() -> None:
    """Only once an independent check confirms it; until then the unit still owes it."""
    story = given(
        *IN_PROGRESS, Deed(PLAN, Role.HANDLER), Deed(WITHDRAW, Role.PETITIONER, after=DAY)
    )
    assert only(story).lapsed_at is None
    withdrawn_at = story.at
    verify = VerifyWithdrawal(note="本人确认。")
    assert only(story.and_then(Deed(verify, Role.CALLBACK))).lapsed_at == withdrawn_at


@settings(max_examples=150, deadline=None)
@hypothesis_given(seed=st.integers(0, 2**32))
def test_open_promises_are_those_that_the_guards_let_people_keep(seed: int) -> None:
    """Whatever happened: what a closed petition's guard finds open, the ledger lists as open."""
    facts = drive(Random(seed)).facts  # noqa: S311 - repeatable, no secret
    listed = tracked_promises(facts)
    for promise in listed:
        ends = [promise.kept_at, promise.broken_at, promise.lapsed_at]
        assert sum(at is not None for at in ends) <= 1
    if facts.state is PetitionState.CLOSED:
        reply = open_promise(facts.cycle, facts.changed_at + timedelta(days=1))
        expected = reply is not None and reply.promise_due_at is not None
        open_ones = [
            each
            for each in listed
            if each.kind is PromiseKind.REPLY
            and each.kept_at is each.broken_at is each.lapsed_at is None
        ]
        assert bool(open_ones) is expected
