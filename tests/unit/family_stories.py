"""Stories of several petitions: a parent, what was merged into it, and what became of both."""

from dataclasses import replace
from uuid import UUID

from domain.closing import ClosePetition
from domain.mergers import MergePetitions, UnmergePetition
from domain.replying import ApproveReply
from domain.vocabulary import CallbackBasis, Role
from tests.unit.given_when_then import DAY, Deed, Story, given
from tests.unit.petition_stories import (
    ACCEPTED,
    IN_PROGRESS,
    REPLY,
    SIBLING_ID,
    SOLVED,
    SUBMITTED,
    UNSOLVED,
)

CHILD_ID = SIBLING_ID
MERGE = MergePetitions(children=(CHILD_ID,), reason="同一事实。")
UNMERGE = UnmergePetition(child=CHILD_ID, reason="事实不同。")
CLOSE = ClosePetition(basis=CallbackBasis.COMPLETED)
APPROVE = ApproveReply(shared_reply="已增设车位。")
CHILD_OWNER = "petitioner-8"


def child(*, days_later: int = 0) -> Story:
    """Return a petition of somebody else on the same facts, accepted."""
    first = replace(SUBMITTED[0], actor=CHILD_OWNER)
    first = replace(first, after=first.after - days_later * DAY)
    return given(first, *ACCEPTED[1:], petition_id=CHILD_ID)


def as_child(story: Story) -> Story:
    """Return the story seen from the child."""
    return story.turn_to(CHILD_ID)


def as_parent(story: Story, parent_id: UUID) -> Story:
    """Return the story seen from the parent."""
    return story.turn_to(parent_id)


def parent() -> Story:
    """Return a parent in progress and the child beside it, not merged yet."""
    return given(*IN_PROGRESS).beside(child())


def merged() -> Story:
    """Return the parent after the merger."""
    return parent().and_then(Deed(MERGE, Role.DISPATCHER))


def answered() -> Story:
    """Return the parent after its reply was approved, and so given to the child."""
    return merged().and_then(Deed(REPLY, Role.HANDLER), Deed(APPROVE, Role.REVIEWER))


def called_back(*, child_satisfied: bool = True) -> Story:
    """Return the parent after both petitioners were called back."""
    story = answered().and_then(Deed(SOLVED, Role.CALLBACK))
    parent_id = story.petition_id
    answer = SOLVED if child_satisfied else UNSOLVED
    return as_parent(as_child(story).and_then(Deed(answer, Role.CALLBACK)), parent_id)


def closed() -> Story:
    """Return the parent after closing it with its child."""
    return called_back().and_then(Deed(CLOSE, Role.REVIEWER))
