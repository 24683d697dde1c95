"""Without this file a read could mix two states of the ledger, or keep a dead connection."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final, LiteralString

import psycopg
from psycopg import Connection
from psycopg.pq import TransactionStatus

from ledger.database import Database, Role
from ledger.errors import LedgerUnavailableError

IDLE_MAX: Final = 16

_BEGIN: Final = "BEGIN ISOLATION LEVEL REPEATABLE READ"


class ReadSessions:
    """Connections of the run-time login, lent to one request at a time. Blocking.

    Idle ones may have died with the server, so each is asked before it is lent: by the
    statement that begins the work, where there is one. A server that comes back is used
    again at once: nothing is remembered about failures.

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
        with self._lent("") as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection[Any]]:
        """Lend a connection in a transaction that reads one state of the ledger.

        Raises:
            LedgerUnavailableError: the database does not answer.
        """
        with self._lent(_BEGIN) as connection:
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    def fetch(self, query: LiteralString, parameters: dict[str, object]) -> list[tuple[Any, ...]]:
        """Return all rows of one query that only reads, in one round trip.

        Raises:
            LedgerUnavailableError: the database does not answer.
        """
        with suppress(IndexError, psycopg.OperationalError):
            connection = self._idle.pop()
            try:
                return fetch_rows(connection, query, parameters)
            finally:
                self._give_back(connection)
        # There was none, or it had died: reads may be repeated.
        with self.plain() as connection:
            return fetch_rows(connection, query, parameters)

    def close(self) -> None:
        """Close every idle connection; one on loan is closed when it comes back."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()

    @contextmanager
    def _lent(self, first_statement: LiteralString) -> Iterator[Connection[Any]]:
        connection = self._take(first_statement)
        try:
            yield connection
        except psycopg.OperationalError as error:
            raise LedgerUnavailableError(str(error).strip()) from error
        finally:
            self._give_back(connection)

    def _take(self, first_statement: LiteralString) -> Connection[Any]:
        """Return a connection that has answered the first statement."""
        try:
            while self._idle:
                connection = self._idle.pop()
                try:
                    connection.execute(first_statement)
                except psycopg.OperationalError:
                    connection.close()
                else:
                    return connection
            connection = self._database.connect(Role.APP, autocommit=True)
            connection.execute(first_statement)
        except psycopg.OperationalError as error:
            raise LedgerUnavailableError(str(error).strip()) from error
        return connection

    def _give_back(self, connection: Connection[Any]) -> None:
        is_clean = connection.info.transaction_status == TransactionStatus.IDLE
        if self._closed or not is_clean or len(self._idle) >= IDLE_MAX:
            connection.close()
        else:
            self._idle.append(connection)


def fetch_rows(
    connection: Connection[Any], query: LiteralString, parameters: dict[str, object]
) -> list[tuple[Any, ...]]:
    """Return all rows of a query. Blocking."""
    return connection.execute(query, parameters, prepare=True, binary=True).fetchall()
