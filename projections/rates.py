"""Without this file the rates of a city would be counted petition by petition."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import chain
from operator import add
from typing import Any, Final
from zoneinfo import ZoneInfo

from psycopg import Connection

from domain.measures import MEASURES, Vector
from domain.metrics import Step
from ledger.queries import load_queries
from projections.array_text import as_integer_array
from projections.petition_steps import Kind

QUERIES: Final = load_queries("projections", "rates")

_QUARTER_S: Final = 900


MONTH: Final = "/month"
"""Ends a grouping whose rows are whole months, each under its first day."""

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
        self.cells: dict[Cell, list[int]] = {}
        self._rows: dict[tuple[str, str, str, str, date], list[list[int]]] = {}

    def add(self, kind: Kind, step: Step) -> None:
        """Count a step."""
        self._change(kind, step, 1)

    def remove(self, kind: Kind, step: Step) -> None:
        """Count a step no more."""
        self._change(kind, step, -1)

    def write(self, connection: Connection[Any]) -> None:
        """Add the changes to the rows; blocking, two statements in the caller's transaction."""
        days = {cell: row for cell, row in self.cells.items() if any(row)}
        changed = {**days, **_months(days)}
        if not changed:
            return
        groupings, keys, subkeys, on = map(list, zip(*changed, strict=True))
        places = {"groupings": groupings, "keys": keys, "subkeys": subkeys, "days": on}
        changes = as_integer_array(chain.from_iterable(changed.values()))
        connection.execute(QUERIES["add_rates"], {**places, "changes": changes})
        connection.execute(QUERIES["delete_empty_rates"], places)

    def _change(self, kind: Kind, step: Step, sign: int) -> None:
        place = (step.unit, kind.petition_type, kind.channel, kind.region, self._day(step.at))
        rows = self._rows.get(place)
        if rows is None:
            rows = self._rows[place] = self._find_rows(*place)
        for measure, change in _nonzero(step.delta):
            for row in rows:
                row[measure] += sign * change

    def _find_rows(
        self, unit: str, petition_type: str, channel: str, region: str, day: date
    ) -> list[list[int]]:
        """Return the rows that every step of such a petition on such a day changes."""
        return [
            self.cells.setdefault(cell, [0] * len(MEASURES))
            for cell in (
                ("unit", unit, "", day),
                ("unit_type", unit, petition_type, day),
                ("channel", channel, "", day),
                ("region", region, "", day),
            )
        ]

    def _day(self, at: datetime) -> date:
        # The offset of a zone changes at whole quarters of an hour, so a quarter has one day.
        quarter = int(at.timestamp()) // _QUARTER_S
        day = self._days.get(quarter)
        if day is None:
            start = datetime.fromtimestamp(quarter * _QUARTER_S, UTC)
            day = self._days[quarter] = start.astimezone(self._zone).date()
        return day


def _months(days: Mapping[Cell, list[int]]) -> dict[Cell, list[int]]:
    """Return the changes of whole months that changes of days add up to. Pure."""
    months: dict[Cell, list[int]] = {}
    for (grouping, key, subkey, day), row in days.items():
        cell = (grouping + MONTH, key, subkey, day.replace(day=1))
        known = months.get(cell)
        months[cell] = row if known is None else list(map(add, known, row))
    return {cell: row for cell, row in months.items() if any(row)}


@lru_cache(maxsize=10_000)
def _nonzero(delta: Vector) -> tuple[tuple[int, int], ...]:
    return tuple((place, change) for place, change in enumerate(delta) if change)
