"""Without this file nobody could say whether a petition counts as closed, late or satisfied."""

from datetime import datetime

from domain.measures import PLACES
from domain.petition_facts import Cycle, PetitionFacts
from domain.standing import effective_due, happened, last_reply
from domain.vocabulary import Resolution, Satisfaction, WithdrawalCheck


def judge_petition(facts: PetitionFacts, as_of: datetime, row: list[int]) -> None:
    """Add what a petition counts for as a whole to the row of the unit it stands by; pure."""
    row[PLACES["received"]] = 1
    voided = happened(facts.voided_at, as_of)
    withdrawal = None
    for candidate in facts.withdrawals:
        if candidate.withdrawn_at <= as_of:
            withdrawal = candidate
    check = WithdrawalCheck.UNVERIFIED
    if withdrawal is not None and happened(withdrawal.checked_at, as_of):
        check = withdrawal.check
    withdrawn = withdrawal is not None and check is not WithdrawalCheck.CONTESTED
    if not happened(facts.accepted_at, as_of):
        row[PLACES["not_accepted"]] = int(happened(facts.not_accepted_at, as_of) and not voided)
        row[PLACES["referred_out"]] = int(happened(facts.referred_out_at, as_of) and not voided)
        row[PLACES["ended_before"]] = int(voided or withdrawn)
        return
    row[PLACES["accepted"]] = 1
    if voided:
        row[PLACES["voided"]] = 1
        return
    cycles = [cycle for cycle in facts.cycles if cycle.started_at <= as_of]
    running = cycles[-1]
    replied = any(last_reply(cycle, as_of) is not None for cycle in cycles)
    closed = happened(running.closed_at, as_of)
    if withdrawn and not closed:
        verified = check is WithdrawalCheck.VERIFIED
        if verified and not replied:
            row[PLACES["withdrawn"]] = 1
            return
        closed = verified
        row[PLACES["withdrawn"]] = int(not verified)
    row[PLACES["base"]] = 1
    row[PLACES["closed"]] = int(closed)
    row[PLACES["reopened"]] = int(len(cycles) > 1)
    _judge_ontime(cycles[0], as_of, row, closed=closed)
    _judge_answers(cycles, as_of, row)
    _judge_passes(cycles, as_of, row)


def _judge_ontime(first: Cycle, as_of: datetime, row: list[int], *, closed: bool) -> None:
    """Judge by the first cycle's due; a reopened petition keeps that verdict, but is not closed."""
    if first.deadline is None:
        return
    original = first.deadline.due_at
    effective = effective_due(first, as_of)
    reply = last_reply(first, as_of)
    replied_at = None if reply is None else reply.replied_at
    # A checked withdrawal after the reply closes without a closing act: it counts by h.
    ended_at = first.closed_at or replied_at
    if closed and effective is not None and ended_at is not None:
        row[PLACES["ontime_closed_d"]] = 1
        row[PLACES["ontime_closed_n"]] = int(ended_at <= effective)
    for name, due_at in (("effective", effective), ("original", original)):
        if due_at is None:
            continue
        on_time = replied_at is not None and replied_at <= due_at
        if replied_at is not None or as_of > due_at:
            row[PLACES[f"ontime_{name}_d"]] = 1
            row[PLACES[f"ontime_{name}_n"]] = int(on_time)


def _judge_answers(cycles: list[Cycle], as_of: datetime, row: list[int]) -> None:
    """Count the last cycle's valid answer: the callback's, else the own rating (decision 17)."""
    satisfaction: Satisfaction | None = None
    resolution: Resolution | None = None
    for cycle in cycles:
        given = [
            answer
            for answer in cycle.answers
            if answer.answered_at <= as_of and not answer.third_party
        ]
        ranked = sorted(given, key=lambda answer: answer.by_callback)
        for answer in ranked:
            if answer.satisfaction is not Satisfaction.NO_ANSWER:
                satisfaction = answer.satisfaction
            if answer.resolution not in {None, Resolution.NO_ANSWER}:
                resolution = answer.resolution
    if satisfaction is not None:
        row[PLACES[satisfaction.value]] = 1
    if resolution is not None:
        row[PLACES["resolution_answers"]] = 1
        row[PLACES["resolved"]] = int(resolution is Resolution.RESOLVED)


def _judge_passes(cycles: list[Cycle], as_of: datetime, row: list[int]) -> None:
    first = cycles[0]
    if first.reopen_until is not None and as_of > first.reopen_until:
        row[PLACES["first_pass_d"]] = 1
        row[PLACES["first_pass_n"]] = int(len(cycles) == 1)
    for cycle in cycles:
        for reply in cycle.replies:
            row[PLACES["replies_returned"]] += int(happened(reply.returned_at, as_of))
        for extension in cycle.extensions:
            if happened(extension.effective_at, as_of):
                row[PLACES["extended"]] = 1
