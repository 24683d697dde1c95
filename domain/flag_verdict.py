"""Without this file suspended, listed, supervised and promised petitions would vanish in a rate."""

from collections.abc import Iterable
from datetime import datetime

from domain.life_facts import SupervisionNote
from domain.measures import PLACES
from domain.petition_facts import PetitionFacts
from domain.standing import happened, is_paused, open_promise
from domain.vocabulary import SupervisionLevel, WithdrawalCheck


def judge_flags(facts: PetitionFacts, as_of: datetime, row: list[int], *, closed: bool) -> None:
    """Mark what stands beside a petition of the base set; none of it takes it out of a rate."""
    running = [cycle for cycle in facts.cycles if cycle.started_at <= as_of][-1]
    _judge_supervision(facts, as_of, row)
    if closed:
        row[PLACES["promise_open"]] = int(open_promise(running, as_of) is not None)
        return
    row[PLACES["suspended"]] = int(is_paused(running, as_of))
    row[PLACES["backlog"]] = int(
        any(
            each.listed_at <= as_of and not happened(each.cleared_at, as_of)
            for each in facts.backlogs
        )
    )
    row[PLACES["policy_limited"]] = int(any(each.filed_at <= as_of for each in facts.policy_limits))


def judge_withdrawals(facts: PetitionFacts, as_of: datetime, row: list[int]) -> None:
    """Count the checks of withdrawals; a check counts, wherever the petition went after it."""
    for withdrawal in facts.withdrawals:
        if happened(withdrawal.checked_at, as_of):
            row[PLACES["withdrawals_checked"]] += 1
            contested = withdrawal.check is WithdrawalCheck.CONTESTED
            row[PLACES["withdrawals_contested"]] += int(contested)


def first_levels(notes: Iterable[SupervisionNote]) -> dict[SupervisionLevel, datetime]:
    """Return since when a petition was under each colour, the mildest first; pure.

    A colour milder than one it already had is left out.
    """
    since: dict[SupervisionLevel, datetime] = {}
    for note in sorted(notes, key=lambda note: note.noted_at):
        if all(_COLOURS.index(note.level) > _COLOURS.index(each) for each in since):
            since[note.level] = note.noted_at
    return since


def _judge_supervision(facts: PetitionFacts, as_of: datetime, row: list[int]) -> None:
    """Count a petition under the harshest colour it has had, and under supervision at all."""
    levels = [level for level, at in first_levels(facts.supervisions).items() if at <= as_of]
    row[PLACES["supervised"]] = int(bool(levels))
    if levels and levels[-1] is not SupervisionLevel.BLUE:
        row[PLACES[f"supervised_{levels[-1]}"]] = 1


_COLOURS = tuple(SupervisionLevel)
