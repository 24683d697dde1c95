"""Without this file nobody could find one clock among the deadlines that an event recorded."""

from collections.abc import Iterable
from datetime import datetime

from domain.deadlines import Deadline
from domain.limit import Limit, TimeUnit
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


def limit_of(deadline: Deadline) -> Limit | None:
    """Return the limit that a deadline was set by, before extensions; None where it was stated.

    Source:
        ``start_deadline`` and ``item_deadline``, which write the rule; extensions add to it.
    """
    match deadline.rule.partition(": ")[2].split():
        case [TimeUnit.ON_SPOT.value, *_]:
            return Limit(0, TimeUnit.ON_SPOT)
        case [amount, unit, *_] if amount.isdecimal() and unit in _UNITS:
            return Limit(int(amount), TimeUnit(unit))
        case _:
            return None


def unit_of(deadline: Deadline) -> TimeUnit:
    """Return the unit a deadline counts in; a stated due counts working days."""
    limit = limit_of(deadline)
    return TimeUnit.WORKING_DAY if limit is None else limit.unit


def pack_of(deadline: Deadline) -> tuple[str, int] | None:
    """Return id and version of the pack that a deadline's rule stands in, None if it names none."""
    pack_id, _, version = deadline.rule.partition("/")[0].partition("@")
    return (pack_id, int(version)) if version.isdecimal() else None


_UNITS = frozenset(unit.value for unit in TimeUnit)
