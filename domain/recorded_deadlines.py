"""Without this file nobody could find one clock among the deadlines that an event recorded."""

from collections.abc import Iterable
from datetime import datetime

from domain.deadlines import Deadline
from domain.limit import TimeUnit
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


def unit_of(deadline: Deadline) -> TimeUnit:
    """Return the unit a deadline counts in, as its rule says; a stated due counts working days.

    Source:
        ``start_deadline`` and ``item_deadline``, which write the rule.
    """
    limit = deadline.rule.partition(": ")[2].split(" ")
    for word in limit[:2]:
        if word in _UNITS:
            return TimeUnit(word)
    return TimeUnit.WORKING_DAY


def pack_of(deadline: Deadline) -> tuple[str, int] | None:
    """Return id and version of the pack that a deadline's rule stands in, None if it names none."""
    pack_id, _, version = deadline.rule.partition("/")[0].partition("@")
    return (pack_id, int(version)) if version.isdecimal() else None


_UNITS = frozenset(unit.value for unit in TimeUnit)
