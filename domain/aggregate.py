"""Without this file aggregates could read the clock or invent ids, and replay would differ."""

from datetime import datetime
from typing import ClassVar, Never
from uuid import UUID

from eventsourcing.domain import Aggregate


class LedgerAggregate(Aggregate):
    """Base of every aggregate: ids and instants always come in as arguments.

    The library reads the wall clock and draws a random id when either is left
    out; both are refused here, so that the same commands give the same events.
    """

    class Event(Aggregate.Event):
        """Base of an aggregate's events; ``timestamp`` is the claimed ``occurred_at``."""

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
