"""Without this file nobody could say whether a petition counts as closed, late or satisfied."""

from datetime import datetime

from domain.answer_verdict import judge_answers, judge_callbacks
from domain.claim_verdict import judge_claim
from domain.cycle_facts import Cycle
from domain.flag_verdict import judge_flags, judge_withdrawals
from domain.measures import PLACES
from domain.ontime_verdict import judge_delays, judge_ontime
from domain.petition_facts import PetitionFacts
from domain.standing import happened, is_merged, last_reply
from domain.vocabulary import WithdrawalCheck


def judge_petition(facts: PetitionFacts, as_of: datetime, row: list[int]) -> None:
    """Add what a petition counts for as a whole to the row of the unit it stands by; pure.

    A petition that was split counts no more; its parts do.
    """
    if happened(facts.split_at, as_of):
        return
    row[PLACES["received"]] = 1
    voided = happened(facts.voided_at, as_of)
    if not voided:
        judge_withdrawals(facts, as_of, row)
    check = _standing_withdrawal(facts, as_of)
    merged = is_merged(facts, as_of)
    if not happened(facts.accepted_at, as_of):
        refused = happened(facts.not_accepted_at, as_of)
        lifted = happened(facts.refusal_lifted_at, as_of)
        row[PLACES["not_accepted"]] = int(refused and not lifted and not voided)
        row[PLACES["referred_out"]] = int(happened(facts.referred_out_at, as_of) and not voided)
        row[PLACES["ended_before"]] = int(voided or check is not None or merged)
        if merged and not voided:
            judge_answers(facts.cycles, as_of, row)
        return
    row[PLACES["accepted"]] = 1
    if voided:
        row[PLACES["voided"]] = 1
        return
    cycles = [cycle for cycle in facts.cycles if cycle.started_at <= as_of]
    if merged:
        row[PLACES["merged"]] = 1
        judge_answers(cycles, as_of, row)
        return
    running = cycles[-1]
    replied = any(last_reply(cycle, as_of) is not None for cycle in cycles)
    closed = happened(running.closed_at, as_of)
    if check is not None and not closed:
        verified = check is WithdrawalCheck.VERIFIED
        if verified and not replied:
            row[PLACES["withdrawn"]] = 1
            return
        closed = verified
        row[PLACES["withdrawn"]] = int(not verified)
    row[PLACES["base"]] = 1
    row[PLACES["closed"]] = int(closed)
    row[PLACES["reopened"]] = int(len(cycles) > 1)
    judge_ontime(cycles[0], as_of, row, closed=closed)
    judge_answers(cycles, as_of, row)
    judge_claim(cycles, as_of, row)
    judge_callbacks(cycles, as_of, row)
    judge_delays(cycles, as_of, row)
    judge_flags(facts, as_of, row, closed=closed)
    _judge_passes(cycles, as_of, row)


def _standing_withdrawal(facts: PetitionFacts, as_of: datetime) -> WithdrawalCheck | None:
    """Return what the check of the last withdrawal found; none stands where it was contested."""
    withdrawal = None
    for candidate in facts.withdrawals:
        if candidate.withdrawn_at <= as_of:
            withdrawal = candidate
    if withdrawal is None:
        return None
    if not happened(withdrawal.checked_at, as_of):
        return WithdrawalCheck.UNVERIFIED
    return None if withdrawal.check is WithdrawalCheck.CONTESTED else withdrawal.check


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
