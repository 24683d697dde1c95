"""Without this file a claim could be compared with answers about another reply."""

from datetime import datetime

from domain.answer_verdict import KNOWN, given_by
from domain.cycle_facts import Cycle, Reply
from domain.measures import PLACES
from domain.standing import last_reply
from domain.vocabulary import Outcome, Resolution

_Words = tuple[bool | None, bool | None]
_CLAIM_PAIRS = (
    PLACES["claim_pairs"],
    PLACES["claim_pairs_claimed"],
    PLACES["claim_pairs_resolved"],
    PLACES["claim_pairs_agreed"],
)
_THIRD_PAIRS = (
    PLACES["third_pairs"],
    PLACES["third_pairs_claimed"],
    PLACES["third_pairs_resolved"],
    PLACES["third_pairs_agreed"],
)
_ANSWER_PAIRS = (
    PLACES["answer_pairs"],
    PLACES["answer_pairs_resolved"],
    PLACES["answer_pairs_third"],
    PLACES["answer_pairs_agreed"],
)


def judge_claim(cycles: list[Cycle], as_of: datetime, row: list[int]) -> None:
    """Count what the unit says that it achieved, and who agrees on that same reply.

    Petitioner and third party are compared on the last reply, whatever the unit says of it.
    """
    replies = [
        reply for cycle in reversed(cycles) if (reply := last_reply(cycle, as_of)) is not None
    ]
    if not replies:
        return
    _count_pair(row, _ANSWER_PAIRS, _findings(cycles, replies[0], as_of))
    stated = next((each for each in replies if each.outcome is not Outcome.NOT_RECORDED), None)
    if stated is None:
        return
    claimed = stated.outcome is Outcome.RESOLVED
    petitioner, third = _findings(cycles, stated, as_of)
    row[PLACES["claimed_d"]] = 1
    row[PLACES["claimed_n"]] = int(claimed)
    _count_pair(row, _CLAIM_PAIRS, (claimed, petitioner))
    _count_pair(row, _THIRD_PAIRS, (claimed, third))


def _findings(cycles: list[Cycle], reply: Reply, as_of: datetime) -> _Words:
    """Return whether the petitioner and a third party call a reply resolved."""
    return (
        _finding(cycles, reply, as_of, third_party=False),
        _finding(cycles, reply, as_of, third_party=True),
    )


def _finding(
    cycles: list[Cycle], reply: Reply, as_of: datetime, *, third_party: bool
) -> bool | None:
    """Return whether the last word on a reply calls it resolved; None where there is none."""
    finding = None
    for cycle in cycles:
        for answer in given_by(cycle, as_of, third_party=third_party):
            if answer.resolution in KNOWN and answer.answered_at >= reply.replied_at:
                finding = answer.resolution is Resolution.RESOLVED
    return finding


def _count_pair(row: list[int], places: tuple[int, int, int, int], words: _Words) -> None:
    """Count one pair of words, where both were said."""
    first, second = words
    if first is None or second is None:
        return
    for place, count in zip(places, (True, first, second, first and second), strict=True):
        row[place] = int(count)
