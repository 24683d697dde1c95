"""Without this file live commands could not be recorded in a log that read models are made of."""

from collections.abc import Callable, Sequence
from itertools import count, cycle
from typing import Final

from benchmarks.command_writers import find_command, record_command
from benchmarks.generator import EncodedLife, LifeSource
from benchmarks.history import import_lives
from ledger.codec import EncodedEvent
from ledger.recorder import LedgerRecorder
from scenarios.decided_life import DecidedEvent, Life, until_in_progress

PETITIONS_PER_WRITER: Final = 25

Append = Callable[[], int]
"""Appends one event and returns its position once it is durable."""


def open_petitions(
    recorder: LedgerRecorder, lives: Sequence[Life], seed: int, writers_len: int
) -> list[Append]:
    """Record petitions that are being handled, and return what goes on with them. Blocking.

    Each writer has petitions of its own, and adds one step of progress to one after the other.

    Args:
        recorder: Of the ledger; no petition of this seed is in it.
        lives: Decided, some of which come to be handled.
        seed: Of the draws.
        writers_len: How many writers.
    """
    beginnings = [life for life in map(until_in_progress, lives) if life]
    source, command = LifeSource(beginnings, seed), find_command(lives)
    parts = [
        [source.draw_encoded() for _ in range(PETITIONS_PER_WRITER)] for _ in range(writers_len)
    ]
    import_lives(recorder, [life for part in parts for life in part])
    return [_append_to(recorder, command, part) for part in parts]


def _append_to(
    recorder: LedgerRecorder, command: tuple[DecidedEvent, EncodedEvent], lives: list[EncodedLife]
) -> Append:
    streams = cycle([(life.petition_id, count(life.events[-1][0].version + 1)) for life in lives])

    def append() -> int:
        stream, versions = next(streams)
        return record_command(recorder, command, stream, next(versions))

    return append
