"""Without this file nobody would be told that a clock runs out before it has."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from domain.clock_rules import calendar_for, counted, pack_for
from domain.clock_step import ClockStep, StepKind
from domain.deadline_lines import DeadlineLine, deadline_lines, recorded_clock
from domain.kin import accuses
from domain.measures import UNDISPATCHED
from domain.pack_ladder import reminder_times
from domain.petition_facts import PetitionFacts
from domain.recorded_deadlines import unit_of
from domain.situation import Situation
from domain.vocabulary import Clock

NOT_REMINDED: Final = frozenset({Clock.SUPPLEMENT, Clock.SUSPENSION})
"""The petitioner's own period, and one that ends by itself [assumed]."""


def reminders(facts: PetitionFacts, situation: Situation) -> Iterator[ClockStep]:
    """Yield the reminders due by the instant of the act and not sent; pure.

    Those whose instant lies before an act already recorded were missed: only the last of
    them is sent, and only where no later one is due as well. A clock that has been met
    meanwhile, or whose due has moved since, is not reminded of.

    Source:
        domain.md §6.15.
    """
    lines = [line for line in deadline_lines(facts) if _is_reminded(facts, line, situation)]
    pack = pack_for(facts, situation) if lines else None
    if pack is None or pack.supervision is None:
        return
    until = situation.act.occurred_at
    for line in lines:
        deadline = counted(line.deadline, line, facts.calendar or pack.calendar)
        times = reminder_times(
            pack.supervision,
            line.since,
            unit_of(deadline),
            deadline,
            calendar_for(deadline, situation),
            situation.zone(pack),
            pack.business_hours,
        )
        since = max(_in_force_since(facts, line), _reminded_at(facts, line) or line.since)
        due = [at for at in times if since <= at <= until and at != _reminded_at(facts, line)]
        missed = [at for at in due if at < facts.changed_at]
        for at in due[len(missed) :] or missed[-1:]:
            yield ClockStep(
                at,
                StepKind.REMINDER,
                facts.petition_id,
                len(facts.cycles),
                line.clock,
                line.unit,
                line.due_at,
            )


def _is_reminded(facts: PetitionFacts, line: DeadlineLine, situation: Situation) -> bool:
    # Whom a confidential petition accuses is told nothing of it.
    is_accused = bool(line.unit) and accuses(facts, line.unit, situation)
    runs = facts.state.is_open and line.paused_at is None
    return runs and line.clock not in NOT_REMINDED and not is_accused


def _in_force_since(facts: PetitionFacts, line: DeadlineLine) -> datetime:
    """Return from when the present due holds; what it makes of earlier instants counts for none."""
    if line.clock is Clock.REPLY:
        cycle = facts.cycle
        told = [each.effective_at for each in cycle.extensions if each.effective_at]
        return max([cycle.started_at, *(move.moved_at for move in cycle.moves), *told])
    recorded = recorded_clock(facts, line.clock, line.unit or UNDISPATCHED)
    return line.since if recorded is None else max(recorded.at, line.since)


def _reminded_at(facts: PetitionFacts, line: DeadlineLine) -> datetime | None:
    """Return when the present due was last reminded of, by whomever."""
    for past in reversed(facts.reminders):
        if (past.clock, past.due_at, past.unit or "") == (line.clock, line.due_at, line.unit):
            return past.issued_at
    return None
