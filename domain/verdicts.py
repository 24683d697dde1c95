"""Without this file a report over a log would judge each of its petitions anew."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from domain.measures import UNDISPATCHED, Vector
from domain.metrics import judge
from domain.petition_facts import PetitionFacts
from domain.step_outline import outline

KNOWN_MAX: Final = 20_000
"""Outlines remembered at a time; a city has some thousands."""


class Verdicts:
    """What petitions count for at one instant, as ``metrics.judge`` says.

    Petitions with the same outline, cut by the instant at the same place, count for the
    same: one of them is judged for them all.

    Args:
        as_of: Aware instant.
    """

    def __init__(self, as_of: datetime) -> None:
        self._as_of = as_of
        self._known: dict[tuple[object, ...], tuple[tuple[int, Vector], ...]] = {}

    def of(self, facts: PetitionFacts) -> Iterator[tuple[str, Vector]]:
        """Yield the units that a petition counts for, and what for."""
        instants, units, shape = sketch = outline(facts, UNDISPATCHED)
        passed = sum(at <= self._as_of for at in instants)
        # Of the type the outline has nothing, and some types enter no rate.
        key = (shape, sketch.order(), passed, facts.petition_type)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= KNOWN_MAX:
                self._known.clear()
            judged = judge(facts, self._as_of).items()
            known = tuple((units.index(unit), vector) for unit, vector in judged)
            self._known[key] = known
        for place, vector in known:
            yield units[place], vector
