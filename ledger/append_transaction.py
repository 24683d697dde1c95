"""Without this file appends would reach the log one by one, each with a commit of its own."""

from collections.abc import Callable, Sequence
from datetime import datetime
from time import monotonic
from typing import Final

import psycopg

from ledger.admission import Answer, admit_all
from ledger.append import Append
from ledger.append_session import AppendSession, Hint
from ledger.batch_rows import MOVED, send_rows
from ledger.inquiry import Inquiry, lock_end
from ledger.placement import Placement
from ledger.premise import LogEnd, Premise
from ledger.queries import load_queries
from ledger.removal import REMOVABLE_PREFIX

QUERIES = load_queries("ledger", "append_transaction")

_BEFORE_COMMIT_LEN: Final = 3


class CommitRefusedError(Exception):
    """The server answered COMMIT with ROLLBACK: nothing of the batch is recorded."""


class AppendTransaction:
    """One transaction that records many appends. Used once, by one thread.

    Args:
        session: Of the connection.
        recorded_at: Aware instant they are recorded at, in a demo's ledger alone; None for
            the ledger's clock, which alone is honest of what really happened.
    """

    def __init__(self, session: AppendSession, recorded_at: datetime | None = None) -> None:
        self._session = session
        self._recorded_at = recorded_at
        self._log_end: LogEnd | None = None
        self.commit_sent = False

    def run(
        self,
        appends: Sequence[Append],
        hint: Hint | None = None,
        meanwhile: Callable[[], None] | None = None,
    ) -> list[Answer]:
        """Record what can be admitted of a batch, and return one answer per append.

        Blocks for the append lock and the commit: one round trip where the log is as this
        session left it and nothing is to be refused, else two or three. A refusal concerns
        its own append alone. After an exception nothing is recorded, unless ``commit_sent``
        is set and the connection broke: then nobody knows.

        Args:
            appends: At least one.
            hint: Of an earlier batch, which travels along and costs no round trip.
            meanwhile: Called before it blocks for the server.

        Raises:
            CommitRefusedError: the server answered COMMIT with ROLLBACK.
            psycopg.Error: as the server or the connection says.
        """
        with self._session.exchange:
            if hint:
                self._session.send_hint(hint)
            answers = self._send_presuming(appends)
            if meanwhile:
                meanwhile()
            if hint:
                self._session.receive_hint()
            if answers is None or not self._confirm_presumed():
                answers = self.send(appends)
                self.confirm()
        return answers

    def send(self, appends: Sequence[Append]) -> list[Answer]:
        """Return the answers of ``run``, which hold once ``confirm`` has returned.

        Reads the log first, and blocks for the append lock. The session's exchange must be
        entered.

        Raises:
            psycopg.Error: as ``run``.
            ValueError: an instant was given, and the ledger is no demo's.
        """
        exchange = self._session.exchange
        inquiry = Inquiry.send(exchange, appends)
        standing, clock = inquiry.receive(exchange, self._recorded_at)
        clock_read_at_s = monotonic()
        if self._recorded_at is not None and not standing.ledger.startswith(REMOVABLE_PREFIX):
            raise ValueError(f"history is invented in a demo's ledger, not in {standing.ledger}")
        before = Premise(standing.position)
        answers = admit_all(appends, standing)
        if standing.position > before.position:
            self.commit_sent = True
            send_rows(self._session, Placement(appends, answers), standing, before)
        # With nothing to record COMMIT gives the lock back as well as ROLLBACK does.
        exchange.send(QUERIES["commit_append"])
        exchange.end_group()
        left = self._session.log_end
        self._log_end = LogEnd(
            standing.ledger,
            standing.position,
            standing.recorded_at,
            clock,
            clock_read_at_s,
            is_ours=left is None or left.position == before.position,
        )
        return answers

    def confirm(self) -> None:
        """Wait for the commit of what was sent.

        Raises:
            CommitRefusedError, psycopg.Error: as ``run``.
        """
        *moved, commit = self._session.exchange.receive()
        # On a transaction already aborted COMMIT means ROLLBACK and is no error.
        if commit.command_status != b"COMMIT":
            raise CommitRefusedError(commit.command_status)
        if moved and moved[0].command_status != MOVED:
            raise CommitRefusedError("the log was moved under the append lock")
        self._session.log_end = self._log_end

    def _send_presuming(self, appends: Sequence[Append]) -> list[Answer] | None:
        """Send a batch for a log as this session left it; None where it cannot be presumed."""
        left = self._session.log_end
        presumed = left.presume(appends, monotonic()) if left else None
        if left is None or presumed is None:
            return None
        premise, standing = presumed
        answers = admit_all(appends, standing)
        if not all(isinstance(answer, range) for answer in answers):
            return None
        exchange = self._session.exchange
        lock_end(exchange)
        send_rows(self._session, Placement(appends, answers), standing, premise)
        exchange.send(QUERIES["commit_append"])
        self.commit_sent = True
        exchange.end_group()
        self._log_end = left.moved(standing)
        return answers

    def _confirm_presumed(self) -> bool:
        """Wait for the commit, and return whether the log was as presumed.

        Where it was not, nothing is recorded.
        """
        exchange = self._session.exchange
        try:
            _, _, moved, commit = exchange.receive()
        except psycopg.Error as error:
            # The server itself refused what comes before COMMIT, so it did not get that far.
            if error.sqlstate and exchange.answered_len < _BEFORE_COMMIT_LEN:
                self.commit_sent = False
            raise
        if commit.command_status != b"COMMIT":
            raise CommitRefusedError(commit.command_status)
        if moved.command_status != MOVED:
            self.commit_sent = False
            return False
        self._session.log_end = self._log_end
        return True
