"""Without this file a broken connection would be reported as the wrong outcome."""

from collections.abc import Callable, Sequence
from typing import Any

import psycopg
from psycopg import Connection
from psycopg.pq import TransactionStatus

from ledger.admission import Answer
from ledger.append import Append
from ledger.append_session import AppendSession, Hint
from ledger.append_transaction import AppendTransaction, CommitRefusedError
from ledger.errors import AppendRefusedError, LedgerUnavailableError, OutcomeUnknownError
from ledger.queries import load_queries

QUERIES = load_queries("ledger", "batch_commit")

Connect = Callable[[], Connection[tuple[Any, ...]]]

_OWN_FAULT_CLASSES = ("22", "23")
"""SQLSTATE classes of data and constraint errors: one append's fault, not the server's."""

_OPEN = (TransactionStatus.INTRANS, TransactionStatus.INERROR)


class BatchCommit:
    """Records batches on a connection of its own, and says truly what became of each.

    Used by one thread. The connection begins with the first batch and is replaced
    after it broke.

    Args:
        connect: Returns a new connection in autocommit mode for role tz_app.
    """

    def __init__(self, connect: Connect) -> None:
        self._connect = connect
        self._session: AppendSession | None = None

    def run(
        self,
        appends: Sequence[Append],
        hint: Hint | None = None,
        meanwhile: Callable[[], None] | None = None,
    ) -> list[Answer]:
        """Return one answer per append; a batch that one append spoils is taken apart.

        Blocking. Falls back to one append at a time only after a data or constraint
        error whose rollback the server acknowledged, so nothing is recorded twice.

        Args:
            appends: At least one.
            hint: To followers, of an earlier batch; one that fails is dropped.
            meanwhile: Called before it blocks for the server, if it comes that far; may be
                called again.
        """
        transaction = None
        try:
            if meanwhile and not self._is_connected():
                meanwhile()
            transaction = AppendTransaction(self._connected())
            return transaction.run(appends, hint, meanwhile)
        except Exception as error:  # noqa: BLE001 - whatever it is, every caller needs an answer
            commit_sent = transaction is not None and transaction.commit_sent
            return self._answer_failure(appends, error, commit_sent=commit_sent)

    def _answer_failure(
        self, appends: Sequence[Append], error: Exception, *, commit_sent: bool
    ) -> list[Answer]:
        undone = isinstance(error, CommitRefusedError) or self._roll_back()
        if undone and is_own_fault(error):
            if len(appends) == 1:
                return [AppendRefusedError(_reason(error))]
            return [answer for append in appends for answer in self.run([append])]
        if undone or not commit_sent:
            return [LedgerUnavailableError(_reason(error)) for _ in appends]
        return [OutcomeUnknownError(_reason(error)) for _ in appends]

    def announce(self, hint: Hint) -> None:
        """Send a hint to followers while there is nothing to record; one that fails is dropped."""
        try:
            session = self._connected()
            with session.exchange:
                session.send_hint(hint)
                session.receive_hint()
        except Exception:  # noqa: BLE001 - followers poll; a lost hint costs them one interval
            self.close()

    def close(self) -> None:
        """Close the connection; the next batch opens another."""
        if self._session is not None:
            self._session.connection.close()
            self._session = None

    def _connected(self) -> AppendSession:
        if self._session is None or not self._is_connected():
            self.close()
            self._session = AppendSession(self._connect())
        return self._session

    def _is_connected(self) -> bool:
        session = self._session
        return session is not None and not (session.connection.closed or session.exchange.is_lost())

    def _roll_back(self) -> bool:
        """Return whether the transaction was still open and the server undid it.

        ROLLBACK answers ROLLBACK even where the commit went through before; only a
        transaction seen open proves that it did not. The connection is given up:
        after an error nobody knows which statements are prepared on it.
        """
        if self._session is None or self._session.connection.closed:
            return False
        connection = self._session.connection
        was_open = connection.info.transaction_status in _OPEN
        try:
            tag = connection.execute(QUERIES["rollback_append"], prepare=False).statusmessage
        except psycopg.Error:
            return False
        finally:
            self.close()
        return was_open and tag == "ROLLBACK"


def is_own_fault(error: Exception) -> bool:
    """Return whether an append itself is at fault, so that its transaction cannot have committed.

    Pure.
    """
    return isinstance(error, psycopg.Error) and (error.sqlstate or "")[:2] in _OWN_FAULT_CLASSES


def _reason(error: Exception) -> str:
    return str(error).strip() or type(error).__qualname__
