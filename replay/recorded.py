"""Without this file each kind of aggregate would be read from the log in its own way."""

from collections.abc import Iterator
from typing import Any, Final, TypeVar, cast
from uuid import UUID

from eventsourcing.domain import CanMutateAggregate
from psycopg import Connection

from domain.aggregate import LedgerAggregate
from ledger.queries import load_queries
from projections.decoding import CODEC

QUERIES: Final = load_queries("replay", "recorded")

A = TypeVar("A", bound=LedgerAggregate)


def load_recorded(
    connection: Connection[Any], kind: type[A], stream_id: UUID, position: int | None = None
) -> A | None:
    """Return an aggregate from its own stream, or None where there is none of its kind.

    Blocking, one query by index; reads no read model.

    Args:
        connection: Of a role that may read the log.
        kind: What it is.
        stream_id: Its id.
        position: Last position that counts, or None for all.

    Raises:
        PayloadError: a stored event cannot be read.
    """
    aggregate: A | None = None
    parameters = {"stream_id": stream_id, "topics": f"{kind.TOPIC}.%", "position": position}
    for row in connection.execute(QUERIES["read_stream"], parameters):
        aggregate = cast("A", CODEC.decode(*row).mutate(aggregate))
    return aggregate


def read_recorded(
    connection: Connection[Any], kind: type[LedgerAggregate], position: int
) -> Iterator[CanMutateAggregate[UUID]]:
    """Yield the events of all aggregates of a kind by a position, in the order of the log.

    Blocking, one scan of the log; reads no read model.

    Raises:
        PayloadError: a stored event cannot be read.
    """
    parameters = {"topics": f"{kind.TOPIC}.%", "position": position}
    for row in connection.execute(QUERIES["read_kind"], parameters):
        yield CODEC.decode(*row)
