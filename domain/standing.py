"""Without this file it would be open which unit, reply and due a petition stands by."""

from datetime import UTC, datetime
from typing import Final, NamedTuple

from domain.cycle_facts import Cycle, Reply
from domain.deadlines import Deadline
from domain.measures import UNDISPATCHED
from domain.petition_facts import PetitionFacts
from domain.vocabulary import Outcome, WithdrawalCheck

LATEST: Final = datetime.max.replace(tzinfo=UTC)
"""An instant after every fact."""


def last_reply(cycle: Cycle, as_of: datetime) -> Reply | None:
    """Return the last reply given by ``as_of`` and not returned by then (h of decision 9)."""
    for reply in reversed(cycle.replies):
        if reply.replied_at <= as_of and (reply.returned_at is None or reply.returned_at > as_of):
            return reply
    return None


class Deadlines(NamedTuple):
    """The first due of a cycle and the one in force, at some instant."""

    original: Deadline | None
    effective: Deadline | None

    @property
    def known(self) -> tuple[Deadline, ...]:
        """Both as an event records them, or none where one of them does not run."""
        if self.original is None or self.effective is None:
            return ()
        return (self.original, self.effective)


def deadlines_at(cycle: Cycle, as_of: datetime) -> Deadlines:
    """Return the deadlines of a cycle with what had moved them by ``as_of``.

    Extensions move the one in force alone; pauses, mergers, instructions and recounts both.
    """
    original = effective = cycle.deadline
    moved = 0
    for place, move in enumerate(cycle.moves, 1):
        if move.moved_at <= as_of:
            original, effective, moved = move.original, move.effective, place
    for extension in cycle.extensions:
        counts = extension.effective_at is not None and extension.effective_at <= as_of
        if counts and extension.after_moves >= moved:
            effective = extension.deadline
    return Deadlines(original, effective)


def latest_deadlines(cycle: Cycle) -> Deadlines:
    """Return the deadlines of a cycle after all that is known of it."""
    return deadlines_at(cycle, LATEST)


def effective_due(cycle: Cycle, as_of: datetime) -> datetime | None:
    """Return the due instant in force at ``as_of``."""
    deadline = cycle.deadline
    if cycle.moves or cycle.extensions:
        deadline = deadlines_at(cycle, as_of).effective
    return None if deadline is None else deadline.due_at


def is_paused(cycle: Cycle, as_of: datetime) -> bool:
    """Whether the cycle's clock stands still at ``as_of``."""
    return any(pause.suspended_at <= as_of < pause.ended_at for pause in cycle.pauses)


def open_promise(cycle: Cycle, as_of: datetime) -> Reply | None:
    """Return the reply whose promise is neither kept nor broken by ``as_of``, if any."""
    reply = last_reply(cycle, as_of)
    if reply is None or reply.outcome is not Outcome.PLANNED:
        return None
    settled = happened(reply.promise_kept_at, as_of) or happened(reply.promise_broken_at, as_of)
    return None if settled else reply


def is_merged(facts: PetitionFacts, as_of: datetime) -> bool:
    """Whether the petition stands under another one at ``as_of``."""
    return any(
        merger.merged_at <= as_of and not happened(merger.parted_at, as_of)
        for merger in facts.mergers
    )


def ended_unanswered_at(facts: PetitionFacts) -> datetime | None:
    """Return when a petition ended by no answer of its own, if it did.

    Voided, split, merged, or withdrawn as an independent check confirmed.
    """
    ends = [facts.voided_at, facts.split_at]
    if facts.parent_id is not None:
        ends.append(facts.mergers[-1].merged_at)
    ends += [
        each.withdrawn_at for each in facts.withdrawals if each.check is WithdrawalCheck.VERIFIED
    ]
    return min((at for at in ends if at is not None), default=None)


def unit_at(facts: PetitionFacts, as_of: datetime) -> str:
    """Return the unit a petition counts for at ``as_of`` (decision 8)."""
    for cycle in reversed(facts.cycles):
        reply = last_reply(cycle, as_of)
        if reply is not None:
            return reply.unit
    last = UNDISPATCHED
    for assignment in facts.assignments:
        if assignment.lead and assignment.dispatched_at <= as_of:
            returned = assignment.returned_at is not None and assignment.returned_at <= as_of
            last = UNDISPATCHED if returned else assignment.unit
    return last


def happened(at: datetime | None, as_of: datetime) -> bool:
    """Whether something is dated at or before an instant."""
    return at is not None and at <= as_of
