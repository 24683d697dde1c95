"""Without this file every statement of an append would pay for a cursor and a wait of its own.

Statements that travel together, on libpq's own terms: what psycopg does for each of them
took longer than the server took to run it.
"""

import re
import select
from collections import deque
from types import TracebackType
from typing import Any, Final, LiteralString, Self

import psycopg
from psycopg import Connection
from psycopg.adapt import Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus, Format
from psycopg.pq.abc import PGresult

_PARAMETER: Final = re.compile(r"%\((\w+)\)s")
_FAILED: Final = {ExecStatus.FATAL_ERROR, ExecStatus.BAD_RESPONSE}


class Exchange:
    """Sends statements in groups, and receives the results of a group at a time. Blocking.

    Used by one thread, on a connection in autocommit mode. A statement is prepared when it
    is first sent. While entered, the connection is good for nothing else; left by an error
    with answers outstanding it is closed, and with it ends its transaction. After an error
    of the server give the connection up: nobody knows what is prepared on it.
    """

    def __init__(self, connection: Connection[tuple[Any, ...]]) -> None:
        self._connection = connection
        self._pgconn = connection.pgconn
        self._loading = Transformer(connection)
        self._socket = select.poll()
        self._parameters: dict[LiteralString, tuple[bytes, list[str]]] = {}
        # Per group that was not received: of each result, whether somebody wants it.
        self._groups: deque[list[bool]] = deque()
        self._group: list[bool] = []
        self.answered_len = 0
        """How many statements of the group last received came before the first error."""

    def __enter__(self) -> Self:
        """Begin to send."""
        self._pgconn.enter_pipeline_mode()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let the connection be used otherwise again, or close it where answers are missing."""
        if self._groups or self._group:
            self._connection.close()
        elif self._pgconn.status == ConnStatus.OK:
            self._pgconn.exit_pipeline_mode()

    def is_lost(self) -> bool:
        """Return whether the server has ended the session, while no answer is outstanding.

        Does not block, and does not ask: a server that went without a word is not noticed.
        """
        self._socket.register(self._pgconn.socket, select.POLLIN)
        try:
            while self._socket.poll(0):
                self._pgconn.consume_input()
        except psycopg.OperationalError:
            return True
        return self._pgconn.status != ConnStatus.OK

    def send(self, statement: LiteralString, **values: bytes) -> None:
        """Add a statement to the group, without waiting for what it answers.

        Args:
            statement: With ``%(name)s`` for parameters, each cast to its type.
            values: Parameters in PostgreSQL's binary form.
        """
        if statement not in self._parameters:
            self._prepare(statement)
        name, names = self._parameters[statement]
        self._pgconn.send_query_prepared(
            name,
            [values[each] for each in names],
            [Format.BINARY] * len(names),
            result_format=Format.BINARY,
        )
        self._group.append(True)

    def end_group(self) -> None:
        """Send the group; its errors do not reach the next one.

        Raises:
            psycopg.OperationalError: the connection broke.
        """
        self._groups.append(self._group)
        self._group = []
        self._pgconn.pipeline_sync()
        while self._pgconn.flush():
            self._wait(select.POLLIN | select.POLLOUT)

    def receive(self) -> list[PGresult]:
        """Return the results of the oldest group that was not received, one per statement.

        Raises:
            psycopg.Error: the first error of the group, all of which has then been read; or
                the connection broke.
        """
        results: list[PGresult] = []
        try:
            self._collect(results)
        except psycopg.OperationalError:
            # Why the server ended the session says more than that it did.
            self._raise_first(results, self._groups[0])
            raise
        wanted = self._groups.popleft()
        self._raise_first(results, wanted)
        return [result for result, is_wanted in zip(results, wanted, strict=True) if is_wanted]

    def rows(self, result: PGresult) -> list[tuple[Any, ...]]:
        """Return what a statement answered, as Python values."""
        self._loading.set_pgresult(result)
        return self._loading.load_rows(0, result.ntuples, tuple)

    def _collect(self, results: list[PGresult]) -> None:
        result = self._next_result()
        while result is None or result.status != ExecStatus.PIPELINE_SYNC:
            if result is not None:
                results.append(result)
            before, result = result, self._next_result()
            # One None ends the answer to a statement; after two nothing will ever come.
            if before is None and result is None:
                raise psycopg.OperationalError("the connection was lost before the answer")

    def _raise_first(self, results: list[PGresult], wanted: list[bool]) -> None:
        self.answered_len = 0
        for result, is_wanted in zip(results, wanted, strict=False):
            if result.status in _FAILED:
                raise error_from_result(result, self._connection.info.encoding)
            self.answered_len += is_wanted

    def _prepare(self, statement: LiteralString) -> None:
        names = list(dict.fromkeys(_PARAMETER.findall(statement)))
        numbered = _PARAMETER.sub(lambda match: f"${names.index(match[1]) + 1}", statement)
        name = b"exchange_%d" % len(self._parameters)
        self._pgconn.send_prepare(name, numbered.encode())
        self._parameters[statement] = name, names
        self._group.append(False)

    def _next_result(self) -> PGresult | None:
        """Return the next result, or None between those of two statements."""
        while self._pgconn.is_busy():
            self._wait(select.POLLIN)
        return self._pgconn.get_result()

    def _wait(self, until: int) -> None:
        self._socket.register(self._pgconn.socket, until)
        self._socket.poll()
        self._pgconn.consume_input()
