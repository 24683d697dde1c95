"""Without this file nobody would see a log outgrow its disk or its memory before it does."""

from typing import Any, Final, NamedTuple

from psycopg import Connection

from domain.text import Text
from ledger.queries import load_queries

QUERIES: Final = load_queries("ledger", "sizes")

_MIB: Final = 2**20


class LogSize(NamedTuple):
    """How much room one table or index of the log takes.

    Attributes:
        name: As the server has it.
        is_index: Or else a table, with its overlong values and maps.
        size_bytes: On disk.
    """

    name: str
    is_index: bool
    size_bytes: int


def read_sizes(connection: Connection[Any]) -> list[LogSize]:
    """Return the tables of the log, then their indexes, largest first. Blocking, one query."""
    return [LogSize(*row) for row in connection.execute(QUERIES["read_sizes"]).fetchall()]


def sizes_text(sizes: list[LogSize]) -> Text:
    """Return sizes as one line for people; pure."""
    tables, indexes = (
        "、".join(_size(size) for size in sizes if size.is_index is is_index)
        for is_index in (False, True)
    )
    return Text(
        f"日志表：{tables}；索引：{indexes}",
        f"tables of the log: {tables}; indexes: {indexes}".replace("、", ", "),
    )


def _size(size: LogSize) -> str:
    return f"{size.name} {size.size_bytes / _MIB:,.1f} MiB"
