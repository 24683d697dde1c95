"""Without this file a clock could stand still for ever, or be stopped after it had run out."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from domain.backlogs import ClearBacklog, ReviewBacklog
from domain.deadlines import Deadline
from domain.errors import GuardError, NotPermittedError
from domain.extension_decisions import GrantExtension
from domain.handling import RecordProgress
from domain.handling_events import ProgressRecorded
from domain.metrics import judge
from domain.oversight import IssueReminder
from domain.reasons import SuspensionReason
from domain.standing import deadlines_at, effective_due, is_paused
from domain.standstill_events import (
    BacklogCleared,
    BacklogListed,
    BacklogReviewed,
    Resumed,
    Suspended,
)
from domain.suspensions import ResumePetition
from domain.vocabulary import Clock, PetitionState, Role
from tests.unit.given_when_then import DAY, MINUTE, START, Deed, given
from tests.unit.petition_stories import EXTEND, IN_PROGRESS, LIST, SUSPEND, running
from tests.unit.test_extensions import TOLD

STORY = given(*IN_PROGRESS)
SUSPENDED = STORY.and_then(Deed(SUSPEND, Role.DISPATCHER))
RESUME = ResumePetition()
DUE = datetime.fromisoformat("2026-09-29T00:00+08:00")


def test_suspension_stops_the_clock_and_the_due_moves_by_the_working_days() -> None:
    """Three working days of standing still are three working days more."""
    story = STORY.when(SUSPEND, Role.DISPATCHER).then(Suspended)
    assert story.facts.state is PetitionState.SUSPENDED
    assert running(story, Clock.REPLY) is None
    assert running(story, Clock.SUSPENSION) == story.facts.cycle.pauses[0].until
    resumed = story.when(RESUME, Role.DISPATCHER, after=3 * DAY).then(Resumed)
    assert resumed.facts.state is PetitionState.IN_PROGRESS
    # From Monday the 28th on: the 29th, the 30th, and after the holidays 8 October.
    moved = datetime.fromisoformat("2026-10-09T00:00+08:00")
    assert effective_due(resumed.facts.cycle, resumed.at) == moved
    assert effective_due(resumed.facts.cycle, story.at) == DUE


def test_suspension_over_a_weekend_moves_no_working_day() -> None:
    """A clock in working days does not run then anyway."""
    friday = given(*IN_PROGRESS).and_then(Deed(SUSPEND, Role.DISPATCHER, after=5 * DAY))
    monday = friday.and_then(Deed(RESUME, Role.DISPATCHER, after=timedelta(hours=30)))
    assert friday.at.astimezone().isoweekday() in {6, 7}
    assert effective_due(monday.facts.cycle, monday.at) == DUE


def test_suspension_moves_the_first_due_as_well_as_the_extended_one() -> None:
    """It is no extension: on time by the original due is judged with it."""
    story = given(*TOLD)
    before = deadlines_at(story.facts.cycle, story.at)
    stood = story.and_then(
        Deed(SUSPEND, Role.DISPATCHER), Deed(RESUME, Role.DISPATCHER, after=2 * DAY)
    )
    after = deadlines_at(stood.facts.cycle, stood.at)
    for old, new in zip(before, after, strict=True):
        assert isinstance(old, Deadline)
        assert isinstance(new, Deadline)
        assert new.due_at > old.due_at
    assert before.original != before.effective


def test_clock_resumes_a_suspension_only_at_its_end() -> None:
    """The hub may decide earlier; nothing beyond the end is added, however late it is noticed."""
    until = SUSPENDED.facts.cycle.pauses[0].until
    early = SUSPENDED.when(RESUME, Role.SYSTEM, after=DAY)
    early.refuses(GuardError, "suspension-not-over")
    at_end = SUSPENDED.and_then(Deed(RESUME, Role.SYSTEM, after=until - SUSPENDED.at))
    later = SUSPENDED.and_then(Deed(RESUME, Role.SYSTEM, after=until - SUSPENDED.at + 9 * DAY))
    assert effective_due(at_end.facts.cycle, at_end.at) == effective_due(
        later.facts.cycle, later.at
    )


def test_suspended_petition_is_not_late_while_it_stands_still() -> None:
    """Its old due goes by, and nobody counts it; it stays open in the closure rate."""
    during = DUE + DAY
    assert is_paused(SUSPENDED.facts.cycle, during)
    row = judge(SUSPENDED.facts, during)["bureau"]
    plain = judge(STORY.facts, during)["bureau"]
    assert sum(plain) > 0
    assert row != plain
    assert not is_paused(SUSPENDED.facts.cycle, SUSPENDED.facts.cycle.pauses[0].until)


def test_suspension_is_refused_when_the_due_has_passed() -> None:
    """No pause after the due."""
    late = STORY.when(SUSPEND, Role.DISPATCHER, after=DUE - STORY.at + MINUTE)
    late.refuses(GuardError, "suspension-after-due")


def test_suspension_is_refused_when_the_pack_does_not_know_the_reason() -> None:
    """Reasons are the pack's, and a pack may know none."""
    rule = STORY.packs["plain"].latest.suspension
    assert rule is not None
    fewer = replace(rule, reasons=(SuspensionReason.LITIGATION,))
    for story in (STORY.with_pack(suspension=fewer), STORY.with_pack(suspension=None)):
        story.when(SUSPEND, Role.DISPATCHER).refuses(GuardError, "reason-not-to-suspend")


def test_suspension_is_refused_when_the_hub_asks_itself() -> None:
    """The handler asks and the hub decides: two persons."""
    own = replace(SUSPEND, asked_by="dispatcher-1")
    STORY.when(own, Role.DISPATCHER).refuses(NotPermittedError, "not-permitted")


def test_suspension_is_refused_when_an_extension_is_open() -> None:
    """First the request is decided, and the petitioner told."""
    asked = STORY.and_then(Deed(EXTEND, Role.HANDLER))
    asked.when(SUSPEND, Role.DISPATCHER).refuses(GuardError, "extension-open")
    granted = asked.and_then(Deed(GrantExtension(), Role.DEPARTMENT_HEAD))
    granted.when(SUSPEND, Role.DISPATCHER).refuses(GuardError, "extension-open")


def test_reminder_of_a_clock_that_stands_still_is_refused() -> None:
    """Nobody is reminded of what does not run."""
    remind = IssueReminder(clock=Clock.REPLY)
    SUSPENDED.when(remind, Role.SYSTEM).refuses(GuardError, "clock-not-running")


def test_backlog_is_listed_reviewed_and_cleared() -> None:
    """Dated, looked at again, and back in hand; progress is recorded all the while."""
    listed = STORY.when(LIST, Role.REVIEWER).then(BacklogListed)
    assert listed.facts.state is PetitionState.BACKLOG_LISTED
    assert running(listed, Clock.REPLY) is not None
    first = running(listed, Clock.BACKLOG)
    assert first is not None
    progress = RecordProgress(text="已报规划。")
    on = listed.when(progress, Role.HANDLER, after=5 * DAY).then(ProgressRecorded)
    review = ReviewBacklog(note="仍待批复。")
    reviewed = on.when(review, Role.REVIEWER).then(BacklogReviewed)
    second = running(reviewed, Clock.BACKLOG)
    assert second is not None
    assert second > first
    assert reviewed.facts.backlogs[0].promised_at == LIST.promised_at
    later = replace(review, promised_at=START + 90 * DAY)
    put_off = reviewed.and_then(Deed(later, Role.REVIEWER))
    assert put_off.facts.backlogs[0].promised_at == START + 90 * DAY
    cleared = put_off.when(ClearBacklog(note="已批复。"), Role.REVIEWER).then(BacklogCleared)
    assert cleared.facts.state is PetitionState.IN_PROGRESS


def test_backlog_is_refused_when_the_promised_date_is_not_ahead() -> None:
    """No promise without a date to come."""
    past = replace(LIST, promised_at=START)
    STORY.when(past, Role.REVIEWER).refuses(GuardError, "promise-in-past")
    listed = STORY.and_then(Deed(LIST, Role.REVIEWER))
    again = ReviewBacklog(note="仍待批复。", promised_at=START)
    listed.when(again, Role.REVIEWER).refuses(GuardError, "promise-in-past")


def test_backlog_is_refused_when_asked_for_and_decided_by_one() -> None:
    """The head asks, a reviewer outside the unit decides."""
    own = replace(LIST, asked_by="reviewer-1")
    STORY.when(own, Role.REVIEWER).refuses(NotPermittedError, "not-permitted")
    listed = STORY.and_then(Deed(LIST, Role.REVIEWER))
    for story, command in (
        (STORY, LIST),
        (listed, ReviewBacklog(note="复核。")),
        (listed, ClearBacklog(note="销账。")),
    ):
        inside = story.when(command, Role.REVIEWER, unit="bureau")
        inside.refuses(NotPermittedError, "not-permitted")


def test_backlog_is_refused_when_the_pack_knows_none() -> None:
    """A list that no rule reviews is a way to forget."""
    STORY.with_pack(backlog=None).when(LIST, Role.REVIEWER).refuses(GuardError, "no-backlog-rule")
