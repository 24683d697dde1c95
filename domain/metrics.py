"""Without this file a printed rate would have no definition.

``judge`` says what one petition counts for at an instant T; every rate, of every
variant, is a sum of these integers over petitions. ``steps`` lists the instants
at which that verdict changes, so that sums at any T are sums of steps up to T.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import NamedTuple

from domain.assignment_verdict import judge_assignment
from domain.closing_verdict import judge_closings
from domain.measures import UNDISPATCHED, ZERO, Delta, Vector
from domain.petition_facts import PetitionFacts
from domain.petition_verdict import judge_petition
from domain.standing import happened, unit_at
from domain.step_outline import outline


class Step(NamedTuple):
    """A change of one unit's counts by one petition, at one instant."""

    at: datetime
    unit: str
    delta: Delta


def judge(facts: PetitionFacts, as_of: datetime) -> dict[str, Vector]:
    """Return what a petition counts for at an instant, by unit.

    Pure; only facts dated at or before ``as_of`` count. Petition-level measures
    stand once, for the lead unit at the last unreturned reply, else for the lead
    unit at ``as_of``, else for the hub; assignment measures stand for the unit
    that was ordered to act.

    Args:
        facts: All that is known of the petition.
        as_of: Aware instant T.

    Returns:
        Unit code to vector in the order of ``MEASURES``; empty before submission.

    Source:
        domain.md §5 and decisions 3, 8–10, 13, 14.
    """
    counts: dict[str, list[int]] = {}
    if as_of < facts.submitted_at or not _counts(facts):
        return {}
    judge_petition(facts, as_of, _row(counts, unit_at(facts, as_of)))
    judge_closings(facts, as_of, partial(_row, counts))
    if not facts.imported and not happened(facts.voided_at, as_of):
        for assignment in facts.assignments:
            if assignment.dispatched_at <= as_of:
                judge_assignment(assignment, as_of, _row(counts, assignment.unit))
    return {unit: tuple(vector) for unit, vector in counts.items()}


def steps(facts: PetitionFacts) -> list[Step]:
    """Return the instants at which the verdict changes, oldest first.

    The sum of the deltas up to and including T equals ``judge(facts, T)`` for
    every T; steps in the future are due instants nobody has met yet.
    """
    if not _counts(facts):
        return []
    instants, units, shape = sketch = outline(facts, UNDISPATCHED)
    known = _KNOWN_STEPS.get(key := (shape, sketch.order()))
    if known is None:
        if len(_KNOWN_STEPS) >= _KNOWN_STEPS_MAX:
            _KNOWN_STEPS.clear()
        known = _KNOWN_STEPS[key] = [
            (instants.index(at), units.index(unit), delta)
            for at, unit, delta in _judge_steps(facts, instants)
        ]
    return [Step(instants[place], units[slot], delta) for place, slot, delta in known]


_KNOWN_STEPS: dict[tuple[object, ...], list[tuple[int, int, Delta]]] = {}
_KNOWN_STEPS_MAX = 20_000


def _judge_steps(facts: PetitionFacts, instants: list[datetime]) -> Iterator[Step]:
    before: dict[str, Vector] = {}
    for at in sorted(set(instants)):
        now = judge(facts, at)
        if now == before:
            continue
        for unit in sorted(before.keys() | now.keys()):
            old = before.get(unit, ZERO)
            new = now.get(unit, ZERO)
            if old != new:
                yield Step(at, unit, _difference(old, new))
        before = now


def _difference(old: Vector, new: Vector) -> Delta:
    pairs = enumerate(zip(old, new, strict=True))
    return tuple((place, after - before) for place, (before, after) in pairs if after != before)


def _counts(facts: PetitionFacts) -> bool:
    return facts.petition_type is None or facts.petition_type.enters_rates


def _row(counts: dict[str, list[int]], unit: str) -> list[int]:
    row = counts.get(unit)
    if row is None:
        row = counts[unit] = list(ZERO)
    return row
