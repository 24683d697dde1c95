"""Without this file a due could be moved without asking, too far, or without telling anybody."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from domain.errors import GuardError, NotPermittedError
from domain.extension_decisions import GrantExtension, RefuseExtension
from domain.extensions import InformOfDelay
from domain.handling_events import (
    ExtensionGranted,
    ExtensionRefused,
    ExtensionRequested,
    PetitionerInformedOfDelay,
)
from domain.limit import Limit, TimeUnit
from domain.standing import effective_due
from domain.vocabulary import Role
from scenarios.pack_files import read_pack
from tests.unit.given_when_then import DAY, MINUTE, Deed, Story, given
from tests.unit.petition_stories import (
    CALLBACK_PENDING,
    CALLED_BACK,
    CLOSE,
    EXTEND,
    IN_PROGRESS,
    REOPEN,
    REPLY,
)

GRANT, REFUSE = GrantExtension(), RefuseExtension(reason="无必要。")
TELL = InformOfDelay(medium="phone")
REQUESTED = (*IN_PROGRESS, Deed(EXTEND, Role.HANDLER))
GRANTED = (*REQUESTED, Deed(GRANT, Role.DEPARTMENT_HEAD))
TOLD = (*GRANTED, Deed(TELL, Role.HANDLER))


def _due(story: Story) -> datetime | None:
    return effective_due(story.facts.cycle, story.at)


def test_extension_moves_the_due_once_the_petitioner_knows() -> None:
    """Five working days more from 28 September, over the National Day holiday."""
    requested = given(*IN_PROGRESS).when(EXTEND, Role.HANDLER).then(ExtensionRequested)
    granted = requested.when(GRANT, Role.DEPARTMENT_HEAD).then(ExtensionGranted)
    assert _due(granted) == _due(given(*IN_PROGRESS))
    told = granted.when(TELL, Role.HANDLER).then(PetitionerInformedOfDelay)
    # 29 and 30 September, 8 and 9 October and the made-up Saturday of the 10th.
    assert _due(told) == datetime.fromisoformat("2026-10-11T00:00+08:00")
    assert told.facts.cycle.extensions[0].deadline is not None
    assert told.facts.cycle.extensions[0].deadline.rule.endswith("+ 5 working_day")


def test_extension_told_late_never_counts() -> None:
    """One working day after the grant; told later, the old due stays."""
    story = given(*GRANTED)
    inform_by = story.facts.cycle.extensions[0].inform_by
    assert inform_by is not None
    late = story.when(TELL, Role.HANDLER, after=inform_by - story.at + MINUTE).decide()
    assert _due(late) == _due(given(*IN_PROGRESS))
    late.when(TELL, Role.HANDLER).refuses(GuardError, "nothing-to-tell")
    in_time = story.when(TELL, Role.HANDLER, after=inform_by - story.at).decide()
    assert _due(in_time) != _due(given(*IN_PROGRESS))


def test_refused_extension_leaves_the_due() -> None:
    """And the unit may ask again while there is time."""
    story = given(*REQUESTED).when(REFUSE, Role.DISPATCHER).then(ExtensionRefused)
    assert _due(story) == _due(given(*IN_PROGRESS))
    story.when(EXTEND, Role.HANDLER).then(ExtensionRequested)


def test_extension_is_refused_when_it_is_requested_at_or_after_the_due() -> None:
    """It is asked for and recorded before the due instant."""
    story = given(*IN_PROGRESS)
    due_at = _due(story)
    assert due_at is not None
    left = due_at - story.at
    eve = left - timedelta(microseconds=1)
    story.when(EXTEND, Role.HANDLER, after=eve).then(ExtensionRequested)
    for after, recorded_after in ((left, None), (DAY, left)):
        attempt = story.when(EXTEND, Role.HANDLER, after=after, recorded_after=recorded_after)
        attempt.refuses(GuardError, "extension-after-due")


def test_extension_is_refused_when_another_one_is_pending_or_untold() -> None:
    """One at a time, and the petitioner hears of each."""
    story = given(*REQUESTED)
    story.when(EXTEND, Role.HANDLER).refuses(GuardError, "extension-pending")
    given(*GRANTED).when(EXTEND, Role.HANDLER).refuses(GuardError, "extension-untold")


def test_extension_is_refused_when_it_passes_the_cap_or_the_count() -> None:
    """Ten working days in all, once per petition, whatever the cycle."""
    story = given(*IN_PROGRESS)
    story.when(replace(EXTEND, amount=10), Role.HANDLER).then(ExtensionRequested)
    much = story.when(replace(EXTEND, amount=11), Role.HANDLER)
    much.refuses(GuardError, "extension-beyond-cap")
    given(*TOLD).when(EXTEND, Role.HANDLER).refuses(GuardError, "extension-beyond-cap")
    reopened = given(
        *TOLD,
        Deed(REPLY, Role.HANDLER),
        CALLBACK_PENDING[-1],
        CALLED_BACK[-1],
        Deed(CLOSE, Role.REVIEWER),
        Deed(REOPEN, Role.PETITIONER),
    )
    reopened.when(EXTEND, Role.HANDLER).refuses(GuardError, "extension-beyond-cap")


def test_extension_is_refused_when_the_pack_knows_none() -> None:
    """In Quanzhou an explanation never moves the due."""
    story = given(*IN_PROGRESS).with_pack(extension=None)
    story.when(EXTEND, Role.HANDLER).refuses(GuardError, "no-extension-rule")


def test_extension_is_refused_when_the_requester_decides() -> None:
    """Nobody grants their own request."""
    story = given(*REQUESTED)
    for command in (GRANT, REFUSE):
        attempt = story.when(command, Role.DEPARTMENT_HEAD, actor="handler-1")
        attempt.refuses(NotPermittedError, "not-permitted")


def test_extension_is_refused_when_another_department_decides() -> None:
    """A department head decides for the own unit, the hub for all."""
    story = given(*REQUESTED)
    story.when(GRANT, Role.DEPARTMENT_HEAD, unit="roads").refuses(GuardError, "not-the-lead")
    story.when(GRANT, Role.DISPATCHER).then(ExtensionGranted)


def test_extension_is_refused_when_it_is_decided_late() -> None:
    """Two working days of silence are a refusal, which is then recorded."""
    story = given(*REQUESTED)
    late = story.when(GRANT, Role.DISPATCHER, after=3 * DAY)
    late.refuses(GuardError, "extension-decided-late")
    story.when(REFUSE, Role.DISPATCHER, after=3 * DAY).then(ExtensionRefused)


def test_decision_is_refused_when_nothing_was_requested() -> None:
    """There must be a request to decide on, and a grant to tell of."""
    story = given(*IN_PROGRESS)
    for command in (GRANT, REFUSE):
        story.when(command, Role.DISPATCHER).refuses(GuardError, "no-extension-pending")
    story.when(TELL, Role.HANDLER).refuses(GuardError, "nothing-to-tell")


def test_second_extension_counts_from_the_first() -> None:
    """Where a pack allows two, the second is added to the moved due."""
    rule = read_pack("plain").extension
    assert rule is not None
    story = given(*IN_PROGRESS).with_pack(extension=replace(rule, count_max=2))
    once = story.and_then(*(TOLD[len(IN_PROGRESS) :]))
    twice = once.and_then(*(TOLD[len(IN_PROGRESS) :]))
    # Five working days after 10 October.
    assert _due(twice) == datetime.fromisoformat("2026-10-17T00:00+08:00")


def test_extension_ends_with_the_longest_time_in_all() -> None:
    """Five working days more than ten are granted, and twelve in all are given."""
    rule = read_pack("plain").extension
    assert rule is not None
    short = replace(rule, total=Limit(12, TimeUnit.WORKING_DAY))
    story = given().with_pack(extension=short).and_then(*IN_PROGRESS)
    granted = story.and_then(*TOLD[len(IN_PROGRESS) :])
    # Accepted on 14 September; 25 to 27 September are the festival, the 20th is made up.
    assert _due(story) == datetime.fromisoformat("2026-09-29T00:00+08:00")
    assert _due(granted) == datetime.fromisoformat("2026-10-01T00:00+08:00")


def test_extension_is_refused_when_the_longest_time_is_reached() -> None:
    """The limit itself may be all there is."""
    rule = read_pack("plain").extension
    assert rule is not None
    none_left = replace(rule, total=Limit(10, TimeUnit.WORKING_DAY))
    story = given().with_pack(extension=none_left).and_then(*IN_PROGRESS)
    story.when(EXTEND, Role.HANDLER).refuses(GuardError, "extension-beyond-total")
