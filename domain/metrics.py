"""Without this file a printed rate would have no definition.

``judge`` says what one petition counts for at an instant T; every rate, of every
variant, is a sum of these integers over petitions. ``steps`` lists the instants
at which that verdict changes, so that sums at any T are sums of steps up to T.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from domain.petition_facts import Cycle, PetitionFacts, Reply
from domain.step_outline import outline
from domain.vocabulary import Resolution, Satisfaction, WithdrawalCheck

MEASURES = (
    "received",
    "not_accepted",
    "referred_out",
    "ended_before",
    "accepted",
    "base",
    "closed",
    "withdrawn",
    "voided",
    "reopened",
    "ontime_closed_n",
    "ontime_closed_d",
    "ontime_effective_n",
    "ontime_effective_d",
    "ontime_original_n",
    "ontime_original_d",
    "satisfied",
    "basically_satisfied",
    "dissatisfied",
    "resolved",
    "resolution_answers",
    "first_pass_n",
    "first_pass_d",
    "replies_returned",
    "extended",
    "assigned",
    "signed_n",
    "signed_d",
    "response_n",
    "response_d",
    "returned",
    "returns_rejected",
)
"""Names of the integer columns, in the order of every vector and table."""

_INDEX = {name: place for place, name in enumerate(MEASURES)}
_ZERO = (0,) * len(MEASURES)
UNDISPATCHED = ""
"""Unit key of petitions that no unit was ever ordered to handle: the hub's own."""

Vector = tuple[int, ...]


class Step(NamedTuple):
    """A change of one unit's counts by one petition, at one instant."""

    at: datetime
    unit: str
    delta: Vector


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
    _judge_petition(facts, as_of, counts)
    _judge_assignments(facts, as_of, counts)
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


_KNOWN_STEPS: dict[tuple[object, ...], list[tuple[int, int, Vector]]] = {}
_KNOWN_STEPS_MAX = 20_000


def _judge_steps(facts: PetitionFacts, instants: list[datetime]) -> Iterator[Step]:
    before: dict[str, Vector] = {}
    for at in sorted(set(instants)):
        now = judge(facts, at)
        if now == before:
            continue
        for unit in sorted(before.keys() | now.keys()):
            old = before.get(unit, _ZERO)
            new = now.get(unit, _ZERO)
            if old != new:
                yield Step(at, unit, tuple(b - a for a, b in zip(old, new, strict=True)))
        before = now


def _counts(facts: PetitionFacts) -> bool:
    return facts.petition_type is None or facts.petition_type.enters_rates


def last_reply(cycle: Cycle, as_of: datetime) -> Reply | None:
    """Return the last reply given by ``as_of`` and not returned by then (h of decision 9)."""
    for reply in reversed(cycle.replies):
        if reply.replied_at <= as_of and (reply.returned_at is None or reply.returned_at > as_of):
            return reply
    return None


def effective_due(cycle: Cycle, as_of: datetime) -> datetime | None:
    """Return the due instant with the extensions in effect at ``as_of``."""
    deadline = cycle.deadline
    for extension in cycle.extensions:
        if extension.effective_at is not None and extension.effective_at <= as_of:
            deadline = extension.deadline
    return None if deadline is None else deadline.due_at


def unit_at(facts: PetitionFacts, as_of: datetime) -> str:
    """Return the unit a petition counts for at ``as_of`` (decision 8)."""
    for cycle in reversed(facts.cycles):
        reply = last_reply(cycle, as_of)
        if reply is not None:
            return reply.unit
    last = UNDISPATCHED
    for assignment in facts.assignments:
        if assignment.lead and assignment.dispatched_at <= as_of:
            returned = assignment.returned_at is not None and assignment.returned_at <= as_of
            last = UNDISPATCHED if returned else assignment.unit
    return last


def _row(counts: dict[str, list[int]], unit: str) -> list[int]:
    row = counts.get(unit)
    if row is None:
        row = counts[unit] = list(_ZERO)
    return row


def _by(at: datetime | None, as_of: datetime) -> bool:
    return at is not None and at <= as_of


def _judge_petition(facts: PetitionFacts, as_of: datetime, counts: dict[str, list[int]]) -> None:
    row = _row(counts, unit_at(facts, as_of))
    row[_INDEX["received"]] = 1
    voided = _by(facts.voided_at, as_of)
    withdrawal = None
    for candidate in facts.withdrawals:
        if candidate.withdrawn_at <= as_of:
            withdrawal = candidate
    check = WithdrawalCheck.UNVERIFIED
    if withdrawal is not None and _by(withdrawal.checked_at, as_of):
        check = withdrawal.check
    withdrawn = withdrawal is not None and check is not WithdrawalCheck.CONTESTED
    if not _by(facts.accepted_at, as_of):
        row[_INDEX["not_accepted"]] = int(_by(facts.not_accepted_at, as_of) and not voided)
        row[_INDEX["referred_out"]] = int(_by(facts.referred_out_at, as_of) and not voided)
        row[_INDEX["ended_before"]] = int(voided or withdrawn)
        return
    row[_INDEX["accepted"]] = 1
    if voided:
        row[_INDEX["voided"]] = 1
        return
    cycles = [cycle for cycle in facts.cycles if cycle.started_at <= as_of]
    running = cycles[-1]
    answered = last_reply(running, as_of) is not None
    closed = _by(running.closed_at, as_of)
    if withdrawn and not closed:
        verified = check is WithdrawalCheck.VERIFIED
        if verified and not answered:
            row[_INDEX["withdrawn"]] = 1
            return
        closed = verified
        row[_INDEX["withdrawn"]] = int(not verified)
    row[_INDEX["base"]] = 1
    row[_INDEX["closed"]] = int(closed)
    row[_INDEX["reopened"]] = int(len(cycles) > 1)
    _judge_ontime(cycles[0], as_of, row)
    _judge_answers(cycles, as_of, row)
    _judge_passes(cycles, as_of, row)


def _judge_ontime(first: Cycle, as_of: datetime, row: list[int]) -> None:
    if first.deadline is None:
        return
    original = first.deadline.due_at
    effective = effective_due(first, as_of)
    reply = last_reply(first, as_of)
    replied_at = None if reply is None else reply.replied_at
    if first.closed_at is not None and first.closed_at <= as_of and effective is not None:
        row[_INDEX["ontime_closed_d"]] = 1
        row[_INDEX["ontime_closed_n"]] = int(first.closed_at <= effective)
    for name, due_at in (("effective", effective), ("original", original)):
        if due_at is None:
            continue
        on_time = replied_at is not None and replied_at <= due_at
        if replied_at is not None or as_of > due_at:
            row[_INDEX[f"ontime_{name}_d"]] = 1
            row[_INDEX[f"ontime_{name}_n"]] = int(on_time)


def _judge_answers(cycles: list[Cycle], as_of: datetime, row: list[int]) -> None:
    """Count the last answer: the callback's, else the petitioner's own rating (decision 17)."""
    answers = [
        answer
        for cycle in cycles
        for answer in cycle.answers
        if answer.answered_at <= as_of and not answer.third_party
    ]
    official = [answer for answer in answers if answer.by_callback] or answers
    for answer in reversed(official):
        if answer.satisfaction is not Satisfaction.NO_ANSWER:
            row[_INDEX[answer.satisfaction.value]] = 1
            break
    for answer in reversed(official):
        if answer.resolution is not None and answer.resolution is not Resolution.NO_ANSWER:
            row[_INDEX["resolution_answers"]] = 1
            row[_INDEX["resolved"]] = int(answer.resolution is Resolution.RESOLVED)
            break


def _judge_passes(cycles: list[Cycle], as_of: datetime, row: list[int]) -> None:
    first = cycles[0]
    if first.reopen_until is not None and as_of > first.reopen_until:
        row[_INDEX["first_pass_d"]] = 1
        row[_INDEX["first_pass_n"]] = int(len(cycles) == 1)
    for cycle in cycles:
        for reply in cycle.replies:
            row[_INDEX["replies_returned"]] += int(_by(reply.returned_at, as_of))
        for extension in cycle.extensions:
            if _by(extension.effective_at, as_of):
                row[_INDEX["extended"]] = 1


def _judge_assignments(facts: PetitionFacts, as_of: datetime, counts: dict[str, list[int]]) -> None:
    if facts.imported or _by(facts.voided_at, as_of):
        return
    for assignment in facts.assignments:
        if assignment.dispatched_at > as_of:
            continue
        row = _row(counts, assignment.unit)
        row[_INDEX["assigned"]] += 1
        row[_INDEX["returned"]] += int(_by(assignment.returned_at, as_of))
        row[_INDEX["returns_rejected"]] += int(_by(assignment.return_rejected_at, as_of))
        for name, due_at, met_at in (
            ("signed", assignment.sign_due_at, assignment.signed_at),
            ("response", assignment.contact_due_at, assignment.contacted_at),
        ):
            if due_at is None:
                continue
            met = _by(met_at, as_of)
            if met or as_of > due_at:
                row[_INDEX[f"{name}_d"]] += 1
                row[_INDEX[f"{name}_n"]] += int(met and met_at is not None and met_at <= due_at)
