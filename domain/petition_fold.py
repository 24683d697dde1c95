"""Without this file guards, read models and replay would each fold events in their own way."""

from collections.abc import Iterable
from typing import Final, assert_never

from domain.aftercare_events import AftercareEvent
from domain.aftercare_fold import apply_aftercare
from domain.clock_fold import note_clocks
from domain.closing_events import ClosingEvent
from domain.closing_fold import apply_closing
from domain.delay_events import DelayEvent
from domain.delay_fold import apply_delay
from domain.handling_events import HandlingEvent
from domain.handling_fold import apply_handling
from domain.holding import note_holder
from domain.intake_events import CaseImported, IntakeEvent, Submitted
from domain.intake_fold import apply_intake, born
from domain.joining_events import JoiningEvent
from domain.joining_fold import apply_joining
from domain.leadership_events import LeadershipEvent, ReminderIssued, Supervised
from domain.leadership_fold import apply_leadership
from domain.openness_events import OpennessEvent
from domain.openness_fold import apply_openness
from domain.petition import PetitionEvent
from domain.petition_facts import PetitionFacts
from domain.standstill_events import StandstillEvent
from domain.standstill_fold import apply_standstill

_NOTES: Final = frozenset({ReminderIssued, Supervised})
"""What the clock and the supervision office note beside a petition; acts of people may be
recorded later that happened before (domain.md decision 4 speaks of state-changing events)."""


def fold_all(events: Iterable[PetitionEvent]) -> PetitionFacts:
    """Return the facts of a petition's whole stream.

    Raises:
        ValueError: the stream is empty.
    """
    facts: PetitionFacts | None = None
    for event in events:
        facts = fold(facts, event)
    if facts is None:
        raise ValueError("a petition has at least one event")
    return facts


def fold(  # noqa: C901, PLR0912 - one case per family of events
    facts: PetitionFacts | None, event: PetitionEvent
) -> PetitionFacts:
    """Return the facts after one more event; the given facts are used up.

    Pure but for that: no clock, no I/O, the same events give the same facts in
    the live engine, a rebuild, as-of, known-at and what-if.

    Args:
        facts: Facts after the previous event; None before a birth event.
        event: The next event of the same stream.

    Raises:
        ValueError: the stream does not start with a birth event, or has a second one.
    """
    if facts is None:
        if not isinstance(event, Submitted | CaseImported):
            raise ValueError(f"a stream starts with a birth event, not {event.TOPIC}")
        facts = born(event)
        note_clocks(facts, event, moved=False)
        note_holder(facts, event.timestamp)
        return facts
    facts.version = event.originator_version
    facts.changed_at = facts.changed_at if type(event) in _NOTES else event.timestamp
    state = facts.state
    match event:
        case HandlingEvent():
            apply_handling(facts, event)
        case ClosingEvent():
            apply_closing(facts, event)
        case IntakeEvent():
            apply_intake(facts, event)
        case LeadershipEvent():
            apply_leadership(facts, event)
        case DelayEvent():
            apply_delay(facts, event)
        case StandstillEvent():
            apply_standstill(facts, event)
        case AftercareEvent():
            apply_aftercare(facts, event)
        case JoiningEvent():
            apply_joining(facts, event)
        case OpennessEvent():
            apply_openness(facts, event)
        case _:
            assert_never(event)
    moved = facts.state is not state
    if moved:
        facts.state_since = event.timestamp
    note_clocks(facts, event, moved=moved)
    note_holder(facts, event.timestamp)
    return facts
