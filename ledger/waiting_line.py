"""Without this file callers could not hand their appends to the one thread that commits."""

import threading
from collections import deque

import msgspec

from ledger.admission import Answer
from ledger.append import Append
from ledger.errors import LedgerClosedError


class AppenderLimits(msgspec.Struct, frozen=True):
    """Bounds of the group commit.

    Attributes:
        commands_max: Appends in one transaction.
        events_max: Events in one transaction.
        bytes_max: Payload bytes in one transaction.
        notify_every_s: From a commit to its hint to followers, and so the shortest time
            between two hints, seconds.
        answer_timeout_s: How long a caller waits for its answer, seconds.
    """

    commands_max: int = 500
    events_max: int = 5_000
    bytes_max: int = 16 * 2**20
    notify_every_s: float = 0.005
    answer_timeout_s: float = 60.0


class Ticket:
    """One caller's append, and the lock the caller waits on until the answer is there."""

    __slots__ = ("_answered", "answer", "append", "bytes_len", "events_len")

    def __init__(self, append: Append) -> None:
        self.append = append
        self.events_len = len(append.events)
        self.bytes_len = sum(len(event.payload) for event in append.events)
        self.answer: Answer | None = None
        self._answered = threading.Lock()
        self._answered.acquire()

    def give(self, answer: Answer) -> None:
        """Let the caller go on with its answer; called once."""
        self.answer = answer
        self._answered.release()

    def wait(self, timeout_s: float) -> bool:
        """Block until the answer is there, and return False where it is late."""
        return self._answered.acquire(timeout=timeout_s)


class WaitingLine:
    """Tickets in the order they came, taken in bounded batches. Safe between threads."""

    def __init__(self, limits: AppenderLimits) -> None:
        self._limits = limits
        self._tickets: deque[Ticket] = deque()
        self._changed = threading.Condition()
        self._closed = False

    @property
    def is_empty(self) -> bool:
        """Whether nobody waits just now; who waits stays until taken, or until the line closes."""
        return not self._tickets

    def join(self, ticket: Ticket) -> None:
        """Add a ticket at the end.

        Raises:
            LedgerClosedError: the line is closed.
        """
        with self._changed:
            if self._closed:
                raise LedgerClosedError
            self._tickets.append(ticket)
            self._changed.notify()

    def take(self, timeout_s: float | None) -> list[Ticket] | None:
        """Return what waits, as much as one transaction may hold.

        Blocks until there is something, at most ``timeout_s``; then the batch is
        empty. Never waits for more than the first. None once the line is closed.
        """
        limits = self._limits
        with self._changed:
            while not self._tickets and not self._closed:
                if not self._changed.wait(timeout_s):
                    return []
            if self._closed:
                return None
            batch = [self._tickets.popleft()]
            events_len, bytes_len = batch[0].events_len, batch[0].bytes_len
            while self._tickets and len(batch) < limits.commands_max:
                events_len += self._tickets[0].events_len
                bytes_len += self._tickets[0].bytes_len
                if events_len > limits.events_max or bytes_len > limits.bytes_max:
                    break
                batch.append(self._tickets.popleft())
            return batch

    def close(self) -> None:
        """Take no more tickets and answer those that wait with a refusal."""
        with self._changed:
            self._closed = True
            left = list(self._tickets)
            self._tickets.clear()
            self._changed.notify_all()
        for ticket in left:
            ticket.give(LedgerClosedError())
