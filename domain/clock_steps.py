"""Without this file nobody could say what the rules alone demand of a petition at an instant."""

from collections.abc import Sequence
from datetime import datetime

from domain.clock_endings import endings
from domain.clock_ladder import proposals
from domain.clock_notes import OpenOrder, notes
from domain.clock_recounts import Editions, recounts
from domain.clock_reminders import reminders
from domain.clock_step import ClockStep, StepKind
from domain.petition_facts import PetitionFacts
from domain.situation import Situation

_ORDER = {kind: place for place, kind in enumerate(reversed(StepKind))}


def due_steps(
    facts: PetitionFacts,
    situation: Situation,
    editions: Editions,
    known_since: datetime | None = None,
    orders: Sequence[OpenOrder] = (),
) -> list[ClockStep]:
    """Return what fell due for a petition by the instant of the act and is not done; pure.

    In the order of the logical instants; at one instant what ends or moves a clock comes
    before what is said of it. The first step may change what the others are: take one,
    record it, and ask again. Proposals are named whether raised or not: their streams tell.

    Args:
        facts: The petition, by the log itself.
        situation: Of an act of the clock at the instant of the question.
        editions: The ledger's calendars.
        known_since: When the ledger recorded its first event. What an imported case brings
            from before is another system's history: it is neither reminded of nor proposed.
        orders: Colours of the supervision orders on the petition.

    Raises:
        DomainError: the petition's pack or calendar is not in the ledger.

    Source:
        domain.md §6, rules 10, 11, 12 and 15; §4 rows 3, 25, 30, 32, 36 and 40.
    """
    found = [
        *endings(facts, situation),
        *recounts(facts, situation, editions),
        *reminders(facts, situation),
        *proposals(facts, situation),
        *notes(facts, orders, situation.act.occurred_at),
    ]
    if facts.imported and known_since is not None:
        found = [step for step in found if step.at >= known_since]
    return sorted(found, key=_place)


def _place(step: ClockStep) -> tuple[object, ...]:
    return step.at, _ORDER[step.kind], step.clock or "", step.unit, step.level or ""
