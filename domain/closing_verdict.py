"""Without this file nobody could count acts of closing, nor those that proved false."""

from collections.abc import Callable
from datetime import datetime
from itertools import zip_longest

from domain.measures import PLACES
from domain.petition_facts import PetitionFacts
from domain.reasons import ReopenReason
from domain.standing import is_merged, unit_at


def judge_closings(
    facts: PetitionFacts, as_of: datetime, row_of: Callable[[str], list[int]]
) -> None:
    """Add the acts of closing to the rows of the units that closed; pure.

    Acts stay with the unit that the petition stood by when it was closed, so that what a
    period's count says of a unit never changes. A merged petition is closed by its parent's
    act. A closing is false where a review, or the supervision office, found a fault in it
    and opened the petition again.
    """
    for cycle, later in zip_longest(facts.cycles, facts.cycles[1:]):
        at = cycle.closed_at
        if at is None or at > as_of or is_merged(facts, at):
            continue
        row = row_of(unit_at(facts, at))
        row[PLACES["closings"]] += 1
        if later is not None and later.reopened_for is ReopenReason.REVIEW_FOUND_FAULT:
            row[PLACES["false_closures"]] += int(later.started_at <= as_of)
