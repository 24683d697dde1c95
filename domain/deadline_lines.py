"""Without this file nobody could see why a clock runs, since when, and in whose hands it is."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from domain.clock_facts import RecordedClock
from domain.deadlines import Deadline
from domain.measures import UNDISPATCHED
from domain.petition_facts import PetitionFacts
from domain.running_clocks import RunningClock, running_clocks
from domain.standing import latest_deadlines
from domain.vocabulary import Clock, Holder, PetitionState


class DeadlineLine(NamedTuple):
    """One clock of a petition that runs or stands still.

    Attributes:
        clock: Which duty it times.
        unit: Unit whose own clock it is, empty for everybody else's.
        due_at: When it ends; one that stands still will end later.
        since: When it was started.
        holder: Who has the petition in hand now, or None once it has ended.
        holder_unit: Code of that unit, empty for everybody else.
        deadline: Rule, calendar and whether it is provisional; None for a due that a person
            stated.
        paused_at: From when it stands still, or None while it runs.
    """

    clock: Clock
    unit: str
    due_at: datetime
    since: datetime
    holder: Holder | None
    holder_unit: str
    deadline: Deadline | None
    paused_at: datetime | None


def deadline_lines(facts: PetitionFacts) -> list[DeadlineLine]:
    """Return the clocks a petition is under, the earliest due first, paused ones included; pure.

    One for each clock and unit.
    """
    found: dict[tuple[Clock, str], DeadlineLine] = {}
    for running, paused_at in [*_running(facts), *_paused(facts)]:
        unit = running.unit or UNDISPATCHED
        found.setdefault((running.clock, unit), _line(facts, running, unit, paused_at))
    return sorted(found.values(), key=lambda line: (line.due_at, line.clock, line.unit))


def recorded_clock(facts: PetitionFacts, clock: Clock, unit: str) -> RecordedClock | None:
    """Return the newest deadline recorded for a clock of a unit, or None."""
    for recorded in reversed(facts.clocks):
        if recorded.deadline.clock is clock and recorded.unit == unit:
            return recorded
    return None


def started_at(facts: PetitionFacts, clock: Clock, unit: str) -> datetime:
    """Return when a clock of a petition was started; moves of its due leave that as it is; pure."""
    match clock:
        case Clock.ACCEPT:
            return facts.submitted_at
        case Clock.REPLY:
            return facts.cycle.started_at
        case Clock.UPWARD_REPORT:
            cycle = facts.cycle
            return cycle.explanations[len(cycle.upward_reports)].explained_at
        case Clock.PROMISE if facts.state in {PetitionState.CLOSED, PetitionState.ARCHIVED}:
            return facts.cycle.replies[-1].replied_at
        case Clock.PROMISE:
            planned = [each.planned_at for each in facts.assignments if each.planned_at]
            return max(planned, default=facts.cycle.started_at)
        case _:
            recorded = recorded_clock(facts, clock, unit)
            return facts.state_since if recorded is None else recorded.at


def deadline_in_force(facts: PetitionFacts, running: RunningClock) -> Deadline | None:
    """Return the recorded deadline behind a running clock, or None where a person stated it."""
    match running.clock:
        case Clock.ACCEPT:
            deadline = facts.accept_deadline
        case Clock.REPLY:
            deadline = latest_deadlines(facts.cycle).effective
        case _:
            recorded = recorded_clock(facts, running.clock, running.unit or UNDISPATCHED)
            deadline = None if recorded is None else recorded.deadline
    return deadline if deadline is not None and deadline.due_at == running.due_at else None


def _running(facts: PetitionFacts) -> Iterator[tuple[RunningClock, datetime | None]]:
    for running in running_clocks(facts):
        yield running, None


def _paused(facts: PetitionFacts) -> Iterator[tuple[RunningClock, datetime | None]]:
    """Yield what stands still: the reply clock while suspended, the accept clock until supplied."""
    accept, asked_at = facts.accept_deadline, facts.supplement_requested_at
    if facts.state is PetitionState.NEEDS_SUPPLEMENT and accept is not None:
        yield RunningClock(Clock.ACCEPT, accept.due_at, None), asked_at
    if facts.state is PetitionState.SUSPENDED and facts.cycle.pause is not None:
        reply = latest_deadlines(facts.cycle).effective
        lead = None if facts.lead is None else facts.lead.unit
        if reply is not None:
            running = RunningClock(Clock.REPLY, reply.due_at, lead)
            yield running, facts.cycle.pause.suspended_at


def _line(
    facts: PetitionFacts, running: RunningClock, unit: str, paused_at: datetime | None
) -> DeadlineLine:
    held = facts.holdings[-1] if facts.holdings else None
    return DeadlineLine(
        clock=running.clock,
        unit=unit,
        due_at=running.due_at,
        since=started_at(facts, running.clock, unit),
        holder=None if held is None else held.holder,
        holder_unit=UNDISPATCHED if held is None else held.unit,
        deadline=deadline_in_force(facts, running),
        paused_at=paused_at,
    )
