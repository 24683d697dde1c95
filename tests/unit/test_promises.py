"""Without this file a promise would be forgotten once the petition is closed."""

from datetime import timedelta

from msgspec.structs import replace

from domain.aftercare_events import PromiseBroken, PromiseKept
from domain.closing_events import Reopened
from domain.errors import GuardError, NotPermittedError
from domain.promises import BreakPromise, KeepPromise
from domain.reasons import ReopenReason
from domain.standing import open_promise
from domain.vocabulary import Clock, Outcome, PetitionState, Role
from tests.unit.family_stories import APPROVE, CHILD_ID, MERGE, child
from tests.unit.given_when_then import DAY, START, Deed, given
from tests.unit.petition_stories import (
    CLOSE,
    CLOSED,
    IN_PROGRESS,
    PAPER,
    REPLIED,
    REPLY,
    SOLVED,
    running,
)

DUE = START + 60 * DAY
PLANNED = replace(REPLY, outcome=Outcome.PLANNED, promise="十月投运变电站。", promise_due_at=DUE)
STORY = given(*IN_PROGRESS, Deed(PLANNED, Role.HANDLER), *CLOSED[len(REPLIED) :])
KEEP = KeepPromise(note="已投运。", evidence=(PAPER,))
BREAK = BreakPromise(note="逾期未投运。")


def test_promise_has_a_clock_of_its_own_after_the_closing() -> None:
    """Closed, with an open promise."""
    assert STORY.facts.state is PetitionState.CLOSED
    assert running(STORY, Clock.PROMISE) == DUE
    assert open_promise(STORY.facts.cycle, STORY.at) is not None


def test_kept_promise_is_found_with_evidence_by_another_unit() -> None:
    """Then its clock ends."""
    story = STORY.when(KEEP, Role.CALLBACK).then(PromiseKept)
    assert running(story, Clock.PROMISE) is None
    story.when(KEEP, Role.CALLBACK).refuses(GuardError, "no-open-promise")
    STORY.when(KEEP, Role.REVIEWER, unit="bureau").refuses(GuardError, "own-promise")
    own = STORY.when(KEEP, Role.REVIEWER, actor="handler-1")
    own.refuses(NotPermittedError, "not-permitted")


def test_broken_promise_reopens_the_petition() -> None:
    """After the promised instant, and not at it."""
    at_due = STORY.when(BREAK, Role.SYSTEM, after=DUE - STORY.at)
    at_due.refuses(GuardError, "promise-not-due")
    late = DUE - STORY.at + timedelta(microseconds=1)
    story = STORY.when(BREAK, Role.SYSTEM, after=late).then(PromiseBroken, Reopened)
    assert isinstance(story.last, Reopened)
    assert story.last.reason is ReopenReason.PROMISE_BROKEN
    assert story.facts.state is PetitionState.IN_PROGRESS
    assert len(story.facts.cycles) == 2
    assert open_promise(story.facts.cycles[0], story.at) is None


def test_promise_is_refused_when_none_is_open() -> None:
    """What was resolved promised nothing."""
    plain = given(*CLOSED)
    plain.when(KEEP, Role.CALLBACK).refuses(GuardError, "no-open-promise")
    plain.when(BREAK, Role.SYSTEM, after=90 * DAY).refuses(GuardError, "no-open-promise")


def test_broken_promise_reopens_what_was_merged_as_well() -> None:
    """Every petitioner waits again."""
    story = (
        given(*IN_PROGRESS)
        .beside(child())
        .and_then(
            Deed(MERGE, Role.DISPATCHER),
            Deed(PLANNED, Role.HANDLER),
            Deed(APPROVE, Role.REVIEWER),
            Deed(SOLVED, Role.CALLBACK),
        )
    )
    parent_id = story.petition_id
    called = story.turn_to(CHILD_ID).and_then(Deed(SOLVED, Role.CALLBACK)).turn_to(parent_id)
    closed = called.and_then(Deed(CLOSE, Role.REVIEWER))
    other = closed.turn_to(CHILD_ID)
    other.when(BREAK, Role.SYSTEM, after=90 * DAY).refuses(GuardError, "ask-the-parent")
    broken = closed.and_then(Deed(BREAK, Role.SYSTEM, after=90 * DAY))
    assert broken.turn_to(CHILD_ID).facts.state is PetitionState.MERGED
