"""Without this file a read could mix two states of the ledger, or keep a dead connection."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import psycopg
from psycopg import Connection, IsolationLevel
from psycopg.pq import TransactionStatus

from ledger.database import Database, Role
from ledger.errors import LedgerUnavailableError

IDLE_MAX: Final = 16


class ReadSessions:
    """Connections of the run-time login, lent to one request at a time. Blocking.

    Idle ones may have died with the server, so each is asked before it is lent. A
    server that comes back is used again at once: nothing is remembered about failures.

    Args:
        database: The ledger.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._idle: deque[Connection[Any]] = deque()
        self._closed = False

    @contextmanager
    def plain(self) -> Iterator[Connection[Any]]:
        """Lend a connection in autocommit mode.

        Raises:
            LedgerUnavailableError: the database does not answer.
        """
        connection = self._take()
        try:
            yield connection
        except psycopg.OperationalError as error:
            raise LedgerUnavailableError(str(error).strip()) from error
        finally:
            self._give_back(connection)

    @contextmanager
    def snapshot(self) -> Iterator[Connection[Any]]:
        """Lend a connection in a transaction that reads one state of the ledger.

        Raises:
            LedgerUnavailableError: the database does not answer.
        """
        with self.plain() as connection, connection.transaction():
            yield connection

    def close(self) -> None:
        """Close every idle connection; one on loan is closed when it comes back."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()

    def _take(self) -> Connection[Any]:
        try:
            while self._idle:
                connection = self._idle.pop()
                try:
                    connection.execute("")
                except psycopg.OperationalError:
                    connection.close()
                else:
                    return connection
            connection = self._database.connect(Role.APP, autocommit=True)
        except psycopg.OperationalError as error:
            raise LedgerUnavailableError(str(error).strip()) from error
        # Only what opens a transaction explicitly is read-only at one snapshot.
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        return connection

    def _give_back(self, connection: Connection[Any]) -> None:
        is_clean = connection.info.transaction_status == TransactionStatus.IDLE
        if self._closed or not is_clean or len(self._idle) >= IDLE_MAX:
            connection.close()
        else:
            self._idle.append(connection)
