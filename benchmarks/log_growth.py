"""``python -m benchmarks.log_growth``: what an append costs, and how deep its indexes are, by size.

Answers whether the log needs partitions: each size is measured on one log that only grows, and
the last is continued to a thousand million events by the arithmetic of a B-tree, which every
measured size is checked against.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from math import ceil, log
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final, NamedTuple

import psycopg

from benchmarks.arena import Arena, open_arena
from benchmarks.bench import CITY
from benchmarks.command_writers import find_command, ours_writer
from benchmarks.foundation import open_recorder
from benchmarks.generator import LifeSource
from benchmarks.history import History
from benchmarks.writers import measure_writers
from ledger.database import Database
from ledger.queries import load_queries
from scenarios.decided_life import Life, decide_lives
from scenarios.scenario import read_scenario

QUERIES: Final = load_queries("benchmarks", "log_growth")

FAR: Final = 1_000_000_000
"""Events that the figures are continued to: a province for decades."""
SIZES: Final = (100_000, 300_000, 1_000_000)
FULL_SIZES: Final = (*SIZES, 3_000_000, 10_000_000)
SEED: Final = 20260101
_WRITERS: Final = 8
_TURNS: Final = 3
_TURN_S: Final = 2.0
_LINE: Final = "{:>13} {:>11} {:>10} {:>11} {:>9}  {}"
_GIB: Final = 2**30


class Index(NamedTuple):
    """One index of the event table: bytes, pages, and levels above its leaves."""

    name: str
    size_bytes: int
    pages_len: int
    level: int

    def level_at(self, events_len: int, now_len: int) -> int:
        """Return the levels above the leaves at a size, from entries per page at another; pure.

        Inner pages hold as many entries as leaves do: their keys are those of the leaves.
        """
        per_page = now_len / self.pages_len
        return max(0, ceil(log(max(1.0, events_len / per_page), per_page)))


class Growth(NamedTuple):
    """What was measured on a log of one size.

    Attributes:
        events_len: Rows.
        import_rate, append_rate: Events per second in bulk, and one by one from eight writers.
        vacuum_s: Of what was inserted since the size before.
        table_bytes: Without indexes.
        indexes: By name.
    """

    events_len: int
    import_rate: float
    append_rate: float
    vacuum_s: float
    table_bytes: int
    indexes: list[Index]


def measure_growth(
    arena: Arena, lives: Sequence[Life], sizes: Sequence[int], *, turn_s: float = _TURN_S
) -> Iterator[Growth]:
    """Yield what one log costs at each of ascending sizes. Blocking, minutes per million."""
    history = History(arena, read_scenario(CITY), LifeSource(lives, SEED))
    command = find_command(lives)
    for size in sizes:
        rates = list(history.fill(size))
        database = history.grow(size)
        with closing(open_recorder(database)) as recorder:
            appends = [
                measure_writers([ours_writer(recorder, *command) for _ in range(_WRITERS)], turn_s)
                for _ in range(_TURNS)
            ]
        yield _look(database, median(rates), median(appends))


def _look(database: Database, import_rate: float, append_rate: float) -> Growth:
    with psycopg.connect(database.admin_conninfo(), autocommit=True) as connection:
        connection.execute(QUERIES["add_page_inspection"])
        began_at_s = perf_counter()
        connection.execute(QUERIES["vacuum_log"])
        vacuum_s = perf_counter() - began_at_s
        ((events_len, table_bytes),) = connection.execute(QUERIES["read_log_size"])
        indexes = [Index(*row) for row in connection.execute(QUERIES["read_index_sizes"])]
    return Growth(events_len, import_rate, append_rate, vacuum_s, table_bytes, indexes)


def lines(growths: Sequence[Growth]) -> Iterator[str]:
    """Yield the table, and what follows for a thousand million events; pure."""
    yield _LINE.format("events", "import/s", "append/s", "bytes/event", "vacuum s", "index levels")
    for each in growths:
        levels = ", ".join(f"{index.name} {index.level}" for index in each.indexes)
        yield _LINE.format(
            f"{each.events_len:,}",
            f"{each.import_rate:,.0f}",
            f"{each.append_rate:,.0f}",
            f"{each.table_bytes / each.events_len:,.0f}",
            f"{each.vacuum_s:.1f}",
            levels,
        )
    last = growths[-1]
    yield f"Continued from {last.events_len:,} to {FAR:,} events:"
    yield f"  event {last.table_bytes / last.events_len * FAR / _GIB:,.0f} GiB"
    for index in last.indexes:
        foretold = [
            each.indexes[last.indexes.index(index)].level_at(each.events_len, each.events_len)
            for each in growths
        ]
        size_gib = index.size_bytes / last.events_len * FAR / _GIB
        yield (
            f"  {index.name} {size_gib:,.0f} GiB, {index.level_at(FAR, last.events_len)} levels"
            f" (the same arithmetic gives {foretold} above)"
        )


def main(arguments: Sequence[str]) -> int:
    """Measure, print the table and return 0. Blocking."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.log_growth", description=__doc__)
    parser.add_argument("--full", action="store_true", help="up to ten million; takes an hour")
    parser.add_argument("--folder", type=Path, help="where the server's files shall lie")
    asked = parser.parse_args(arguments)
    lives = tuple(decide_lives(read_scenario(CITY)))
    with open_arena(asked.folder) as arena:
        growths = list(measure_growth(arena, lives, FULL_SIZES if asked.full else SIZES))
    print("\n".join(lines(growths)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
