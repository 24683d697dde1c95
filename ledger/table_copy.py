"""Without this file a ledger could not be taken to another database row for row."""

from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any, Final, NamedTuple

from psycopg import Connection, sql

from ledger.queries import load_queries

QUERIES: Final = load_queries("ledger", "table_copy")

Progress = Callable[[int, int], None]

_DIGEST_END: Final = 2**256
_PROGRESS_ROWS_LEN: Final = 10_000


class StoredTable(NamedTuple):
    """A table of a ledger.

    Attributes:
        name: Its name.
        columns: What is stored in it, by name.
        owner: Role that owns it.
    """

    name: str
    columns: list[str]
    owner: str


class TableSum(NamedTuple):
    """What a table holds, whatever the order of its rows.

    Attributes:
        rows: How many.
        digest: Sum of the SHA-256 of each row's text, modulo 2^256.
    """

    rows: int
    digest: int


def list_tables(connection: Connection[Any]) -> list[StoredTable]:
    """Return the tables of the ledger, those that refer to others last; blocking."""
    return [StoredTable(*row) for row in connection.execute(QUERIES["list_tables"])]


def hold_still(connection: Connection[Any], tables: list[StoredTable]) -> None:
    """Begin a snapshot once nobody writes beside the log any more. Blocking.

    The first statements of the caller's transaction. The log is closed by its head, under
    which keys are written too; read models carry their position and may go on.

    Args:
        connection: Of the owner role.
        tables: The tables of the ledger.

    Raises:
        psycopg.errors.LockNotAvailable: a writer did not end within the lock time-out.
    """
    connection.execute(QUERIES["set_snapshot"])
    for table in tables:
        if table.owner == "tz_owner" and table.name != "api_key":
            lock = sql.SQL("LOCK TABLE {} IN SHARE MODE")
            connection.execute(lock.format(sql.Identifier(table.name)))
    be_patient(connection)


def be_patient(connection: Connection[Any]) -> None:
    """Let the caller's transaction run, and wait, for as long as a copy takes."""
    connection.execute(QUERIES["set_patience"])


def copy_tables(
    source: Connection[Any], target: Connection[Any], tables: list[StoredTable], progress: Progress
) -> dict[str, TableSum]:
    """Copy every row, the sequences and the end of the log, and return what was sent.

    Blocking; in the callers' transactions, so that a copy is there as a whole or not at
    all. What the target's tables held before, such as keys of its own, is removed.

    Args:
        source: Of the owner role, in one snapshot.
        target: Of the owner role; its log is empty.
        tables: What to copy, in this order.
        progress: Takes how many events are copied, and of how many.
    """
    ((position, recorded_at),) = source.execute(QUERIES["read_head"])
    for table in reversed(tables):
        if table.name != "event":
            target.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table.name)))
    sums = {}
    for table in tables:
        into = sql.SQL("COPY {} FROM STDIN").format(_of(table))
        shown = progress if table.name == "event" else _no_progress
        with target.cursor().copy(into) as copy:
            total = _Sum()
            for line in _lines(source, table):
                copy.write(line)
                total.add(line)
                if total.rows % _PROGRESS_ROWS_LEN == 0:
                    shown(total.rows, position)
        sums[table.name] = total.result()
    for name, value in source.execute(QUERIES["list_sequences"]).fetchall():
        if value is not None:
            target.execute(QUERIES["set_sequence"], {"sequence": name, "value": value})
    target.execute(QUERIES["update_head"], {"position": position, "recorded_at": recorded_at})
    return sums


def sum_tables(connection: Connection[Any], tables: list[StoredTable]) -> dict[str, TableSum]:
    """Return what each table holds, read anew. Blocking; memory is that of one row."""
    sums = {}
    for table in tables:
        total = _Sum()
        for line in _lines(connection, table):
            total.add(line)
        sums[table.name] = total.result()
    return sums


class _Sum:
    def __init__(self) -> None:
        self.rows = 0
        self._digest = 0

    def add(self, line: bytes) -> None:
        self.rows += 1
        self._digest += int.from_bytes(sha256(line).digest())

    def result(self) -> TableSum:
        return TableSum(self.rows, self._digest % _DIGEST_END)


def _lines(connection: Connection[Any], table: StoredTable) -> Iterator[bytes]:
    """Yield each row of a table as a line of COPY's text form."""
    rest = b""
    with connection.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(_of(table))) as copy:
        for block in copy:
            # The protocol does not promise one row per message.
            *lines, rest = (rest + bytes(block)).split(b"\n")
            for line in lines:
                yield line + b"\n"


def _of(table: StoredTable) -> sql.Composed:
    columns = sql.SQL(", ").join(map(sql.Identifier, table.columns))
    return sql.SQL("{} ({})").format(sql.Identifier(table.name), columns)


def _no_progress(done: int, total: int) -> None:
    del done, total
