"""Without this file aggregates could read the clock or invent ids, and replay would differ."""

from datetime import datetime
from typing import ClassVar, Never, Self
from uuid import UUID

from eventsourcing.domain import Aggregate

from domain.act import Act


class LedgerAggregate(Aggregate):
    """Base of every aggregate: ids and instants always come in as arguments.

    The library reads the wall clock and draws a random id when either is left
    out; both are refused here, so that the same commands give the same events.

    Attributes:
        TOPIC: Stable name of the aggregate, with which the topics of its events begin.
    """

    TOPIC: ClassVar[str]

    class Event(Aggregate.Event):
        """Base of an aggregate's events; ``timestamp`` is the claimed ``occurred_at``."""

        TOPIC: ClassVar[str]
        class_version: ClassVar[int] = 1

        @staticmethod
        def create_timestamp() -> datetime:
            """Refuse: the instant is an argument of the command.

            Raises:
                ClockReadError: always.
            """
            raise ClockReadError

    class Created(Event, Aggregate.Created):
        """Birth event of an aggregate."""

    @classmethod
    def begin(
        cls,
        event_class: type["LedgerAggregate.Created"],
        aggregate_id: UUID,
        act: Act,
        **fields: object,
    ) -> Self:
        """Return a new aggregate whose first event is pending.

        Args:
            event_class: Birth event of this aggregate.
            aggregate_id: Its id for ever.
            act: Who and when; ``occurred_at`` becomes the event's timestamp.
            fields: The event's own fields.

        Raises:
            TypeError: a field is missing or unknown.
        """
        return cls._create(event_class, id=aggregate_id, timestamp=act.occurred_at, **fields)

    def record(
        self, event_class: type["LedgerAggregate.Event"], act: Act, **fields: object
    ) -> None:
        """Add one event to the pending ones and apply it.

        Raises:
            TypeError: a field is missing or unknown.
        """
        self.trigger_event(event_class, timestamp=act.occurred_at, **fields)

    @staticmethod
    def create_id(*_: object, **__: object) -> UUID:
        """Refuse: the id is an argument of the command.

        Raises:
            ClockReadError: always.
        """
        raise ClockReadError


class ClockReadError(TypeError):
    """An event was made without its instant or its id; a programming error."""

    def __init__(self) -> None:
        """Say what the caller forgot."""
        super().__init__("pass id= and timestamp=: the domain reads no clock and draws no id")


def refuse_extra(value: Never) -> Never:
    """Fail for a value that type checking says cannot exist.

    Raises:
        TypeError: always; the log holds something this program does not know.
    """
    raise TypeError(f"unknown {type(value).__qualname__}")
