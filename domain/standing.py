"""Without this file it would be open which unit, reply and due a petition stands by."""

from datetime import datetime

from domain.measures import UNDISPATCHED
from domain.petition_facts import Cycle, PetitionFacts, Reply


def last_reply(cycle: Cycle, as_of: datetime) -> Reply | None:
    """Return the last reply given by ``as_of`` and not returned by then (h of decision 9)."""
    for reply in reversed(cycle.replies):
        if reply.replied_at <= as_of and (reply.returned_at is None or reply.returned_at > as_of):
            return reply
    return None


def effective_due(cycle: Cycle, as_of: datetime) -> datetime | None:
    """Return the due instant with the extensions in effect at ``as_of``."""
    deadline = cycle.deadline
    for extension in cycle.extensions:
        if extension.effective_at is not None and extension.effective_at <= as_of:
            deadline = extension.deadline
    return None if deadline is None else deadline.due_at


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
