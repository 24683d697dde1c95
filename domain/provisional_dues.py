"""Without this file a due in a year without a holiday notice would look as sure as any other."""

from collections.abc import Iterable
from datetime import datetime

from domain.deadlines import Deadline
from domain.handling_events import (
    AssignmentTransferred,
    CoHandlerAdded,
    Dispatched,
    ExtensionGranted,
    LeadUnitDesignated,
)
from domain.petition import PetitionEvent
from domain.petition_facts import PetitionFacts
from domain.standstill_events import DeadlineRecomputed


def note_provisional(facts: PetitionFacts, event: PetitionEvent) -> None:
    """Note which dues may still move, or no longer may; the given facts are changed.

    What an event says last of an instant holds.
    """
    if isinstance(event, DeadlineRecomputed):
        _forget(facts, event.old.due_at)
    for deadline in _started(event):
        _forget(facts, deadline.due_at)
        if deadline.provisional:
            facts.provisional_dues = [*facts.provisional_dues, deadline.due_at]


def _started(event: PetitionEvent) -> Iterable[Deadline]:
    match event:
        case Dispatched() | LeadUnitDesignated():
            return [each for order in event.assignments for each in order.deadlines]
        case AssignmentTransferred() | CoHandlerAdded():
            return event.assignment.deadlines
        case ExtensionGranted():
            return (event.deadline,)
        case DeadlineRecomputed():
            return [each for each in (event.original, event.new) if each is not None]
        case _:
            deadlines: tuple[Deadline, ...] = getattr(event, "deadlines", ())
            return deadlines


def _forget(facts: PetitionFacts, due_at: datetime) -> None:
    if due_at in facts.provisional_dues:
        facts.provisional_dues = [each for each in facts.provisional_dues if each != due_at]
