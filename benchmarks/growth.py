"""Without this file nobody could say whether the log needs partitions.

Depth and size of the event table's indexes are continued to a thousand million events by the
arithmetic of a B-tree, which every measured size is checked against.
"""

from collections.abc import Iterator, Sequence
from math import ceil, log
from time import perf_counter
from typing import Final

import msgspec
import psycopg

from ledger.database import Database
from ledger.queries import load_queries

QUERIES: Final = load_queries("benchmarks", "growth")

FAR: Final = 1_000_000_000
"""Events that the figures are continued to: a province for decades."""
_GIB: Final = 2**30


class Index(msgspec.Struct, frozen=True):
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


class Growth(msgspec.Struct, frozen=True):
    """What was measured on a log of one size.

    Attributes:
        events_len: Rows.
        record_rate, append_rate: Events per second as it was filled, and one by one from
            eight writers.
        vacuum_s: Of all that was inserted, where autovacuum had not been there before.
        table_bytes: Without indexes.
        indexes: By name.
    """

    events_len: int
    record_rate: float
    append_rate: float
    vacuum_s: float
    table_bytes: int
    indexes: tuple[Index, ...]


def look_at_log(database: Database, record_rate: float, append_rate: float) -> Growth:
    """Vacuum a log, and return what it takes. Blocking."""
    with psycopg.connect(database.admin_conninfo(), autocommit=True) as connection:
        connection.execute(QUERIES["add_page_inspection"])
        began_at_s = perf_counter()
        connection.execute(QUERIES["vacuum_log"])
        vacuum_s = perf_counter() - began_at_s
        ((events_len, table_bytes),) = connection.execute(QUERIES["read_log_size"])
        indexes = tuple(Index(*row) for row in connection.execute(QUERIES["read_index_sizes"]))
    return Growth(events_len, record_rate, append_rate, vacuum_s, table_bytes, indexes)


def write_growth(growths: Sequence[Growth]) -> str:
    """Return a table in Markdown, and what follows for a thousand million events; pure.

    Args:
        growths: At least one, the last the largest.
    """
    names = [index.name for index in growths[0].indexes]
    heads = ["events", "recorded/s", "append/s, 8 writers", "bytes/event", "vacuum s"]
    heads += [f"levels of `{name}`" for name in names]
    rows = [heads, ["---"] * len(heads), *map(_cells, growths)]
    table = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([*table, "", *_continued(growths)])


def _cells(growth: Growth) -> list[str]:
    return [
        f"{growth.events_len:,}",
        f"{growth.record_rate:,.0f}",
        f"{growth.append_rate:,.0f}",
        f"{growth.table_bytes / growth.events_len:,.0f}",
        f"{growth.vacuum_s:.1f}",
        *(str(index.level) for index in growth.indexes),
    ]


def _continued(growths: Sequence[Growth]) -> Iterator[str]:
    last = growths[-1]
    size_gib = last.table_bytes / last.events_len * FAR / _GIB
    yield f"Continued from {last.events_len:,} to {FAR:,} events by arithmetic:"
    yield ""
    yield f"- the table: {size_gib:,.0f} GiB"
    for place, index in enumerate(last.indexes):
        foretold = [
            str(each.indexes[place].level_at(each.events_len, each.events_len)) for each in growths
        ]
        size_gib = index.size_bytes / last.events_len * FAR / _GIB
        yield (
            f"- `{index.name}`: {size_gib:,.0f} GiB, {index.level_at(FAR, last.events_len)} levels"
            f" (for the sizes measured, the same arithmetic gives {', '.join(foretold)})"
        )
