"""Without this file each figure and list would follow mergers of units in its own way."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from psycopg import Connection

from domain.succession import Succession
from ledger.zone import ledger_zone
from projections.units import read_heirs


def read_succession(
    connection: Connection[Any], as_of: datetime | None, zone: ZoneInfo
) -> Succession:
    """Return who stands for whom on the local day of an instant. Blocking, one query.

    Args:
        connection: Of a role that may read the read models.
        as_of: Aware instant; None for now, when every merger on record has taken effect.
        zone: Zone of the ledger's days.
    """
    on = date.max if as_of is None else as_of.astimezone(zone).date()
    return Succession(read_heirs(connection), on)


def office_codes(
    connection: Connection[Any], unit: str | None, at: datetime | None
) -> list[str] | None:
    """Return the codes under which a unit's office is known on the local day of an instant.

    Blocking, two queries, none where all units are meant: the unit, its heir, and all that the
    heir goes on for. What was dispatched to a merged unit stands under its code for ever.

    Args:
        connection: Of a role that may read the read models.
        unit: A code, or None for all units, which gives None.
        at: Aware instant; None for now.
    """
    if unit is None:
        return None
    succession = read_succession(connection, at, ledger_zone(connection))
    return sorted({unit} | succession.codes(succession.heir(unit)))
