"""Without this file a due that was missed and met later would leave no trace for supervision."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from domain.cycle_facts import Cycle
from domain.deadline_lines import recorded_clock
from domain.deadlines import Deadline
from domain.measures import UNDISPATCHED
from domain.petition_facts import PetitionFacts
from domain.running_clocks import running_clocks
from domain.standing import last_reply, latest_deadlines
from domain.vocabulary import Clock, PetitionState


class Breach(NamedTuple):
    """A due that one unit missed, however many clocks ended at it.

    Attributes:
        due_at: What was missed.
        unit: By whom, empty for the hub.
        clocks: Which clocks, in the order of their names.
        deadline: One of them.
        met_at: When the last of them was met or ended, None while one runs.
    """

    due_at: datetime
    unit: str
    clocks: tuple[Clock, ...]
    deadline: Deadline
    met_at: datetime | None


class _Timed(NamedTuple):
    clock: Clock
    unit: str
    due_at: datetime
    met_at: datetime | None


def breaches(facts: PetitionFacts, until: datetime, pinned: str) -> list[Breach]:
    """Return every due of a petition that was missed before an instant, in order; pure.

    Of the clocks for acceptance, dispatch, signing, contact, plan and reply: what their
    lateness was can be told from the facts for ever. Derived, never stored (domain.md
    decision 2).

    Args:
        facts: The petition.
        until: Aware instant; a due at it can still be kept.
        pinned: Calendar of dues that no rule has set.
    """
    found: dict[tuple[datetime, str], list[_Timed]] = {}
    for timed in _timed(facts):
        if timed.due_at < (timed.met_at or until) and timed.due_at < until:
            found.setdefault((timed.due_at, timed.unit), []).append(timed)
    return [
        Breach(
            due_at,
            unit,
            tuple(sorted({each.clock for each in missed})),
            _deadline(facts, missed[0], pinned),
            _met_at(missed),
        )
        for (due_at, unit), missed in sorted(found.items())
    ]


def _timed(facts: PetitionFacts) -> Iterator[_Timed]:
    runs = {(each.clock, each.unit or UNDISPATCHED): each for each in running_clocks(facts)}

    def ended(clock: Clock, unit: str, met_at: datetime | None) -> datetime | None:
        return None if (clock, unit) in runs else met_at or facts.state_since

    accept = facts.accept_deadline
    if accept is not None and facts.state is not PetitionState.NEEDS_SUPPLEMENT:
        met_at = facts.accepted_at or facts.not_accepted_at or facts.referred_out_at
        yield _Timed(Clock.ACCEPT, "", accept.due_at, ended(Clock.ACCEPT, "", met_at))
    for order in facts.assignments:
        for clock, due_at, met_at in (
            (Clock.SIGN, order.sign_due_at, order.signed_at),
            (Clock.CONTACT, order.contact_due_at, order.contacted_at),
            (Clock.PLAN, order.plan_due_at, order.planned_at),
        ):
            if due_at is not None:
                over = met_at or order.ended_at
                yield _Timed(clock, order.unit, due_at, over or ended(clock, order.unit, None))
    for cycle in facts.cycles:
        yield from _of_cycle(facts, cycle, is_paused=facts.state is PetitionState.SUSPENDED)


def _of_cycle(facts: PetitionFacts, cycle: Cycle, *, is_paused: bool) -> Iterator[_Timed]:
    is_last = cycle is facts.cycles[-1]
    ordered = [each.dispatched_at for each in facts.assignments]
    first = next((at for at in ordered if at >= cycle.started_at), None)
    if cycle.dispatch_due_at is not None:
        waits = is_last and facts.state is PetitionState.ACCEPTED
        met_at = first or (None if waits else facts.state_since)
        yield _Timed(Clock.DISPATCH, "", cycle.dispatch_due_at, met_at)
    deadline = latest_deadlines(cycle).effective
    if deadline is None or (is_last and is_paused):
        return
    running = [each for each in running_clocks(facts) if each.clock is Clock.REPLY]
    reply = last_reply(cycle, facts.changed_at)
    if is_last and running:
        yield _Timed(Clock.REPLY, running[0].unit or "", deadline.due_at, None)
    elif reply is not None:
        yield _Timed(Clock.REPLY, reply.unit, deadline.due_at, reply.replied_at)


def _deadline(facts: PetitionFacts, timed: _Timed, pinned: str) -> Deadline:
    if timed.clock is Clock.REPLY:
        for cycle in facts.cycles:
            deadline = latest_deadlines(cycle).effective
            if deadline is not None and deadline.due_at == timed.due_at:
                return deadline
    recorded = recorded_clock(facts, timed.clock, timed.unit)
    if recorded is not None and recorded.deadline.due_at == timed.due_at:
        return recorded.deadline
    return Deadline(timed.clock, timed.due_at, "", pinned)


def _met_at(missed: list[_Timed]) -> datetime | None:
    met = [each.met_at for each in missed]
    return None if None in met else max(at for at in met if at is not None)
