"""Without this file a reader of figures could not know which days a published calendar counts."""

from collections.abc import Iterator
from typing import Any, Final, cast
from uuid import UUID

from psycopg import Connection

from domain.aggregate import LedgerAggregate
from ledger.queries import load_queries
from projections.decoding import CODEC

QUERIES: Final = load_queries("projections", "log_streams")


class LogStreams:
    """Streams of the log through a connection of the reader's own, in its snapshot. Blocking.

    Args:
        connection: Of a role that may read the log.
    """

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection

    def events_after(self, originator_id: UUID, version: int) -> Iterator[LedgerAggregate.Event]:
        """Yield the events of a stream later than a version, oldest first.

        Raises:
            PayloadError: a stored event cannot be read.
        """
        parameters = {"originator_id": originator_id, "after_version": version}
        with self._connection.cursor(binary=True) as cursor:
            rows = cursor.execute(QUERIES["read_later_events"], parameters).fetchall()
        for topic, shape, stream, place, at, payload in rows:
            event = CODEC.decode(topic, shape, stream, place, at, bytes(payload))
            yield cast("LedgerAggregate.Event", event)
