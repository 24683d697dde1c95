"""Without this file no report could call a unit by its name."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple, assert_never, cast

from psycopg import Connection

from domain.roster import Roster, Tier, Unit, UnitKind
from domain.text import Text
from ledger.codec import DomainEvent
from ledger.queries import load_queries
from ledger.zone import prefer_zone
from projections.model import ReadModel

QUERIES: Final = load_queries("projections", "units")

RosterEvent = Roster.Created | Roster.UnitRegistered | Roster.PackAdopted | Roster.UnitClosed


class ListedUnit(NamedTuple):
    """One unit of the roster.

    Attributes:
        unit: Its code.
        name: Its name in both languages.
        tier: Its level.
        parent: Code of the unit above it.
        kind: What it is for.
        closed_at: Aware instant of its closing, None while it is open.
    """

    unit: str
    name: Text
    tier: Tier
    parent: str | None
    kind: UnitKind
    closed_at: datetime | None


class Units(ReadModel):
    """Table unit."""

    name = "units"
    aggregates = (Roster.TOPIC,)
    tables = ("unit",)

    def apply(self, events: Sequence[DomainEvent]) -> None:
        """Enter and close units; see the base class."""
        registered: dict[str, Unit] = {}
        closed: dict[str, datetime] = {}
        for event in events:
            # Topics of the aggregate decode to these classes alone.
            match roster_event := cast("RosterEvent", event):
                case Roster.Created():
                    prefer_zone(self._connection, roster_event.zone)
                case Roster.UnitRegistered():
                    registered[roster_event.unit.unit_id] = roster_event.unit
                case Roster.PackAdopted():
                    pass
                case Roster.UnitClosed():
                    closed[roster_event.unit_id] = roster_event.timestamp
                case _:
                    assert_never(roster_event)
        if registered:
            self._connection.execute(QUERIES["upsert_units"], _columns(registered))
        if closed:
            parameters = {"units": list(closed), "instants": list(closed.values())}
            self._connection.execute(QUERIES["close_units"], parameters)


def read_units(connection: Connection[Any]) -> list[ListedUnit]:
    """Return the roster by code. Blocking, one query."""
    return [
        ListedUnit(unit, Text(name_zh, name_en), Tier(tier), parent, UnitKind(kind), closed_at)
        for unit, name_zh, name_en, tier, parent, kind, closed_at in connection.execute(
            QUERIES["read_units"]
        )
    ]


def _columns(registered: dict[str, Unit]) -> dict[str, list[str | None]]:
    units = registered.values()
    return {
        "units": [unit.unit_id for unit in units],
        "names_zh": [unit.name.zh for unit in units],
        "names_en": [unit.name.en for unit in units],
        "tiers": [unit.tier.value for unit in units],
        "parents": [unit.parent for unit in units],
        "kinds": [unit.kind.value for unit in units],
    }
