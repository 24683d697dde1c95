"""Without this file a batch would be judged by what the log held before its lock."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple, Self
from uuid import UUID

from psycopg import postgres

from ledger.admission import Standing
from ledger.append import Append
from ledger.binary_fields import as_array, as_text, as_uuid
from ledger.exchange import Exchange
from ledger.head_state import HeadState
from ledger.queries import load_queries

QUERIES = load_queries("ledger", "inquiry")

_TEXT: Final = postgres.types["text"].oid
_UUID: Final = postgres.types["uuid"].oid


def lock_end(exchange: Exchange) -> None:
    """Send the opening of a transaction, and the wait for the append lock.

    The lock is a statement of its own: in one statement with what is asked or recorded, that
    would not see what a rival committed while the lock was waited for.
    """
    exchange.send(QUERIES["begin_append"])
    exchange.send(QUERIES["lock_head"])


class Inquiry(NamedTuple):
    """What is asked of the log under the append lock, for the appends of one batch."""

    streams: list[UUID]
    keys: list[tuple[str, str]]
    claims: list[str]

    @classmethod
    def send(cls, exchange: Exchange, appends: Sequence[Append]) -> Self:
        """Open a transaction, take the append lock, and ask what the appends depend on.

        Raises:
            psycopg.OperationalError: the connection broke.
        """
        streams = list({step.originator_id for append in appends for step in append.steps})
        keys = [
            (append.command.actor_id, append.command.key) for append in appends if append.command
        ]
        claims = [value for append in appends for value in append.claims]
        lock_end(exchange)
        exchange.send(
            QUERIES["read_standing"],
            originator_ids=as_array(_UUID, [as_uuid(stream) for stream in streams]),
            actor_ids=as_array(_TEXT, [as_text(actor_id) for actor_id, _ in keys]),
            keys=as_array(_TEXT, [as_text(key) for _, key in keys]),
            claims=as_array(_TEXT, [as_text(value) for value in claims]),
        )
        exchange.end_group()
        return cls(streams, keys, claims)

    def receive(
        self, exchange: Exchange, recorded_at: datetime | None = None
    ) -> tuple[Standing, datetime]:
        """Return what the log holds, with the instant of the batch, and the server's clock.

        Blocks for the append lock.

        Args:
            exchange: The one it was sent by.
            recorded_at: That instant, for invented history; None for the ledger's clock.

        Raises:
            psycopg.Error: as the server or the connection says.
        """
        _, head, reading = exchange.receive()
        ((ledger, position, last_recorded_at, state),) = exchange.rows(head)
        ((now, versions, answered, claimed),) = exchange.rows(reading)
        standing = Standing(
            ledger=ledger,
            position=position,
            # A server clock set back must not put an event before an earlier one.
            recorded_at=max(last_recorded_at, recorded_at or now),
            versions={
                stream: version
                for stream, version in zip(self.streams, versions, strict=True)
                if version is not None
            },
            answered={self.keys[place - 1] for place in answered},
            claimed={self.claims[place - 1] for place in claimed},
            state=HeadState(state),
        )
        return standing, now
