"""Without this file the history of another system would take hours to come in."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, LiteralString

import psycopg
from psycopg import Connection

from ledger.admission import Answer, Standing, admit_all
from ledger.append import Append
from ledger.append_transaction import CommitRefusedError
from ledger.batch_commit import Connect
from ledger.binary_row import CLAIM_ROW, COMMAND_ROW, EVENT_ROW, PERSONAL_ROW, Fields, RowShape
from ledger.errors import LedgerUnavailableError, OutcomeUnknownError
from ledger.exchange import Exchange
from ledger.inquiry import Inquiry
from ledger.placement import Placement
from ledger.queries import load_queries

QUERIES = load_queries("ledger", "bulk_append")

CHUNK_EVENTS_MAX = 5_000
"""Most events under one append lock, so that a live append never waits over 250 ms."""

CHUNK_EVENTS_LEN = 1_000
CHUNK_BYTES_MAX = 16 * 2**20


def append_in_bulk(
    connect: Connect, appends: Iterable[Append], *, chunk_events_len: int = CHUNK_EVENTS_LEN
) -> Iterator[list[tuple[Append, Answer]]]:
    """Record many appends by COPY, and yield each chunk with its answers once it is durable.

    One transaction and one append lock per chunk; live appends go in between. What a
    chunk was answered stays, so an import that was cut off is resumed by repeating it:
    an append whose key has an answer is told so by ``KeyTakenError`` and not recorded
    again. A refusal concerns its own append alone. Blocking.

    Args:
        connect: Returns a new connection in autocommit mode for role tz_app.
        appends: In the order they are to be recorded; give each a command key.
        chunk_events_len: Events per chunk, 1 to ``CHUNK_EVENTS_MAX``; an append is
            never divided.

    Raises:
        LedgerUnavailableError: this chunk is not recorded, those yielded are.
        OutcomeUnknownError: the connection broke during the commit of this chunk.
        ValueError: ``chunk_events_len`` or an append is out of bounds.
    """
    if not 1 <= chunk_events_len <= CHUNK_EVENTS_MAX:
        raise ValueError(f"chunk_events_len {chunk_events_len} is not 1 to {CHUNK_EVENTS_MAX}")
    try:
        connection = connect()
    except psycopg.Error as error:
        raise LedgerUnavailableError(str(error).strip()) from error
    with connection:
        exchange = Exchange(connection)
        for chunk in _chunks(appends, chunk_events_len):
            answers = _Chunk(connection, exchange, chunk).record()
            yield list(zip(chunk, answers, strict=True))


class _Chunk:
    """One transaction of a bulk import."""

    def __init__(
        self,
        connection: Connection[tuple[Any, ...]],
        exchange: Exchange,
        appends: Sequence[Append],
    ) -> None:
        self._connection = connection
        self._exchange = exchange
        self._appends = appends
        self._commit_sent = False

    def record(self) -> list[Answer]:
        try:
            return self._record()
        except CommitRefusedError as error:
            raise LedgerUnavailableError(str(error)) from error
        except psycopg.Error as error:
            if not self._commit_sent:
                # The caller closes the connection, and with it ends the transaction.
                raise LedgerUnavailableError(str(error).strip()) from error
            raise OutcomeUnknownError(str(error).strip()) from error

    def _record(self) -> list[Answer]:
        with self._exchange as exchange:
            standing = Inquiry.send(exchange, self._appends).receive(exchange)
        before_position = standing.position
        answers = admit_all(self._appends, standing)
        if standing.position == before_position:
            self._connection.execute(QUERIES["rollback_chunk"])
            return answers
        self._copy_rows(Placement(self._appends, answers), standing)
        self._connection.execute(
            QUERIES["update_head"],
            {"position": standing.position, "recorded_at": standing.recorded_at},
        )
        self._commit_sent = True
        tag = self._connection.execute(QUERIES["commit_chunk"]).statusmessage
        if tag != "COMMIT":
            raise CommitRefusedError(tag)
        return answers

    def _copy_rows(self, placement: Placement, standing: Standing) -> None:
        events = placement.event_rows(standing.ledger, standing.recorded_at)
        self._copy(QUERIES["copy_events"], EVENT_ROW, events)
        self._copy(QUERIES["copy_personal_values"], PERSONAL_ROW, placement.personal_rows())
        self._copy(QUERIES["copy_commands"], COMMAND_ROW, placement.command_rows())
        self._copy(QUERIES["copy_claims"], CLAIM_ROW, placement.claim_rows())

    def _copy(self, query: LiteralString, shape: RowShape, rows: Sequence[Fields]) -> None:
        if rows:
            with self._connection.cursor() as cursor, cursor.copy(query) as copy:
                copy.write(shape.copied(rows))


def _chunks(appends: Iterable[Append], events_len: int) -> Iterator[list[Append]]:
    chunk: list[Append] = []
    chunk_events_len = chunk_bytes_len = 0
    for append in appends:
        if len(append.events) > CHUNK_EVENTS_MAX:
            raise ValueError(f"an append holds at most {CHUNK_EVENTS_MAX} events")
        bytes_len = sum(len(event.payload) for event in append.events)
        is_full = (
            chunk_events_len + len(append.events) > events_len
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
