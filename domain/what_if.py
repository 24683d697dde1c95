"""Without this file one history could not be told under the rules of another city.

The acts stay, the limits are counted again: each event is rewritten as it would have been
recorded under the supposed rules, and then folded and judged like any other. What people
would have done under those rules nobody knows.
"""

from collections.abc import Mapping
from typing import Final, assert_never
from uuid import UUID

from domain.aftercare_events import AftercareEvent
from domain.calendar_editions import NO_CALENDARS
from domain.calendar_stream import CalendarStream
from domain.closing_events import ClosingEvent
from domain.delay_events import DelayEvent
from domain.handling_events import HandlingEvent
from domain.intake_events import CaseImported, IntakeEvent, Submitted
from domain.joining_events import ClosedWithParent, JoiningEvent, ReplyShared
from domain.leadership_events import LeadershipEvent
from domain.openness_events import OpennessEvent
from domain.pack_content import PackContent
from domain.petition import PetitionEvent
from domain.petition_facts import PetitionFacts
from domain.petition_fold import fold
from domain.standstill_events import StandstillEvent
from domain.supposed_ending import suppose_aftercare, suppose_closing, suppose_joining
from domain.supposed_handling import suppose_handling
from domain.supposed_intake import suppose_birth, suppose_intake
from domain.supposed_standstill import suppose_delay, suppose_leadership, suppose_standstill
from domain.supposition import Scene, Supposition
from domain.timing import Timing

NOBODY: Final[Mapping[UUID, PetitionFacts]] = {}
"""Nobody whose petition is merged or was split."""


class Twin:
    """One petition twice: as it is, and as it would be under the supposed rules."""

    def __init__(self) -> None:
        """Start before the first event."""
        self.real: PetitionFacts | None = None
        self.supposed: PetitionFacts | None = None

    def apply(
        self,
        event: PetitionEvent,
        supposition: Supposition,
        calendars: Mapping[str, CalendarStream] = NO_CALENDARS,
        others: Mapping[UUID, PetitionFacts] = NOBODY,
    ) -> None:
        """Fold the next event into both.

        Args:
            event: As recorded.
            supposition: The other rules.
            calendars: Calendars that the ledger had published by then.
            others: Supposed facts of the petitions that are merged with it, or that it was
                split from, up to the same place of the log.

        Raises:
            ValueError: as ``domain.petition_fold.fold``.
        """
        told = under(supposition, event, self, calendars, others)
        self.real = fold(self.real, event)
        if told is not None:
            self.supposed = fold(self.supposed, told)


def under(
    supposition: Supposition,
    event: PetitionEvent,
    before: Twin,
    calendars: Mapping[str, CalendarStream] = NO_CALENDARS,
    others: Mapping[UUID, PetitionFacts] = NOBODY,
) -> PetitionEvent | None:
    """Return an event as it would have been recorded under other rules; pure.

    Returns:
        The event, or None where nobody would have recorded it. It is the event itself
        where no pack governs it: an import, or an act before the acceptance, while every
        petition stays under the pack that it pinned.

    Raises:
        ValueError: the stream does not start with a birth event.
    """
    own = _pinned(supposition, event, before.real, others)
    pack = supposition.pack or own
    if pack is None:
        return event
    timing = Timing(event.timestamp, calendars, supposition.calendar)
    if isinstance(event, Submitted | CaseImported):
        split_from = event.split_from if isinstance(event, Submitted) else None
        whole = None if split_from is None else others[split_from]
        return suppose_birth(event, pack, timing, whole)
    if before.real is None or before.supposed is None:
        raise ValueError(f"a stream starts with a birth event, not {event.TOPIC}")
    return _suppose(event, Scene(pack, timing, before.supposed, own, before.real, others))


def _pinned(
    supposition: Supposition,
    event: PetitionEvent,
    real: PetitionFacts | None,
    others: Mapping[UUID, PetitionFacts],
) -> PackContent | None:
    """Return the pack that governed an act in real life.

    What a parent shares with its children follows the parent's.
    """
    if isinstance(event, ReplyShared | ClosedWithParent) and supposition.pack is None:
        return supposition.pinned_pack(event, others[event.parent_id])
    return supposition.pinned_pack(event, real)


def _suppose(event: PetitionEvent, scene: Scene) -> PetitionEvent | None:
    told: PetitionEvent | None
    match event:
        case IntakeEvent():
            told = suppose_intake(event, scene)
        case HandlingEvent():
            told = suppose_handling(event, scene)
        case ClosingEvent():
            told = suppose_closing(event, scene)
        case LeadershipEvent():
            told = suppose_leadership(event, scene)
        case DelayEvent():
            told = suppose_delay(event, scene)
        case StandstillEvent():
            told = suppose_standstill(event, scene)
        case AftercareEvent():
            told = suppose_aftercare(event, scene)
        case JoiningEvent():
            told = suppose_joining(event, scene)
        case OpennessEvent():
            # It starts no clock, so other rules change nothing in it.
            told = event
        case _:
            assert_never(event)
    return told
