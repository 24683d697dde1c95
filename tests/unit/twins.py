"""Histories told twice: as they are, and as they would be under other rules."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from domain.joining_events import JoiningEvent
from domain.petition import PetitionEvent
from domain.supposition import Supposition
from domain.what_if import Twin
from tests.unit.given_when_then import Story

_BEFORE: Final = 0
_OWN: Final = 1
_CAUSED: Final = 2


def tell(story: Story, supposition: Supposition) -> Mapping[UUID, Twin]:
    """Return every petition of a story twice, its events taken in the order of the log."""
    twins: dict[UUID, Twin] = {}
    for event in logged(story):
        twin = twins.setdefault(event.originator_id, Twin())
        supposed = {each: other.supposed for each, other in twins.items()}
        others = {each: facts for each, facts in supposed.items() if facts is not None}
        twin.apply(event, supposition, others=others)
    return twins


def logged(story: Story) -> list[PetitionEvent]:
    """Return the events of all petitions of a story in an order in which they can be logged.

    What an act on several petitions caused in the others follows what it caused in its own.
    """
    placed: list[tuple[datetime, int, PetitionEvent]] = [
        (event.timestamp, _OWN, event) for event in story.history
    ]
    for history in story.family.values():
        last: tuple[datetime, int] | None = None
        born_of = getattr(history[0], "split_from", None)
        for event in history:
            is_caused = born_of is not None or isinstance(event, JoiningEvent)
            rank = _CAUSED if is_caused else _BEFORE
            if last is not None and last[0] == event.timestamp:
                rank = max(rank, last[1])
            last = event.timestamp, rank
            placed.append((event.timestamp, rank, event))
    return [event for _, _, event in sorted(placed, key=lambda each: each[:2])]
