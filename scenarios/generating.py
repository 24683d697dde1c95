"""Without this file an invented log would be written over a real one, or twice."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain

from domain.text import Text
from ledger.append import Append
from ledger.bulk_append import DatedChunk, append_chunks
from ledger.database import Database, Role
from ledger.errors import LedgerError
from ledger.log_reader import LogReader
from ledger.read_connections import ReadConnections
from scenarios.invented_log import FIRST_ON, LAST_ON, InventedLog

OnProgress = Callable[[int, int], None]


class OtherLogError(LedgerError):
    """The ledger holds something else than the beginning of this invented log."""

    code = "ledger-not-empty"

    def __init__(self, ledger: str, position: int) -> None:
        super().__init__(
            Text(
                f"台账 {ledger} 已有 {position} 个事件，不是同一次生成的开头；未作任何更改。"
                "请另选 --ledger，或先用 --delete 删除。",
                f"Ledger {ledger} has {position} events that are not the beginning of this very "
                "log; nothing was changed. Choose another --ledger, or --delete it first.",
            )
        )


def generate(database: Database, log: InventedLog, progress: OnProgress = lambda *_: None) -> int:
    """Record an invented log in an empty ledger, and return its last position. Blocking.

    One transaction for each chunk. What is recorded stays: a run that was cut off is
    completed by the same call, chunk for chunk to the same bytes. A whole log stays as
    it is.

    Args:
        database: A migrated demo's ledger, empty or cut off.
        log: What to record; for the same ledger.
        progress: Takes the days recorded, and of how many.

    Raises:
        OtherLogError: the ledger holds something else; nothing was recorded.
        ValueError: the ledger is no demo's; nothing was recorded.
        LedgerUnavailableError, OutcomeUnknownError: repeat the call.
    """
    connect = partial(database.connect, Role.APP, autocommit=True)
    connections = ReadConnections(connect)
    try:
        reader = LogReader(connections)
        days_len = (LAST_ON - FIRST_ON).days + 1
        chunks = _told(_missing(reader, log), lambda done: progress(done, days_len))
        for _, answer in chain.from_iterable(append_chunks(connect, chunks)):
            if not isinstance(answer, range):
                raise answer
        return reader.read_position()
    finally:
        connections.close()


def _missing(reader: LogReader, log: InventedLog) -> Iterator[DatedChunk]:
    """Yield the chunks that the ledger does not have."""
    position, passed = reader.read_position(), 0
    for chunk in log.chunks():
        if passed >= position:
            yield chunk
            continue
        first_len = len(chunk.appends[0].events)
        if passed == 0 and not _holds(reader, first_len, chunk.appends[0]):
            raise OtherLogError(log.ledger, position)
        passed += sum(len(append.events) for append in chunk.appends)
        if passed > position or (
            passed == position and not _holds(reader, position, chunk.appends[-1])
        ):
            raise OtherLogError(log.ledger, position)
    if passed < position:
        raise OtherLogError(log.ledger, position)


def _holds(reader: LogReader, position: int, append: Append) -> bool:
    """Return whether the last event of an append stands at a position."""
    found, expected = reader.read_log(position - 1, 1), append.events[-1]
    return [(each.originator_id, each.version, each.payload) for each in found] == [
        (expected.originator_id, expected.version, expected.payload)
    ]


def _told(chunks: Iterator[DatedChunk], tell: Callable[[int], None]) -> Iterator[DatedChunk]:
    for chunk in chunks:
        yield chunk
        if chunk.recorded_at is not None:
            tell((chunk.recorded_at.date() - FIRST_ON).days + 1)
