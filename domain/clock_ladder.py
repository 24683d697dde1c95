"""Without this file no missed due would ever reach the supervision office."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from domain.clock_breaches import Breach, breaches
from domain.clock_rules import calendar_for, pack_for
from domain.clock_step import ClockStep, StepKind
from domain.deadline_lines import recorded_clock
from domain.kin import accuses
from domain.local_day import local_day
from domain.pack_ladder import supervision_times
from domain.pack_oversight import SupervisionRule
from domain.petition_facts import PetitionFacts
from domain.roster import UnitKind
from domain.situation import Situation
from domain.vocabulary import SupervisionLevel

TICK: Final = timedelta(microseconds=1)
"""A due is missed once it is over; an act at the due itself is on time."""


def proposals(facts: PetitionFacts, situation: Situation) -> Iterator[ClockStep]:
    """Yield every supervision proposal that fell due before the instant of the act; pure.

    Blue, orange and red as the ladder has them while a due stays unmet; from the breach on
    that the pack says, red at once. Also for what was met late: a breach is a fact. Those
    raised already are yielded as well: their streams tell.

    Source:
        domain.md §6.15.
    """
    if not facts.cycles and facts.accept_deadline is None:
        return
    until = situation.act.occurred_at
    pack = pack_for(facts, situation)
    rule = pack.supervision
    if rule is None:
        return
    found = breaches(facts, until, facts.calendar or pack.calendar)
    for number, breach in enumerate(found, 1):
        unit = supervised_unit(breach.unit, situation)
        if unit is None or accuses(facts, unit, situation):
            continue
        for level, at in _colours(rule, breach, number, facts, situation):
            if at < until and (breach.met_at is None or at < breach.met_at):
                yield ClockStep(
                    at,
                    StepKind.PROPOSAL,
                    facts.petition_id,
                    _cycle(facts, breach),
                    breach.deadline.clock,
                    breach.unit,
                    breach.due_at,
                    level,
                    f"{pack.reference}/supervision: {'+'.join(breach.clocks)}, {level}",
                    _cited(facts, breach),
                )


def _colours(
    rule: SupervisionRule,
    breach: Breach,
    number: int,
    facts: PetitionFacts,
    situation: Situation,
) -> tuple[tuple[SupervisionLevel, datetime], ...]:
    if number >= rule.red_on_breach:
        return ((SupervisionLevel.RED, breach.due_at),)
    zone = situation.zone(pack_for(facts, situation))
    calendar = calendar_for(breach.deadline, situation)
    return supervision_times(rule, breach.deadline, calendar, zone)


def supervised_unit(missed_by: str, situation: Situation) -> str | None:
    """Return the unit to supervise for a miss, or None where no open one stands for it; pure.

    Args:
        missed_by: Code of the unit, empty for the hub.
        situation: Of the act, on whose day a merged unit is its heir.
    """
    state = situation.roster.state
    if not missed_by:
        hubs = [
            unit_id
            for unit_id, unit in state.units.items()
            if unit.kind is UnitKind.HUB and unit_id not in state.closed
        ]
        return hubs[0] if len(hubs) == 1 else None
    unit = state.resolve(missed_by, local_day(situation))
    return unit if unit in state.units and unit not in state.closed else None


def _cycle(facts: PetitionFacts, breach: Breach) -> int:
    """Return the cycle in which a due was missed, whichever the petition is in by now."""
    return sum(cycle.started_at <= breach.due_at for cycle in facts.cycles)


def _cited(facts: PetitionFacts, breach: Breach) -> tuple[int, ...]:
    """Return the versions of the events that set the due, or of the latest one known."""
    found = {
        recorded.version
        for clock in breach.clocks
        for unit in (breach.unit, "")
        if (recorded := recorded_clock(facts, clock, unit)) is not None
    }
    return tuple(sorted(found)) or (facts.version,)
