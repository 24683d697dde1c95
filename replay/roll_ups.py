"""Without this file a rebuild would add up the measures of every step of every petition.

Steps make a few hundred different changes: equal ones are counted before they are added up.
"""

from typing import Any, Final
from zoneinfo import ZoneInfo

from psycopg import Connection

from ledger.queries import load_queries
from projections.array_text import as_integer_array
from projections.packed_vector import pack_changes

QUERIES: Final = load_queries("replay", "roll_ups")


def sum_rates(connection: Connection[Any], zone: ZoneInfo) -> None:
    """Make a shadow's roll-ups of its steps; blocking, in the caller's transaction.

    Args:
        connection: Sees the shadow first.
        zone: Of the ledger's days.
    """
    connection.execute(QUERIES["give_memory"])
    deltas = [bytes(delta) for (delta,) in connection.execute(QUERIES["read_deltas"])]
    counts = as_integer_array(map(pack_changes, deltas))
    connection.execute(QUERIES["insert_deltas"], {"deltas": deltas, "counts": counts})
    connection.execute(QUERIES["sum_rates"], {"zone": zone.key})
