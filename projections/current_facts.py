"""Without this file a petition marked confidential would stay in the feed until a model noticed."""

from collections.abc import Collection
from typing import Any, Final, cast
from uuid import UUID

from psycopg import Connection

from domain.petition import Petition, PetitionEvent
from domain.petition_facts import PetitionFacts
from domain.petition_fold import fold
from ledger.codec import EventCodec
from ledger.queries import load_queries
from projections.array_text import as_uuid_array

QUERIES: Final = load_queries("projections", "current_facts")

_CODEC: Final = EventCodec()
_PREFIX: Final = f"{Petition.TOPIC}."


def read_current_facts(
    connection: Connection[Any], petition_ids: Collection[UUID], upto: int | None = None
) -> dict[UUID, PetitionFacts]:
    """Return what the log itself says of some petitions, never behind; others are left out.

    Blocking, one query; costs a fold of every event of each.

    Args:
        connection: Of the role tz_app.
        petition_ids: Their streams.
        upto: Last position that counts, or None for all.

    Raises:
        PayloadError: a stored event cannot be read.
    """
    found: dict[UUID, PetitionFacts] = {}
    if not petition_ids:
        return found
    with connection.cursor(binary=True) as cursor:
        parameters = {"petition_ids": as_uuid_array(petition_ids), "upto": upto}
        for stream, version, topic, shape, at, payload in cursor.execute(
            QUERIES["read_streams"], parameters
        ):
            if topic.startswith(_PREFIX):
                event = _CODEC.decode(topic, shape, stream, version, at, bytes(payload))
                found[stream] = fold(found.get(stream), cast("PetitionEvent", event))
    return found
