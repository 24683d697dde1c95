"""Without this file what no read model keeps could not be counted from the log itself."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final, cast
from uuid import UUID

from psycopg import Connection

from domain.petition import Petition, PetitionEvent
from ledger.codec import EventCodec
from ledger.queries import load_queries
from projections.array_text import as_uuid_array

QUERIES: Final = load_queries("projections", "histories")

_CODEC: Final = EventCodec()
_PREFIX: Final = f"{Petition.TOPIC}."


def read_histories(
    connection: Connection[Any], petition_ids: Collection[UUID], as_of: datetime
) -> dict[UUID, list[PetitionEvent]]:
    """Return the events of some petitions up to an instant, each petition's in order.

    Blocking, one query; decodes every event, so it is for hundreds of petitions and not
    for a whole city.

    Args:
        connection: Of the role tz_app.
        petition_ids: Their streams; what is no petition is left out.
        as_of: Aware instant; acts at that very instant count.

    Raises:
        PayloadError: a stored event cannot be read.
    """
    found: dict[UUID, list[PetitionEvent]] = {}
    parameters = {"petition_ids": as_uuid_array(petition_ids), "as_of": as_of}
    with connection.cursor(binary=True) as cursor:
        for stream, version, topic, shape, at, payload in cursor.execute(
            QUERIES["read_histories"], parameters
        ):
            if topic.startswith(_PREFIX):
                event = _CODEC.decode(topic, shape, stream, version, at, bytes(payload))
                found.setdefault(stream, []).append(cast("PetitionEvent", event))
    return found
