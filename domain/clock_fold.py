"""Without this file nobody would know rule, calendar and start of a clock without the log."""

from typing import Final, get_args

from domain.clock_facts import RecordedClock
from domain.deadlines import Deadline
from domain.handling_events import (
    AssignmentTransferred,
    CoHandlerAdded,
    Dispatched,
    ExtensionGranted,
    LeadUnitDesignated,
)
from domain.measures import UNDISPATCHED
from domain.petition import PetitionEvent
from domain.petition_event import AssignmentOrder
from domain.petition_facts import PetitionFacts
from domain.standstill_events import DeadlineRecomputed
from domain.vocabulary import Clock, PetitionState

NO_CLOCKS: Final = frozenset({Clock.RETURN_WINDOW, Clock.FILING})
"""Periods in which something is allowed; nobody is under them."""
_OVER: Final = frozenset(
    {
        PetitionState.CLOSED,
        PetitionState.ARCHIVED,
        PetitionState.NOT_ACCEPTED,
        PetitionState.REFERRED_OUT,
        PetitionState.SPLIT,
        PetitionState.VOIDED,
    }
)
"""States in which every clock of before has ended; a withdrawal or a merger may be undone."""


_STATING: Final = frozenset(
    event for event in get_args(PetitionEvent) if "deadlines" in event.__dataclass_fields__
)
_ORDERING: Final = frozenset(
    {
        Dispatched,
        LeadUnitDesignated,
        AssignmentTransferred,
        CoHandlerAdded,
        ExtensionGranted,
        DeadlineRecomputed,
    }
)
RECORDING: Final = _STATING | _ORDERING
"""Events that can record a deadline. Every event of the log is asked, and its class being one
of a set is known at once; matching it with one class after the other is not."""


def note_clocks(facts: PetitionFacts, event: PetitionEvent, *, moved: bool) -> None:
    """Keep the deadlines that an event recorded, the newest for each clock and unit.

    Args:
        facts: After the event.
        event: The event.
        moved: Whether it changed the petition's state.
    """
    if moved and facts.clocks and facts.state in _OVER:
        facts.clocks = []
    if type(event) not in RECORDING:
        return
    for unit, deadline in _recorded(event):
        clock = deadline.clock
        if clock in NO_CLOCKS:
            continue
        kept = [
            each for each in facts.clocks if each.unit != unit or each.deadline.clock is not clock
        ]
        kept.append(RecordedClock(event.timestamp, event.originator_version, unit, deadline))
        facts.clocks = kept


def _recorded(event: PetitionEvent) -> list[tuple[str, Deadline]]:
    if type(event) in _STATING:
        deadlines: tuple[Deadline, ...] = getattr(event, "deadlines", ())
        return [(UNDISPATCHED, deadline) for deadline in deadlines]
    match event:
        case Dispatched() | LeadUnitDesignated():
            return _ordered(event.assignments)
        case AssignmentTransferred() | CoHandlerAdded():
            return _ordered((event.assignment,))
        case ExtensionGranted():
            return [(UNDISPATCHED, event.deadline)]
        case DeadlineRecomputed():
            return [(UNDISPATCHED, event.new)]
        case _:
            return []


def _ordered(orders: tuple[AssignmentOrder, ...]) -> list[tuple[str, Deadline]]:
    return [(order.unit, deadline) for order in orders for deadline in order.deadlines]
