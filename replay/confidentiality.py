"""Without this file an export of what was known earlier would tell of what is confidential now."""

from typing import Any, Final
from uuid import UUID

from psycopg import Connection
from psycopg.rows import scalar_row

from ledger.queries import load_queries
from replay.figures import head_position
from replay.streams import read_named_petitions

QUERIES: Final = load_queries("replay", "confidentiality")


def confidential_since(connection: Connection[Any], position: int) -> frozenset[UUID]:
    """Return the petitions changed after a position that are confidential by now.

    Blocking; nothing is read at the end of the log, else every petition that anything
    happened to since.

    Args:
        connection: One snapshot of the role tz_app.
        position: Last position of the log that an export knows of.

    Raises:
        UnreplayableEventError: an event cannot be read or applied.
    """
    head = head_position(connection)
    if position >= head:
        return frozenset()
    cursor = connection.cursor(row_factory=scalar_row)
    changed = cursor.execute(QUERIES["list_petitions_after"], {"position": position}).fetchall()
    found = read_named_petitions(connection, head, changed)
    return frozenset(facts.petition_id for facts in found if facts.confidential)
