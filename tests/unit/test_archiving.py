"""Without this file a petition could be archived too early, or its file be destroyed."""

from datetime import date, timedelta

from msgspec.structs import replace

from domain.aftercare_events import Archived, Disposed, RetentionClassSet
from domain.archiving import DisposePetition, SetRetentionClass
from domain.closing_events import Reopened
from domain.errors import GuardError, NotPermittedError
from domain.limit import Limit, TimeUnit
from domain.pack_oversight import RetentionClass
from domain.promises import KeepPromise
from domain.vocabulary import PetitionState, Role
from scenarios.pack_files import read_pack
from tests.unit.given_when_then import DAY, Deed, given
from tests.unit.petition_stories import ARCHIVE, CLOSED, PAPER, REOPEN, STORIES
from tests.unit.test_promises import STORY as PROMISED
from tests.unit.test_reviews import ASKED

STORY = given(*CLOSED)
ARCHIVED = given(*STORIES[PetitionState.ARCHIVED])
LONGER = SetRetentionClass(
    retention_class=RetentionClass.LONG_TERM, years=30, reviewer_id="second", reason="重大事项。"
)
DISPOSE = DisposePetition(reviewer_id="second", note="期满销毁。")


def test_petition_is_archived_after_the_reopening_window_with_its_period() -> None:
    """Not at its end, but after it; ten calendar years after the year of closing."""
    until = STORY.facts.cycle.reopen_until
    assert until is not None
    at_end = STORY.when(ARCHIVE, Role.SYSTEM, after=until - STORY.at)
    at_end.refuses(GuardError, "archived-too-early")
    after = until - STORY.at + timedelta(seconds=1)
    story = STORY.when(ARCHIVE, Role.SYSTEM, after=after).then(Archived, RetentionClassSet)
    assert story.facts.retention is not None
    assert story.facts.retention.keep_until == date(2036, 12, 31)


def test_archive_waits_as_long_as_the_pack_says() -> None:
    """From the end of the reopening window on."""
    rule = read_pack("plain").archive
    assert rule is not None
    slow = STORY.with_pack(archive=replace(rule, wait=Limit(30, TimeUnit.CALENDAR_DAY)))
    slow.when(ARCHIVE, Role.SYSTEM, after=40 * DAY).refuses(GuardError, "archived-too-early")
    slow.when(ARCHIVE, Role.SYSTEM, after=70 * DAY).then(Archived, RetentionClassSet)


def test_archive_is_refused_when_a_promise_or_a_review_is_open() -> None:
    """What is not settled is not put away."""
    ASKED.when(ARCHIVE, Role.SYSTEM, after=40 * DAY).refuses(GuardError, "not-settled")
    PROMISED.when(ARCHIVE, Role.SYSTEM, after=40 * DAY).refuses(GuardError, "not-settled")
    kept = PROMISED.and_then(Deed(KeepPromise(note="已投运。", evidence=(PAPER,)), Role.CALLBACK))
    kept.when(ARCHIVE, Role.SYSTEM, after=40 * DAY).then(Archived, RetentionClassSet)


def test_archived_petition_is_reopened_by_the_supervision_office_alone() -> None:
    """Whatever the window was."""
    for role in (Role.PETITIONER, Role.CALLBACK):
        ARCHIVED.when(REOPEN, role).refuses(GuardError, "archived")
    ARCHIVED.when(REOPEN, Role.SUPERVISION).then(Reopened)


def test_file_without_a_rule_is_kept_for_ever() -> None:
    """No rule, no disposal."""
    story = STORY.with_pack(retention=None).and_then(Deed(ARCHIVE, Role.SYSTEM, after=40 * DAY))
    assert story.facts.retention is not None
    assert story.facts.retention.retention_class is RetentionClass.PERMANENT
    story.when(DISPOSE, Role.INTAKE, after=9_000 * DAY).refuses(GuardError, "still-kept")


def test_retention_is_lengthened_by_two_persons_and_never_shortened() -> None:
    """For ever is the longest."""
    story = ARCHIVED.when(LONGER, Role.INTAKE).then(RetentionClassSet)
    assert story.facts.retention is not None
    assert story.facts.retention.keep_until == date(2056, 12, 31)
    shorter = replace(LONGER, years=5)
    story.when(shorter, Role.INTAKE).refuses(GuardError, "retention-shortened")
    for_ever = replace(LONGER, retention_class=RetentionClass.PERMANENT, years=None)
    kept = story.and_then(Deed(for_ever, Role.INTAKE))
    kept.when(LONGER, Role.INTAKE).refuses(GuardError, "retention-shortened")
    for wrong in (replace(LONGER, years=None), replace(for_ever, years=30)):
        story.when(wrong, Role.INTAKE).refuses(GuardError, "retention-years")
    alone = replace(LONGER, reviewer_id="intake-1")
    ARCHIVED.when(alone, Role.INTAKE).refuses(NotPermittedError, "not-permitted")


def test_file_is_disposed_of_after_its_last_day_by_two_persons() -> None:
    """The log stays, the petition is reopened no more."""
    ARCHIVED.when(DISPOSE, Role.INTAKE, after=9 * 365 * DAY).refuses(GuardError, "still-kept")
    later = 11 * 366 * DAY
    alone = replace(DISPOSE, reviewer_id="intake-1")
    ARCHIVED.when(alone, Role.INTAKE, after=later).refuses(NotPermittedError, "not-permitted")
    gone = ARCHIVED.when(DISPOSE, Role.INTAKE, after=later).then(Disposed)
    gone.when(DISPOSE, Role.INTAKE).refuses(GuardError, "disposed-before")
    gone.when(LONGER, Role.INTAKE).refuses(GuardError, "disposed-before")
    gone.when(REOPEN, Role.SUPERVISION).refuses(GuardError, "disposed")
