"""Without this file a due in a year without a notice could be shown as sure."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from msgspec.structs import replace as replace_struct

from domain.dispatching import DispatchPetition
from domain.extension_decisions import GrantExtension
from domain.extensions import InformOfDelay
from domain.filing import RegisterPetition
from domain.petition_fold import fold_all
from domain.running_clocks import running_clocks
from domain.standstill_events import DeadlineRecomputed
from domain.transfers import AddCoHandler, TransferAssignment
from domain.vocabulary import Clock, Role
from tests.unit.given_when_then import DAY, START, Deed, Story, given
from tests.unit.petition_stories import (
    ACCEPT,
    EXTEND,
    IN_PROGRESS,
    SIGN,
    SUBMISSION,
)

NEW_YEAR_EVE = datetime(2026, 12, 31, 1, 0, tzinfo=UTC)


def late_in_the_year() -> Story:
    """Return a petition that is filed on the last day that a notice covers."""
    return given(Deed(SUBMISSION, Role.PETITIONER, after=NEW_YEAR_EVE - START))


def test_due_in_a_year_without_notice_is_provisional_from_the_first_clock_on() -> None:
    """The accept clock runs into 2027, and nobody has said which days are off there."""
    (accept,) = running_clocks(late_in_the_year().facts)
    assert accept.due_at.year == 2027
    assert accept.provisional


def test_every_clock_of_an_assignment_says_that_it_is_provisional() -> None:
    """Signing, contact and reply alike, by dispatch, transfer and further co-handlers."""
    story = late_in_the_year().and_then(
        Deed(RegisterPetition(), Role.INTAKE),
        Deed(ACCEPT, Role.INTAKE),
        Deed(DispatchPetition(lead="bureau"), Role.DISPATCHER),
        Deed(SIGN, Role.HANDLER),
        Deed(AddCoHandler(unit="water"), Role.DISPATCHER),
        Deed(TransferAssignment(to_unit="roads", reason="职责调整。"), Role.DISPATCHER),
    )
    clocks = running_clocks(story.facts)
    assert {each.clock.value for each in clocks} >= {"reply", "sign", "contact"}
    assert all(each.provisional for each in clocks if each.due_at.year == 2027)
    assert any(each.provisional for each in clocks)


def test_extension_into_a_year_without_notice_is_provisional() -> None:
    """The first due was sure, the new one is not."""
    december = NEW_YEAR_EVE - 17 * DAY - START
    first = replace(IN_PROGRESS[0], after=december)
    story = given(first, *IN_PROGRESS[1:])
    assert story.facts.provisional_dues == frozenset()
    extended = story.and_then(
        Deed(EXTEND, Role.HANDLER),
        Deed(GrantExtension(), Role.DEPARTMENT_HEAD),
        Deed(InformOfDelay(medium="phone"), Role.HANDLER),
    )
    (reply,) = (each for each in running_clocks(extended.facts) if each.clock is Clock.REPLY)
    assert reply.provisional


def test_settled_due_is_no_longer_provisional() -> None:
    """Whether the notice moves it or leaves it where it was."""
    story = late_in_the_year().and_then(
        Deed(RegisterPetition(), Role.INTAKE), Deed(ACCEPT, Role.INTAKE)
    )
    old = story.facts.cycle.deadline
    assert old is not None
    assert old.provisional
    recomputed: Callable[..., DeadlineRecomputed] = DeadlineRecomputed
    for due_at in (old.due_at, old.due_at + DAY):
        event = recomputed(
            originator_id=story.petition_id,
            originator_version=len(story.history) + 1,
            timestamp=story.at + DAY,
            clock=Clock.REPLY,
            old=old,
            new=replace_struct(old, due_at=due_at, calendar="cn@2027", provisional=False),
            original=None,
            calendar="cn@2027",
            why="国办发明电",
        )
        facts = fold_all([*story.history, event])
        (reply,) = (each for each in running_clocks(facts) if each.clock is Clock.REPLY)
        assert (reply.due_at, reply.provisional) == (due_at, False)
        assert old.due_at not in facts.provisional_dues
