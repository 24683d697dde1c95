"""Without this file nobody could find one clock among the deadlines that an event recorded."""

from collections.abc import Iterable
from datetime import datetime

from domain.deadlines import Deadline
from domain.vocabulary import Clock


def deadline_of(deadlines: Iterable[Deadline], clock: Clock) -> Deadline | None:
    """Return the deadline of one clock among recorded ones, or None if it does not run."""
    for deadline in deadlines:
        if deadline.clock is clock:
            return deadline
    return None


def due_of(deadlines: Iterable[Deadline], clock: Clock) -> datetime | None:
    """Return the due instant of one clock among recorded deadlines, or None if it does not run."""
    deadline = deadline_of(deadlines, clock)
    return None if deadline is None else deadline.due_at
