"""Without this file each append would be planned anew, and could be planned badly."""

from contextlib import suppress
from typing import Any, NamedTuple

import psycopg
from psycopg import Connection

from ledger.binary_fields import as_bigint, as_parameter
from ledger.exchange import Exchange
from ledger.premise import LogEnd
from ledger.queries import load_queries

QUERIES = load_queries("ledger", "append_session")


class Hint(NamedTuple):
    """What followers of the log are to hear.

    Attributes:
        channel: Where they listen.
        position: Up to where the log has grown.
    """

    channel: str
    position: int


class AppendSession:
    """A connection on which batches are recorded. Used by one thread.

    Args:
        connection: In autocommit mode for role tz_app; closed with the session.
    """

    def __init__(self, connection: Connection[tuple[Any, ...]]) -> None:
        self.connection = connection
        self.exchange = Exchange(connection)
        self.log_end: LogEnd | None = None
        """As this session left it; None before its first batch."""
        connection.execute(QUERIES["plan_once"])
        ((self.event_type, self.personal_type, self.command_type, self.claim_type),) = (
            connection.execute(QUERIES["read_row_types"])
        )
        """The server's oids of the row types of the tables that an append writes to."""

    def send_hint(self, hint: Hint) -> None:
        """Send a hint to followers, a transaction of its own.

        Inside the append's, NOTIFY would hold a lock of the whole server until the disk has
        answered.
        """
        self.exchange.send(
            QUERIES["notify_followers"],
            channel=hint.channel.encode(),
            position=as_parameter(as_bigint(hint.position)),
        )
        self.exchange.end_group()

    def receive_hint(self) -> None:
        """Take note that the hint was sent, or not: followers poll, and a lost one costs a poll."""
        with suppress(psycopg.Error):
            self.exchange.receive()
