"""Without this file every append would pay for a commit of its own."""

import threading
from time import monotonic

from ledger.admission import Answer
from ledger.append import Append
from ledger.append_session import Hint
from ledger.batch_commit import BatchCommit, Connect
from ledger.errors import LedgerError, OutcomeUnknownError
from ledger.waiting_line import AppenderLimits, Ticket, WaitingLine


class Appender:
    """Records what many threads append, by one thread with one connection.

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
        self._commit = BatchCommit(connect)
        self._channel = channel
        self._limits = limits or AppenderLimits()
        self._line = WaitingLine(self._limits)
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._held: list[tuple[Ticket, Answer]] = []
        self._unannounced_position: int | None = None
        self._hint_due_at_s = 0.0

    def append(self, append: Append) -> range:
        """Record one append and return its positions.

        Blocks until the batch it travels in is committed.

        Raises:
            LedgerError: as ``admit`` and ``BatchCommit`` say; nothing is recorded.
            OutcomeUnknownError: the connection broke during the commit, or there was
                no answer in time.
            ValueError: more events than one transaction may hold.
        """
        if len(append.events) > self._limits.events_max:
            raise ValueError(f"an append holds at most {self._limits.events_max} events")
        ticket = Ticket(append)
        self._line.join(ticket)
        if self._thread is None:
            self._start()
        if not ticket.wait(self._limits.answer_timeout_s):
            raise OutcomeUnknownError("no answer in time")
        match ticket.answer:
            case range() as positions:
                return positions
            case LedgerError() as error:
                raise error
            case None:
                raise OutcomeUnknownError("the appender ended without an answer")

    def close(self) -> None:
        """Finish the batch under way, refuse what still waits, and disconnect.

        Blocks until the thread has ended. Closing twice does nothing.
        """
        self._line.close()
        with self._starting:
            thread = self._thread
        if thread is not None:
            thread.join()

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="appender", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        try:
            while (batch := self._line.take(self._hint_due_in_s())) is not None:
                if batch:
                    self._record(batch)
                elif hint := self._take_hint():
                    self._commit.announce(hint)
        finally:
            self._give_held()
            self._line.close()
            self._commit.close()

    def _record(self, batch: list[Ticket]) -> None:
        appends = [ticket.append for ticket in batch]
        answers = self._commit.run(appends, self._take_hint(), meanwhile=self._give_held)
        self._give_held()
        self._held = list(zip(batch, answers, strict=True))
        if self._line.is_empty:
            self._give_held()
        for answer in answers:
            if isinstance(answer, range):
                if self._unannounced_position is None:
                    # Not at once: the next append should not wait for the hint of this one.
                    self._hint_due_at_s = monotonic() + self._limits.notify_every_s
                self._unannounced_position = answer[-1]

    def _give_held(self) -> None:
        """Let the callers of the last batch go on.

        They wait until the next one is under way: the server would otherwise be idle while
        they and this thread take turns under the interpreter's lock.
        """
        held, self._held = self._held, []
        for ticket, answer in held:
            ticket.give(answer)

    def _hint_due_in_s(self) -> float | None:
        if self._unannounced_position is None:
            return None
        return max(0.0, self._hint_due_at_s - monotonic())

    def _take_hint(self) -> Hint | None:
        """Return the hint that is due, or None; the caller sends it."""
        position = self._unannounced_position
        if position is None or self._hint_due_in_s():
            return None
        self._unannounced_position = None
        return Hint(self._channel, position)
