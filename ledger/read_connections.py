"""Without this file every read would log in again, or pay for a check before it."""

from collections import deque
from collections.abc import Callable
from threading import Semaphore
from typing import Any, LiteralString

import psycopg
from psycopg import Connection

from ledger.errors import LedgerUnavailableError

Connect = Callable[[], Connection[tuple[Any, ...]]]


class ReadConnections:
    """Connections in autocommit mode, lent to one read at a time.

    The library's pool opens a transaction and asks the server for its health
    around every read, which is three round trips for one. Here a connection found
    broken is replaced and the read repeated once, which reads allow.

    Not inherited by a fork: make a new one per process. There are as many connections
    as threads ever read at once, at most ``connections_max``; then a read waits for
    another one's end, which is soon, and not for a login, which takes far longer.

    Args:
        connect: Returns a new connection in autocommit mode.
        connections_max: Connections at a time, at least 1.
    """

    def __init__(self, connect: Connect, connections_max: int = 16) -> None:
        self._connect = connect
        self._idle: deque[Connection[tuple[Any, ...]]] = deque()
        self._reading = Semaphore(connections_max)
        self._closed = False

    def fetch(
        self, query: LiteralString, parameters: dict[str, object] | None = None
    ) -> list[tuple[Any, ...]]:
        """Return all rows of a query that only reads.

        Blocking.

        Raises:
            LedgerUnavailableError: the database cannot be reached or does not answer.
        """
        with self._reading:
            return self._fetch(query, parameters)

    def close(self) -> None:
        """Close every idle connection; one on loan is closed when it comes back."""
        self._closed = True
        self._drop_idle()

    def _fetch(
        self, query: LiteralString, parameters: dict[str, object] | None
    ) -> list[tuple[Any, ...]]:
        try:
            connection = self._idle.pop()
        except IndexError:
            return self._fetch_anew(query, parameters)
        try:
            rows = connection.execute(query, parameters, prepare=True, binary=True).fetchall()
        except psycopg.OperationalError as error:
            connection.close()
            if isinstance(error, psycopg.errors.QueryCanceled):
                raise LedgerUnavailableError(str(error)) from error
            # The server may have restarted, and then none of the others is alive either.
            self._drop_idle()
            return self._fetch_anew(query, parameters)
        self._give_back(connection)
        return rows

    def _fetch_anew(
        self, query: LiteralString, parameters: dict[str, object] | None
    ) -> list[tuple[Any, ...]]:
        try:
            connection = self._connect()
            try:
                rows = connection.execute(query, parameters, prepare=True, binary=True).fetchall()
            except BaseException:
                connection.close()
                raise
        except psycopg.OperationalError as error:
            raise LedgerUnavailableError(str(error).strip()) from error
        self._give_back(connection)
        return rows

    def _give_back(self, connection: Connection[tuple[Any, ...]]) -> None:
        if self._closed:
            connection.close()
        else:
            self._idle.append(connection)

    def _drop_idle(self) -> None:
        while self._idle:
            self._idle.pop().close()
