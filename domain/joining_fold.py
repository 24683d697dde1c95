"""Without this file merging, splitting and joint petitions would change no fact."""

from datetime import datetime
from typing import assert_never

from domain import joining_events
from domain.assignment_fold import end_assignments, restore_assignments
from domain.cycle_facts import Cycle, DueMove, Reply
from domain.deadlines import Deadline
from domain.joining_events import JoinedChild
from domain.life_facts import Child, JointPetitioner, Merger
from domain.petition_facts import PetitionFacts
from domain.recorded_deadlines import due_of
from domain.vocabulary import Clock, DueCause, PetitionState


def apply_joining(  # noqa: C901, PLR0912 - one case per event
    facts: PetitionFacts, event: joining_events.AnyJoiningEvent
) -> None:
    """Change the facts by one joining event."""
    at = event.timestamp
    match event:
        case joining_events.Merged():
            facts.mergers.append(Merger(event.parent_id, at, facts.state))
            end_assignments(facts, at)
            facts.state = PetitionState.MERGED
        case joining_events.ChildrenJoined():
            facts.children += [Child(joined, at) for joined in event.children]
            _move(facts, at, DueCause.MERGE, event.deadlines, event.children)
        case joining_events.Unmerged():
            merger = facts.mergers[-1]
            merger.parted_at = at
            restore_assignments(facts, merger.merged_at, at)
            facts.state = merger.state_before
        case joining_events.ChildParted():
            for child in facts.children:
                if child.joined.petition_id == event.petition_id and child.parted_at is None:
                    child.parted_at = at
            _move(facts, at, DueCause.PART, event.deadlines)
        case joining_events.ReplyShared():
            if not facts.cycles:
                facts.cycles.append(Cycle(at, None))
            facts.cycle.replies.append(
                Reply(
                    event.replied_at,
                    event.unit,
                    event.outcome,
                    approved_at=at,
                    callback_required=event.callback_required,
                )
            )
            facts.cycle.callback_due_at = due_of(event.deadlines, Clock.CALLBACK)
            facts.cycle.callback_required = event.callback_required
        case joining_events.ClosedWithParent():
            facts.cycle.closed_at = at
            facts.cycle.basis = event.basis
            facts.cycle.reopen_until = event.reopen_until
            facts.state = PetitionState.CLOSED
        case joining_events.ReopenedWithParent():
            facts.cycles.append(Cycle(at, None))
            facts.state = PetitionState.MERGED
        case joining_events.Split():
            facts.split_at = at
            end_assignments(facts, at)
            facts.state = PetitionState.SPLIT
        case joining_events.JointPetitionerAdded():
            facts.joint.append(JointPetitioner(event.account, at))
            if event.contact:
                facts.contact_id = event.account
        case _:
            assert_never(event)


def _move(
    facts: PetitionFacts,
    at: datetime,
    cause: DueCause,
    deadlines: tuple[Deadline, ...],
    children: tuple[JoinedChild, ...] = (),
) -> None:
    if deadlines:
        original, effective = deadlines
        facts.cycle.moves.append(DueMove(at, cause, original, effective, children=children))
    elif facts.cycles and facts.cycle.moves:
        # The only due it had came from the one that left.
        facts.cycle.moves.append(DueMove(at, cause, None, None))
