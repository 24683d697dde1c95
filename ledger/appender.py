"""Without this file every append would pay for a commit of its own."""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from time import monotonic
from typing import Any

import msgspec
import psycopg
from psycopg import Connection
from psycopg.pq import TransactionStatus

from ledger.append import Append
from ledger.append_transaction import (
    QUERIES,
    Answer,
    AppendTransaction,
    CommitRefusedError,
)
from ledger.errors import (
    AppendRefusedError,
    LedgerClosedError,
    LedgerError,
    LedgerUnavailableError,
    OutcomeUnknownError,
)

Connect = Callable[[], Connection[tuple[Any, ...]]]

_OWN_FAULT_CLASSES = ("22", "23")
"""SQLSTATE classes of data and constraint errors: one append's fault, not the server's."""


_OPEN = (TransactionStatus.INTRANS, TransactionStatus.INERROR)


class AppenderLimits(msgspec.Struct, frozen=True):
    """Bounds of the group commit.

    Attributes:
        commands_max: Appends in one transaction.
        events_max: Events in one transaction.
        bytes_max: Payload bytes in one transaction.
        notify_every_s: Shortest time between two hints to followers, seconds.
        answer_timeout_s: How long a caller waits for its answer, seconds.
    """

    commands_max: int = 500
    events_max: int = 5_000
    bytes_max: int = 16 * 2**20
    notify_every_s: float = 0.005
    answer_timeout_s: float = 60.0


class _Ticket:
    """One caller's append and the lock it waits on."""

    __slots__ = ("answer", "answered", "append", "bytes_len", "events_len")

    def __init__(self, append: Append) -> None:
        self.append = append
        self.events_len = len(append.events)
        self.bytes_len = sum(len(event.payload) for event in append.events)
        self.answer: Answer | None = None
        self.answered = threading.Lock()
        self.answered.acquire()

    def give(self, answer: Answer) -> None:
        self.answer = answer
        self.answered.release()


class Appender:
    """Records what many threads append by one thread with one connection.

    It takes what is waiting, never waiting for more, and commits once. The thread
    and the connection begin with the first append. Not inherited by a fork: make
    a new one per process.

    Args:
        connect: Returns a new connection in autocommit mode for role tz_app.
        channel: Channel of the hint to followers.
        limits: Bounds of the group commit.
    """

    def __init__(
        self, connect: Connect, channel: str, limits: AppenderLimits | None = None
    ) -> None:
        self._connect = connect
        self._channel = channel
        self._limits = limits or AppenderLimits()
        self._waiting: deque[_Ticket] = deque()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closed = False
        self._connection: Connection[tuple[Any, ...]] | None = None
        self._unannounced_position: int | None = None
        self._announced_s = 0.0

    def append(self, append: Append) -> range:
        """Record one append and return its positions.

        Blocks until the batch it travels in is committed.

        Raises:
            LedgerError: as ``admit`` and ``AppendRefusedError`` say; nothing recorded.
            LedgerUnavailableError: the database failed before the commit; nothing recorded.
            OutcomeUnknownError: the connection broke during the commit.
            ValueError: more events than one transaction may hold.
        """
        if len(append.events) > self._limits.events_max:
            raise ValueError(
                f"an append may hold {self._limits.events_max} events; import the rest"
            )
        ticket = _Ticket(append)
        with self._changed:
            if self._closed:
                raise LedgerClosedError
            self._waiting.append(ticket)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="appender", daemon=True)
                self._thread.start()
            self._changed.notify()
        if not ticket.answered.acquire(timeout=self._limits.answer_timeout_s):
            raise OutcomeUnknownError("no answer in time")
        match ticket.answer:
            case range() as positions:
                return positions
            case LedgerError() as error:
                raise error
            case None:
                raise OutcomeUnknownError("the appender gave no answer")

    def close(self) -> None:
        """Finish the batch under way, refuse what still waits, and disconnect.

        Blocks until the thread has ended. Closing twice does nothing.
        """
        with self._changed:
            self._closed = True
            self._changed.notify()
            thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        try:
            while (batch := self._take_batch()) is not None:
                if batch:
                    self._record(batch)
                self._announce()
        finally:
            with self._changed:
                self._closed = True
                left = list(self._waiting)
                self._waiting.clear()
            for ticket in left:
                ticket.give(LedgerClosedError())
            self._disconnect()

    def _take_batch(self) -> list[_Ticket] | None:
        """Return what waits, nothing when a hint is due, or None when closed."""
        limits = self._limits
        with self._changed:
            while not self._waiting:
                if self._closed:
                    return None
                if not self._changed.wait(self._hint_due_in_s()):
                    return []
            if self._closed:
                return None
            batch = [self._waiting.popleft()]
            events_len, bytes_len = batch[0].events_len, batch[0].bytes_len
            while self._waiting and len(batch) < limits.commands_max:
                events_len += self._waiting[0].events_len
                bytes_len += self._waiting[0].bytes_len
                if events_len > limits.events_max or bytes_len > limits.bytes_max:
                    break
                batch.append(self._waiting.popleft())
            return batch

    def _record(self, batch: Sequence[_Ticket]) -> None:
        """Give every ticket of a batch its answer."""
        try:
            answers = self._commit(batch)
        except _OwnFaultError as fault:
            if len(batch) == 1:
                batch[0].give(AppendRefusedError(str(fault)))
                return
            # The server acknowledged the rollback, so trying again records nothing twice.
            for ticket in batch:
                self._record([ticket])
            return
        for ticket, answer in zip(batch, answers, strict=True):
            ticket.give(answer)
            if isinstance(answer, range):
                self._unannounced_position = answer[-1]

    def _commit(self, batch: Sequence[_Ticket]) -> Sequence[Answer]:
        try:
            connection = self._connected()
        except psycopg.Error as error:
            return [LedgerUnavailableError(_reason(error)) for _ in batch]
        transaction = AppendTransaction(connection)
        try:
            return transaction.run([ticket.append for ticket in batch])
        except CommitRefusedError as error:
            return [LedgerUnavailableError(_reason(error)) for _ in batch]
        except Exception as error:  # every caller needs an answer
            acknowledged = self._roll_back()
            if acknowledged and _is_own_fault(error):
                raise _OwnFaultError(_reason(error)) from error
            if acknowledged or not transaction.commit_sent:
                return [LedgerUnavailableError(_reason(error)) for _ in batch]
            return [OutcomeUnknownError(_reason(error)) for _ in batch]

    def _connected(self) -> Connection[tuple[Any, ...]]:
        if self._connection is None or self._connection.closed:
            self._connection = self._connect()
        return self._connection

    def _roll_back(self) -> bool:
        """Return whether the transaction was still open and the server undid it.

        ROLLBACK answers ROLLBACK even where the commit went through before; only a
        transaction seen open proves that it did not.
        """
        connection = self._connection
        if connection is None or connection.closed:
            return False
        was_open = connection.info.transaction_status in _OPEN
        try:
            tag = connection.execute(QUERIES["rollback_append"]).statusmessage
        except psycopg.Error:
            self._disconnect()
            return False
        return was_open and tag == "ROLLBACK"

    def _hint_due_in_s(self) -> float | None:
        if self._unannounced_position is None:
            return None
        return max(0.0, self._announced_s + self._limits.notify_every_s - monotonic())

    def _announce(self) -> None:
        """Hint to followers that the log has grown, at most once per interval."""
        if self._unannounced_position is None or self._hint_due_in_s():
            return
        try:
            self._connected().execute(
                QUERIES["notify_followers"],
                {"channel": self._channel, "position": self._unannounced_position},
                prepare=True,
            )
        except psycopg.Error:
            # Followers poll; a lost hint costs them one interval.
            self._disconnect()
        self._unannounced_position = None
        self._announced_s = monotonic()

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class _OwnFaultError(Exception):
    """A data or constraint error whose rollback the server acknowledged."""


def _is_own_fault(error: Exception) -> bool:
    return isinstance(error, psycopg.Error) and (error.sqlstate or "")[:2] in _OWN_FAULT_CLASSES


def _reason(error: Exception) -> str:
    return str(error).strip() or type(error).__qualname__
