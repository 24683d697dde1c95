"""Without this file each read model would read and decode the log for itself."""

from collections.abc import Collection
from typing import Any, Final, NamedTuple

from psycopg import Connection

from domain.catalogue import RESOURCES
from domain.petition import Petition
from domain.roster import Roster
from ledger.codec import DomainEvent, EventCodec, PayloadError
from ledger.queries import load_queries

QUERIES: Final = load_queries("projections", "decoding")

BATCH_LEN_MAX: Final = 20_000
READABLE: Final = frozenset(
    {Petition.TOPIC, Roster.TOPIC, *(resource.aggregate.TOPIC for resource in RESOURCES)}
)
"""Aggregates that read models follow; naming them here registers their topics."""

CODEC: Final = EventCodec()


class LoggedEvent(NamedTuple):
    """One event of the log, decoded, or why it cannot be."""

    position: int
    aggregate: str
    content: DomainEvent | PayloadError

    def open(self) -> DomainEvent:
        """Return the event.

        Raises:
            PayloadError: its payload cannot be read.
        """
        if isinstance(self.content, PayloadError):
            raise self.content
        return self.content


class Batch(NamedTuple):
    """A dense stretch of the log.

    Attributes:
        last_position: Position of its last event, of whatever aggregate.
        events: Those of the aggregates asked for, in order.
    """

    last_position: int
    events: list[LoggedEvent]

    def select(self, aggregates: Collection[str], after_position: int) -> list[LoggedEvent]:
        """Return the events of some aggregates after a position."""
        return [
            event
            for event in self.events
            if event.position > after_position and event.aggregate in aggregates
        ]


def read_batch(
    connection: Connection[Any],
    after_position: int,
    upto_position: int,
    *,
    batch_len: int,
    aggregates: Collection[str] = READABLE,
) -> Batch | None:
    """Return the next events after a position, or None at the end of the log.

    Blocking, one query; every event is decoded once for all read models.

    Args:
        connection: Of the role tz_projector or tz_app.
        after_position: Last position already known, 0 for the beginning.
        upto_position: Last position to read.
        batch_len: Most events to read, 1 to ``BATCH_LEN_MAX``.
        aggregates: Whose events to decode.

    Raises:
        ValueError: ``batch_len`` is out of range.
    """
    if not 1 <= batch_len <= BATCH_LEN_MAX:
        raise ValueError(f"batch_len {batch_len} is not within 1 to {BATCH_LEN_MAX}")
    parameters = {"after": after_position, "upto": upto_position, "limit": batch_len}
    with connection.cursor(binary=True) as cursor:
        rows = cursor.execute(QUERIES["read_events"], parameters).fetchall()
    if not rows:
        return None
    events: list[LoggedEvent] = []
    for position, topic, schema_version, originator_id, version, occurred_at, payload in rows:
        aggregate = topic.partition(".")[0]
        if aggregate not in aggregates:
            continue
        content: DomainEvent | PayloadError
        try:
            content = CODEC.decode(
                topic, schema_version, originator_id, version, occurred_at, payload
            )
        except PayloadError as error:
            content = error
        events.append(LoggedEvent(position, aggregate, content))
    return Batch(rows[-1][0], events)
