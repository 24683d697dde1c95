"""Without this file the history of another system would take hours to come in."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, LiteralString

import psycopg
from psycopg import Connection

from ledger.admission import Answer, Standing, admit_all
from ledger.append import Append
from ledger.append_transaction import CommitRefusedError
from ledger.batch_commit import Connect
from ledger.copy_text import copy_row
from ledger.errors import LedgerUnavailableError, OutcomeUnknownError
from ledger.header import format_instant
from ledger.inquiry import Inquiry
from ledger.placement import Placement, Row
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
        for chunk in _chunks(appends, chunk_events_len):
            answers = _Chunk(connection, chunk).record()
            yield list(zip(chunk, answers, strict=True))


class _Chunk:
    """One transaction of a bulk import, its rows formatted before the lock is taken."""

    def __init__(self, connection: Connection[tuple[Any, ...]], appends: Sequence[Append]) -> None:
        self._connection = connection
        self._appends = appends
        self._lines = {id(append): [copy_row(row) for row in append.columns] for append in appends}
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
        standing = Inquiry.ask(self._connection, self._appends).standing()
        before_position = standing.position
        answers = admit_all(self._appends, standing)
        if standing.position == before_position:
            self._connection.execute(QUERIES["rollback_chunk"])
            return answers
        self._copy_rows(Placement(self._appends, answers), standing, before_position)
        self._connection.execute(
            QUERIES["update_head"],
            {"position": standing.position, "recorded_at": standing.recorded_at},
        )
        self._commit_sent = True
        tag = self._connection.execute(QUERIES["commit_chunk"]).statusmessage
        if tag != "COMMIT":
            raise CommitRefusedError(tag)
        return answers

    def _copy_rows(self, placement: Placement, standing: Standing, before_position: int) -> None:
        recorded_at = format_instant(standing.recorded_at)
        hashes = placement.leaf_hashes(recorded_at)
        lines = chain.from_iterable(self._lines[id(append)] for append in placement.appends())
        ledger, instant = copy_row([standing.ledger]), recorded_at.encode()
        events = [
            b"%b\t%d\t%b\t\\\\x%b\t%b" % (ledger, position, instant, leaf_hash.hex().encode(), line)
            for position, (leaf_hash, line) in enumerate(
                zip(hashes, lines, strict=True), before_position + 1
            )
        ]
        self._copy(QUERIES["copy_events"], events)
        self._copy(QUERIES["copy_personal_values"], _lines(placement.personal_rows()))
        self._copy(QUERIES["copy_commands"], _lines(placement.command_rows()))
        self._copy(QUERIES["copy_claims"], _lines(placement.claim_rows()))

    def _copy(self, query: LiteralString, lines: Sequence[bytes]) -> None:
        if lines:
            with self._connection.cursor() as cursor, cursor.copy(query) as copy:
                copy.write(b"\n".join(lines) + b"\n")


def _lines(rows: Iterable[Row]) -> list[bytes]:
    return [copy_row(row) for row in rows]


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
