"""Without this file the engine would have to know every read model by name."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

from psycopg import Connection

from ledger.codec import DomainEvent


class ReadModel(ABC):
    """Rows that can be thrown away and rebuilt from the log to the same bytes.

    A model keeps nothing between batches that its rows do not say: after a rollback
    the engine goes on with a new instance.

    Args:
        connection: Of the role tz_projector; the model's statements name no schema.
    """

    name: ClassVar[str]
    """Name in table ``projection``; never changes."""
    aggregates: ClassVar[tuple[str, ...]]
    """The aggregates whose events it reads; of all others it only keeps the position."""
    tables: ClassVar[tuple[str, ...]]
    """Its tables, which nobody else writes."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection

    @abstractmethod
    def apply(self, events: Sequence[DomainEvent]) -> None:
        """Change the rows by the next events, in the order of the log.

        Blocking, in the caller's transaction; no clock and no randomness, and no
        statement per event.

        Args:
            events: Events of ``aggregates``, each exactly once; none is lawful.
        """


ModelFactory = type[ReadModel]
"""Makes a model that writes through one connection."""
