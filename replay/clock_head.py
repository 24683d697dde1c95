"""Without this file a run could not tell that the host's clock, or its read model, is behind."""

from datetime import datetime
from typing import Any, Final, cast

from psycopg import Connection

from domain.clock_step import instant_of
from ledger.queries import load_queries
from projections.petitions import Petitions
from replay.clock_commands import CLOCK

QUERIES: Final = load_queries("replay", "clock")


def last_record(connection: Connection[Any]) -> datetime:
    """Return when the log's last event was recorded. Blocking."""
    ((recorded_at,),) = connection.execute(QUERIES["read_head"]).fetchall()
    return cast("datetime", recorded_at)


def read_model_lag(connection: Connection[Any]) -> int:
    """Return how many events of the log the read model of petitions does not contain. Blocking."""
    ((lag,),) = connection.execute(QUERIES["read_lag"], {"model": Petitions.name}).fetchall()
    return int(lag)


def last_act(connection: Connection[Any]) -> datetime | None:
    """Return the latest logical instant the clock has acted at, or None. Blocking."""
    parameters = {"actor_id": CLOCK.actor_id}
    row = connection.execute(QUERIES["read_last_key"], parameters).fetchone()
    return None if row is None else instant_of(row[0])
