"""Without this file the history of another system would take hours to come in."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from time import perf_counter
from typing import NamedTuple

import psycopg

from ledger.admission import Answer
from ledger.append import Append
from ledger.append_session import AppendSession
from ledger.append_transaction import AppendTransaction, CommitRefusedError
from ledger.batch_commit import Connect, is_own_fault
from ledger.bulk_pace import BulkPace
from ledger.errors import LedgerUnavailableError, OutcomeUnknownError

CHUNK_EVENTS_MAX = 5_000
"""Most events under one append lock; how many it is, ``BulkPace`` says."""

CHUNK_EVENTS_LEN = 1_000
CHUNK_BYTES_MAX = 16 * 2**20


def append_in_bulk(
    connect: Connect, appends: Iterable[Append], *, chunk_events_len: int = CHUNK_EVENTS_LEN
) -> Iterator[list[tuple[Append, Answer]]]:
    """Record many appends, and yield each chunk with its answers once it is durable.

    One transaction and one append lock per chunk; live appends go in between, and the next
    chunk is made ready while the server writes. What a
    chunk was answered stays, so an import that was cut off is resumed by repeating it:
    an append whose key has an answer is told so by ``KeyTakenError`` and not recorded
    again. A refusal concerns its own append alone. Blocking.

    Args:
        connect: Returns a new connection in autocommit mode for role tz_app.
        appends: In the order they are to be recorded; give each a command key.
        chunk_events_len: Most events per chunk, 1 to ``CHUNK_EVENTS_MAX``; fewer where a
            chunk holds the append lock too long. An append is never divided.

    Raises:
        LedgerUnavailableError: this chunk is not recorded, those yielded are.
        OutcomeUnknownError: the connection broke during the commit of this chunk.
        ValueError: ``chunk_events_len`` or an append is out of bounds.
    """
    if not 1 <= chunk_events_len <= CHUNK_EVENTS_MAX:
        raise ValueError(f"chunk_events_len {chunk_events_len} is not 1 to {CHUNK_EVENTS_MAX}")
    pace = BulkPace(chunk_events_len)
    chunks = (DatedChunk(None, chunk) for chunk in _chunks(appends, pace))
    yield from append_chunks(connect, chunks, pace)


class DatedChunk(NamedTuple):
    """Appends that are recorded in one transaction.

    Attributes:
        recorded_at: Aware instant they are recorded at; None for the ledger's clock.
        appends: In the order they are to be recorded, at least one.
    """

    recorded_at: datetime | None
    appends: Sequence[Append]


def append_chunks(
    connect: Connect, chunks: Iterable[DatedChunk], pace: BulkPace | None = None
) -> Iterator[list[tuple[Append, Answer]]]:
    """Record chunks, each in one transaction; see ``append_in_bulk``. Blocking.

    Args:
        connect: Returns a new connection in autocommit mode for role tz_app.
        chunks: Each of at most ``CHUNK_EVENTS_MAX`` events.
        pace: Told how long each chunk held the append lock, where chunks heed it.

    Raises:
        ValueError: a chunk says when it was recorded, and the ledger is no demo's.
    """
    try:
        session = AppendSession(connect())
    except psycopg.Error as error:
        raise LedgerUnavailableError(str(error).strip()) from error
    with session.connection:
        left = iter(chunks)
        following = _Following(left)
        while following.chunk:
            chunk = following.chunk
            answers, following, held_s = _record(session, chunk, left)
            if pace is not None:
                pace.note(sum(len(append.events) for append in chunk.appends), held_s)
            yield list(zip(chunk.appends, answers, strict=True))
        if following.failure:
            raise following.failure


class _Following:
    """The next chunk, or why there is none: what was sent before must be settled first."""

    def __init__(self, chunks: Iterator[DatedChunk]) -> None:
        self.chunk: DatedChunk | None = None
        self.failure: Exception | None = None
        try:
            self.chunk = next(chunks, None)
        except Exception as failure:  # noqa: BLE001 - raised once the chunk before is answered
            self.failure = failure


def _record(
    session: AppendSession, chunk: DatedChunk, chunks: Iterator[DatedChunk]
) -> tuple[list[Answer], _Following, float]:
    """Return the answers of a chunk, the next one, and the seconds that this one took.

    The next one is made ready while the server writes, which does not count.
    """
    transaction = AppendTransaction(session, chunk.recorded_at)
    try:
        with session.exchange:
            began_at_s = perf_counter()
            answers = transaction.send(chunk.appends)
            sent_at_s = perf_counter()
            following = _Following(chunks)
            ready_at_s = perf_counter()
            transaction.confirm()
            held_s = perf_counter() - ready_at_s + sent_at_s - began_at_s
    except CommitRefusedError as error:
        raise LedgerUnavailableError(str(error)) from error
    except psycopg.Error as error:
        # The caller closes the connection, and with it ends the transaction.
        if not transaction.commit_sent or is_own_fault(error):
            raise LedgerUnavailableError(str(error).strip()) from error
        raise OutcomeUnknownError(str(error).strip()) from error
    return answers, following, held_s


def _chunks(appends: Iterable[Append], pace: BulkPace) -> Iterator[list[Append]]:
    chunk: list[Append] = []
    chunk_events_len = chunk_bytes_len = 0
    for append in appends:
        if len(append.events) > CHUNK_EVENTS_MAX:
            raise ValueError(f"an append holds at most {CHUNK_EVENTS_MAX} events")
        bytes_len = sum(len(event.payload) for event in append.events)
        is_full = (
            chunk_events_len + len(append.events) > pace.events_len
            or chunk_bytes_len + bytes_len > CHUNK_BYTES_MAX
        )
        if chunk and is_full:
            yield chunk
            chunk, chunk_events_len, chunk_bytes_len = [], 0, 0
        chunk.append(append)
        chunk_events_len += len(append.events)
        chunk_bytes_len += bytes_len
    if chunk:
        yield chunk
