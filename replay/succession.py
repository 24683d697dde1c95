"""Without this file a figure of an earlier day would follow mergers that nobody knew of then."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from psycopg import Connection

from domain.dimension import Dimension
from domain.roster import Roster
from domain.succession import AS_DISPATCHED, Succession
from ledger.reference import ROSTER_ID
from ledger.zone import ledger_zone
from projections.scope import Scope
from replay.recorded import load_recorded


def replay_succession(
    connection: Connection[Any], by: Dimension, scope: Scope, *, as_of: datetime, position: int
) -> Succession:
    """Return under which units figures are reported, as the roster was known at a position.

    Blocking, one query by index where units matter; reads no read model.

    Args:
        connection: Of the role tz_app.
        by: Groups of the figures.
        scope: Which petitions are meant.
        as_of: Aware instant the petitions are judged at.
        position: Last position that counts.

    Source:
        domain.md decision 8.
    """
    if not scope.needs_heirs(by):
        return AS_DISPATCHED
    roster = load_recorded(connection, Roster, ROSTER_ID, position)
    zone = ledger_zone(connection) if roster is None else ZoneInfo(roster.zone)
    heirs = {} if roster is None else roster.state.heirs
    return Succession(heirs, (scope.units_at or as_of).astimezone(zone).date())
