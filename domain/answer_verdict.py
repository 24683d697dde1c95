"""Without this file nobody could say whether a petitioner was satisfied, and who says so."""

from datetime import datetime

from domain.cycle_facts import Answer, Cycle
from domain.measures import PLACES
from domain.standing import last_reply
from domain.vocabulary import Resolution, Satisfaction

KNOWN = frozenset({Resolution.RESOLVED, Resolution.PARTLY, Resolution.UNRESOLVED})
"""Answers that say whether it was solved."""


def judge_answers(cycles: list[Cycle], as_of: datetime, row: list[int]) -> None:
    """Count the contact person's last valid answer, and a third party's apart (decision 17).

    Of one cycle the callback's answer comes before the own rating.
    """
    satisfaction, resolution = _last_answers(cycles, as_of, third_party=False)
    if satisfaction is not None:
        row[PLACES[satisfaction.value]] = 1
    if resolution is not None:
        row[PLACES["resolution_answers"]] = 1
        row[PLACES["resolved"]] = int(resolution is Resolution.RESOLVED)
    satisfaction, resolution = _last_answers(cycles, as_of, third_party=True)
    if satisfaction is not None:
        row[PLACES["third_answers"]] = 1
        row[PLACES["third_satisfied"]] = int(satisfaction is Satisfaction.SATISFIED)
    if resolution is not None:
        row[PLACES["third_resolution_answers"]] = 1
        row[PLACES["third_resolved"]] = int(resolution is Resolution.RESOLVED)


def judge_callbacks(cycles: list[Cycle], as_of: datetime, row: list[int]) -> None:
    """Count a petition that is to be called back on, tried, called and answered.

    It is due once its last standing reply is approved, unless it was left out of the sample.
    """
    for cycle in reversed(cycles):
        reply = last_reply(cycle, as_of)
        if reply is None:
            continue
        since = reply.approved_at
        if since is None or since > as_of or not reply.callback_required:
            return
        given = [
            answer
            for answer in cycle.answers
            if answer.by_callback and since <= answer.answered_at <= as_of
        ]
        tried = bool(given) or any(since <= at <= as_of for at, _ in cycle.attempts)
        row[PLACES["callback_due"]] = 1
        row[PLACES["callback_attempted"]] = int(tried)
        row[PLACES["callback_done"]] = int(bool(given))
        row[PLACES["callback_answered"]] = int(any(map(_says_something, given)))
        return


def _says_something(answer: Answer) -> bool:
    return answer.satisfaction is not Satisfaction.NO_ANSWER or answer.resolution in KNOWN


def _last_answers(
    cycles: list[Cycle], as_of: datetime, *, third_party: bool
) -> tuple[Satisfaction | None, Resolution | None]:
    satisfaction: Satisfaction | None = None
    resolution: Resolution | None = None
    for cycle in cycles:
        for answer in given_by(cycle, as_of, third_party=third_party):
            if answer.satisfaction is not Satisfaction.NO_ANSWER:
                satisfaction = answer.satisfaction
            if answer.resolution in KNOWN:
                resolution = answer.resolution
    return satisfaction, resolution


def given_by(cycle: Cycle, as_of: datetime, *, third_party: bool) -> list[Answer]:
    """Return what the contact person said to us, or to a third party, the weightiest last."""
    given = [
        answer
        for answer in cycle.answers
        if answer.answered_at <= as_of
        and answer.third_party is third_party
        and answer.petitioner is None
    ]
    return sorted(given, key=lambda answer: answer.by_callback)
