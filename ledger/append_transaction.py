"""Without this file appends would reach the log one by one, each with a commit of its own."""

from collections.abc import Sequence
from datetime import datetime

from ledger.admission import Answer, Standing, admit_all
from ledger.append import Append
from ledger.append_session import AppendSession, Hint
from ledger.binary_fields import as_bigint, as_instant, as_parameter
from ledger.binary_row import CLAIM_ROW, COMMAND_ROW, EVENT_ROW, PERSONAL_ROW
from ledger.inquiry import Inquiry
from ledger.placement import Placement
from ledger.queries import load_queries
from ledger.removal import REMOVABLE_PREFIX

QUERIES = load_queries("ledger", "append_transaction")


class CommitRefusedError(Exception):
    """The server answered COMMIT with ROLLBACK: nothing of the batch is recorded."""


class AppendTransaction:
    """One transaction that records many appends, in two round trips. Used once, by one thread.

    Args:
        session: Of the connection.
        recorded_at: Aware instant they are recorded at, in a demo's ledger alone; None for
            the ledger's clock, which alone is honest of what really happened.
    """

    def __init__(self, session: AppendSession, recorded_at: datetime | None = None) -> None:
        self._session = session
        self._recorded_at = recorded_at
        self.commit_sent = False

    def run(self, appends: Sequence[Append], hint: Hint | None = None) -> list[Answer]:
        """Record what can be admitted of a batch, and return one answer per append.

        Blocks for the append lock and the commit. A refusal concerns its own append
        alone. After an exception nothing is recorded, unless ``commit_sent`` is set
        and the connection broke: then nobody knows.

        Args:
            appends: At least one.
            hint: Of an earlier batch, which travels along and costs no round trip.

        Raises:
            CommitRefusedError: the server answered COMMIT with ROLLBACK.
            psycopg.Error: as the server or the connection says.
        """
        with self._session.exchange:
            answers = self.send(appends, hint)
            self.confirm()
        return answers

    def send(self, appends: Sequence[Append], hint: Hint | None = None) -> list[Answer]:
        """Return the answers of ``run``, which hold once ``confirm`` has returned.

        Blocks for the append lock. The session's exchange must be entered.

        Raises:
            psycopg.Error: as ``run``.
            ValueError: an instant was given, and the ledger is no demo's.
        """
        exchange = self._session.exchange
        if hint:
            self._session.send_hint(hint)
        inquiry = Inquiry.send(exchange, appends)
        if hint:
            self._session.receive_hint()
        standing = inquiry.receive(exchange, self._recorded_at)
        if self._recorded_at is not None and not standing.ledger.startswith(REMOVABLE_PREFIX):
            raise ValueError(f"history is invented in a demo's ledger, not in {standing.ledger}")
        before_position = standing.position
        answers = admit_all(appends, standing)
        if standing.position > before_position:
            self.commit_sent = True
            self._send_rows(Placement(appends, answers), standing)
        # With nothing to record COMMIT gives the lock back as well as ROLLBACK does.
        exchange.send(QUERIES["commit_append"])
        exchange.end_group()
        return answers

    def confirm(self) -> None:
        """Wait for the commit of what was sent.

        Raises:
            CommitRefusedError, psycopg.Error: as ``run``.
        """
        *_, commit = self._session.exchange.receive()
        # On a transaction already aborted COMMIT means ROLLBACK and is no error.
        if commit.command_status != b"COMMIT":
            raise CommitRefusedError(commit.command_status)

    def _send_rows(self, placement: Placement, standing: Standing) -> None:
        session = self._session
        events = placement.event_rows(standing.ledger, standing.recorded_at)
        session.exchange.send(
            QUERIES["record_batch"],
            position=as_parameter(as_bigint(standing.position)),
            recorded_at=as_parameter(as_instant(standing.recorded_at)),
            events=EVENT_ROW.array(session.event_type, events),
            personal_values=PERSONAL_ROW.array(session.personal_type, placement.personal_rows()),
            commands=COMMAND_ROW.array(session.command_type, placement.command_rows()),
            claims=CLAIM_ROW.array(session.claim_type, placement.claim_rows()),
        )
