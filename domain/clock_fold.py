"""Without this file nobody would know rule, calendar and start of a clock without the log."""

from collections.abc import Iterator
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


RECORDING: Final = frozenset(
    event
    for event in get_args(PetitionEvent)
    if "deadlines" in event.__dataclass_fields__
    or event in {Dispatched, LeadUnitDesignated, AssignmentTransferred, CoHandlerAdded}
    or event in {ExtensionGranted, DeadlineRecomputed}
)
"""Events that can record a deadline: most cannot, and every event of the log is asked."""


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
        if deadline.clock in NO_CLOCKS:
            continue
        kept = [each for each in facts.clocks if _key(each) != (deadline.clock, unit)]
        kept.append(RecordedClock(event.timestamp, event.originator_version, unit, deadline))
        facts.clocks = kept


def _key(recorded: RecordedClock) -> tuple[Clock, str]:
    return recorded.deadline.clock, recorded.unit


def _recorded(event: PetitionEvent) -> Iterator[tuple[str, Deadline]]:
    deadlines: tuple[Deadline, ...] = getattr(event, "deadlines", ())
    for deadline in deadlines:
        yield UNDISPATCHED, deadline
    match event:
        case Dispatched() | LeadUnitDesignated():
            yield from _ordered(event.assignments)
        case AssignmentTransferred() | CoHandlerAdded():
            yield from _ordered((event.assignment,))
        case ExtensionGranted():
            yield UNDISPATCHED, event.deadline
        case DeadlineRecomputed():
            yield UNDISPATCHED, event.new
        case _:
            pass


def _ordered(orders: tuple[AssignmentOrder, ...]) -> Iterator[tuple[str, Deadline]]:
    for order in orders:
        for deadline in order.deadlines:
            yield order.unit, deadline
