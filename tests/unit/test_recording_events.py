"""Tests that no event can record a deadline without its clock being kept."""

from typing import get_args, get_type_hints

import msgspec

from domain.clock_fold import RECORDING
from domain.deadlines import Deadline
from domain.petition import PetitionEvent


def holds_deadline(hint: object, seen: set[object]) -> bool:
    """Say whether a type is a deadline, or holds one at any depth."""
    if hint is Deadline:
        return True
    if any(holds_deadline(part, seen) for part in get_args(hint)):
        return True
    if hint in seen or not (isinstance(hint, type) and issubclass(hint, msgspec.Struct)):
        return False
    seen.add(hint)
    return any(holds_deadline(part, seen) for part in get_type_hints(hint).values())


def test_every_event_that_carries_a_deadline_is_asked_for_its_clocks() -> None:
    """An event type added with a deadline fails here until the clock fold reads it."""
    carrying = {
        event
        for event in get_args(PetitionEvent)
        if any(holds_deadline(hint, set()) for hint in get_type_hints(event).values())
    }
    assert len(carrying) > 10
    assert carrying == RECORDING
