"""Without this file a report would not say whose it is."""

from typing import Any, Final, cast

from psycopg import Connection

from domain.roster import Roster
from domain.text import Text
from ledger.queries import load_queries
from ledger.reference import ROSTER_ID
from projections.decoding import CODEC

QUERIES: Final = load_queries("replay", "jurisdiction")


def jurisdiction(connection: Connection[Any]) -> Text:
    """Return the name of the ledger's jurisdiction, or the ledger's own where none was given.

    Blocking, one query or two.
    """
    row = connection.execute(QUERIES["read_roster_opening"], {"roster_id": ROSTER_ID}).fetchone()
    if row is not None:
        topic, shape, stream, version, at, payload = row
        event = CODEC.decode(topic, shape, stream, version, at, bytes(payload))
        return cast("Roster.Created", event).name
    (name,) = cast("tuple[str]", connection.execute(QUERIES["read_ledger_name"]).fetchone())
    return Text(name, name)
