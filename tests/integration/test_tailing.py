"""Eight writers and a reader that tails the log: it misses nothing and sees nothing twice.

``TAIZHANG_TAIL_EVENTS`` says how many events; ``make concurrency`` takes a million.
"""

import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from typing import LiteralString, NamedTuple

import pytest

from ledger.append import prepare_append
from ledger.batch_rows import QUERIES as RECORDING
from ledger.database import Database
from ledger.inquiry import QUERIES
from ledger.premise import LogEnd
from ledger.recorder import LedgerRecorder
from tests.integration.appending import ACT, encoded, open_recorder, stream

WRITERS = 8
EVENTS_PER_APPEND = 4
ENOUGH = 4_000
EVENTS = int(os.environ.get("TAIZHANG_TAIL_EVENTS", ENOUGH))

# Positions that are dense and unique, but given without the lock: what a sequence does.
UNLOCKED: LiteralString = """
SELECT
    ledger,
    (nextval('petition_number_seq') - 1) * 4,
    recorded_at,
    state
FROM head
"""


class Tail(NamedTuple):
    """What a reader saw that went on from the last position it had seen.

    Attributes:
        seen: Events.
        missed: Positions that were not there when a later one was.
        repeated: Positions at or before one seen already.
    """

    seen: int
    missed: int
    repeated: int


def test_tailing_reader_misses_nothing_and_sees_nothing_twice(database: Database) -> None:
    """Whoever has seen n has seen all up to n, beside eight writers on connections of their own."""
    tail = _tail(database, EVENTS)
    print(f"\n{tail.seen:,} events, {tail.missed} missed, {tail.repeated} seen twice")  # noqa: T201 - the figure is what a long run is for
    assert tail == (EVENTS // _ROUND * _ROUND, 0, 0)


def test_tailing_reader_misses_events_of_a_recorder_without_the_lock(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock is what the test above is about: without it the same reader misses events."""
    monkeypatch.setattr("ledger.inquiry.QUERIES", {**QUERIES, "lock_head": UNLOCKED})
    # Without the lock nothing can be presumed of the end of the log, nor held to it.
    monkeypatch.setattr(LogEnd, "presume", lambda *_: None)
    record_batch = RECORDING["record_batch"].replace("EXISTS (SELECT FROM held_premise)", "true")
    monkeypatch.setattr("ledger.batch_rows.QUERIES", {**RECORDING, "record_batch": record_batch})
    tail = _tail(database, ENOUGH)
    print(f"\nwithout the lock {tail.missed} of {ENOUGH:,} missed")  # noqa: T201 - the figure is what a long run is for
    assert tail.missed > 0


_ROUND = WRITERS * EVENTS_PER_APPEND


def _tail(database: Database, events_len: int) -> Tail:
    """Return what a reader saw while so many events were appended, and until all were there."""
    appends_len = events_len // _ROUND
    with ExitStack() as stack, ThreadPoolExecutor(WRITERS) as pool:
        recorders = [
            stack.enter_context(closing(open_recorder(database))) for _ in range(WRITERS + 1)
        ]
        writers = [
            pool.submit(_write, recorder, number, appends_len)
            for number, recorder in enumerate(recorders[:WRITERS])
        ]
        position = seen = missed = repeated = 0
        for found in _positions(recorders[-1], writers):
            seen += 1
            missed += max(0, found - position - 1)
            repeated += found <= position
            position = max(position, found)
        for writer in writers:
            writer.result()
    return Tail(seen, missed, repeated)


def _positions(reader: LedgerRecorder, writers: list[Future[None]]) -> Iterator[int]:
    """Yield positions as a follower reads them, until the writers are done and all is read."""
    position = 0
    while True:
        are_done = all(writer.done() for writer in writers)
        page = reader.log.read_log(position, 1_000)
        for event in page:
            position = event.position
            yield position
        if are_done and not page:
            return


def _write(recorder: LedgerRecorder, number: int, appends_len: int) -> None:
    for first in range(1, appends_len * EVENTS_PER_APPEND, EVENTS_PER_APPEND):
        versions = range(first, first + EVENTS_PER_APPEND)
        events = [encoded(stream(number), version) for version in versions]
        recorder.append(prepare_append("main", events, act=ACT))
