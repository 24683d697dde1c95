"""Without this file the rates of a city would be counted petition by petition."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from psycopg import Connection

from domain.metrics import Step
from ledger.queries import load_queries
from projections.array_text import as_integer_array
from projections.packed_vector import as_changes, pack_changes
from projections.petition_steps import Kind

QUERIES: Final = load_queries("projections", "rates")

_QUARTER_S: Final = 900


MONTH: Final = "/month"
"""Ends a grouping whose rows are whole months, each under its first day."""


def cohort_grouping(grouping: str, accepted_in: date) -> str:
    """Return the grouping of whole months of the petitions accepted in one local month; pure."""
    return f"{grouping}{MONTH}/{accepted_in.year}-{accepted_in.month}"


Cell = tuple[str, str, str, date]
"""Grouping, key, subkey and civil day of one row: the unit, the unit and its petition type,
the channel or the region, empty for the hub and for what is not recorded."""


class RateChanges:
    """Changes to the roll-ups, summed up before they are written.

    Args:
        zone: Zone of the ledger's days.
    """

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._days: dict[int, date] = {}
        self.cells: dict[Cell, int] = {}
        """Packed changes of days."""
        self._cohorts: dict[Cell, int] = {}

    def add(self, kind: Kind, step: Step) -> None:
        """Count a step."""
        self._change(kind, step, 1)

    def remove(self, kind: Kind, step: Step) -> None:
        """Count a step no more."""
        self._change(kind, step, -1)

    def write(self, connection: Connection[Any]) -> None:
        """Add the changes to the rows; blocking, two statements in the caller's transaction."""
        sums = {**self.cells, **_months(self.cells), **self._cohorts}
        changed = {cell: counts for cell, counts in sums.items() if counts}
        if not changed:
            return
        groupings, keys, subkeys, on = map(list, zip(*changed, strict=True))
        places = {"groupings": groupings, "keys": keys, "subkeys": subkeys, "days": on}
        counts = as_integer_array(changed.values())
        connection.execute(QUERIES["add_rates"], {**places, "counts": counts})
        connection.execute(QUERIES["delete_empty_rates"], places)

    def _change(self, kind: Kind, step: Step, sign: int) -> None:
        day = self._day(step.at)
        change = sign * pack_changes(as_changes(step.delta))
        accepted_in = None if kind.accepted_at is None else self._day(kind.accepted_at)
        for grouping, key, subkey in (
            ("unit", step.unit, ""),
            ("unit_type", step.unit, kind.petition_type),
            ("channel", kind.channel, ""),
            ("region", kind.region, ""),
        ):
            _add(self.cells, (grouping, key, subkey, day), change)
            if accepted_in is not None:
                cohort = cohort_grouping(grouping, accepted_in)
                _add(self._cohorts, (cohort, key, subkey, day.replace(day=1)), change)

    def _day(self, at: datetime) -> date:
        # The offset of a zone changes at whole quarters of an hour, so a quarter has one day.
        quarter = int(at.timestamp()) // _QUARTER_S
        day = self._days.get(quarter)
        if day is None:
            start = datetime.fromtimestamp(quarter * _QUARTER_S, UTC)
            day = self._days[quarter] = start.astimezone(self._zone).date()
        return day


def _add(cells: dict[Cell, int], cell: Cell, change: int) -> None:
    cells[cell] = cells.get(cell, 0) + change


def _months(days: Mapping[Cell, int]) -> dict[Cell, int]:
    """Return the changes of whole months that changes of days add up to. Pure."""
    months: dict[Cell, int] = {}
    for (grouping, key, subkey, day), counts in days.items():
        _add(months, (grouping + MONTH, key, subkey, day.replace(day=1)), counts)
    return months
