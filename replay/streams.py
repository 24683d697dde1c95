"""Without this file each replay would read and fold the petitions of the log in its own way."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any, Final, cast
from uuid import UUID

from psycopg import Connection

from domain.petition import PetitionEvent
from domain.petition_facts import PetitionFacts
from domain.petition_fold import fold
from domain.text import Text
from ledger.errors import LedgerError
from ledger.queries import load_queries
from projections.decoding import CODEC
from replay.ahead import ahead

QUERIES: Final = load_queries("replay", "streams")

PAGE_LEN: Final = 20_000
"""Events in memory at a time, twice over: one page is folded while the next one is read."""

_IDS: Final = 1 << 128
_NAMED_LEN: Final = 1_000

StreamRow = tuple[int, str, int, bytes, int, datetime, bytes]
"""Position, topic, schema version, 16 bytes of the petition's id, version, instant, payload."""


class UnreplayableEventError(LedgerError):
    """An event of the log cannot be applied, so nothing can be rebuilt past it."""

    code = "unreplayable-event"

    def __init__(self, position: int, cause: str) -> None:
        super().__init__(
            Text(
                f"第 {position} 号事件无法应用：{cause}。现有读模型未改动；请升级程序后重试。",
                f"Event {position} cannot be applied: {cause}. The read models are unchanged; "
                "upgrade the program and try again.",
            )
        )
        self.position = position
        self._cause = cause

    def __reduce__(self) -> tuple[type["UnreplayableEventError"], tuple[int, str]]:
        """Let it come back from another process."""
        return UnreplayableEventError, (self.position, self._cause)


class StreamFolder:
    """Folds streams that come one after the other and may be cut by the end of a page."""

    def __init__(self) -> None:
        self._facts: PetitionFacts | None = None
        # A UUID per event would cost as much as folding it.
        self._key = b""
        self._petition_id = UUID(int=0)

    def fold(self, rows: Iterable[StreamRow]) -> list[PetitionFacts]:
        """Return the facts of the petitions that ended within these events.

        Raises:
            UnreplayableEventError: an event cannot be read or applied.
        """
        done: list[PetitionFacts] = []
        facts, key, petition_id = self._facts, self._key, self._petition_id
        decode = CODEC.decode
        for position, topic, schema_version, row_key, version, occurred_at, payload in rows:
            if row_key != key:
                if facts is not None:
                    done.append(facts)
                facts, key, petition_id = None, row_key, UUID(bytes=row_key)
            try:
                event = decode(topic, schema_version, petition_id, version, occurred_at, payload)
                facts = fold(facts, cast("PetitionEvent", event))
            except Exception as error:
                raise UnreplayableEventError(position, describe(error)) from error
        self._facts, self._key, self._petition_id = facts, key, petition_id
        return done

    def finish(self) -> list[PetitionFacts]:
        """Return the facts of the last petition, if there is one."""
        facts, self._facts = self._facts, None
        return [] if facts is None else [facts]


def read_streams(connection: Connection[Any], upto_position: int) -> Iterator[list[StreamRow]]:
    """Yield pages of all petitions, stream by stream in the order of their ids.

    Blocking; the next page is read while the caller works on this one.

    Args:
        connection: Autocommit, or one snapshot; nobody else may use it meanwhile.
        upto_position: Last position to read.
    """
    return ahead(pages_of_range(connection, upto_position, number=0, ranges_len=1))


def pages_of_range(
    connection: Connection[Any], upto_position: int, *, number: int, ranges_len: int
) -> Iterator[list[StreamRow]]:
    """Yield pages of the petitions in one range of ids, stream by stream.

    Blocking, one short query per page. Only the last page has fewer events than
    ``PAGE_LEN``; it may have none.

    Args:
        connection: Autocommit, or one snapshot.
        upto_position: Last position to read.
        number: Which range, from 0 to below ``ranges_len``.
        ranges_len: How many ranges there are.
    """
    parameters: dict[str, object] = {
        "last_id": UUID(int=_IDS * (number + 1) // ranges_len - 1),
        "after_id": UUID(int=_IDS * number // ranges_len),
        "after_version": -1,
        "upto": upto_position,
        "limit": PAGE_LEN,
    }
    rows: list[StreamRow]
    while True:
        with connection.cursor(binary=True) as cursor:
            rows = cursor.execute(QUERIES["read_stream_page"], parameters).fetchall()
        yield rows
        if len(rows) < PAGE_LEN:
            return
        parameters |= {"after_id": UUID(bytes=rows[-1][3]), "after_version": rows[-1][4]}


def read_petitions(connection: Connection[Any], upto_position: int) -> Iterator[PetitionFacts]:
    """Yield what the log up to a position says of every petition, in the order of their ids.

    Blocking; memory is bounded by the page.

    Args:
        connection: Of the role tz_app or tz_projector; nobody else may use it meanwhile.
        upto_position: Last position to read.

    Raises:
        UnreplayableEventError: an event cannot be read or applied.
    """
    folder = StreamFolder()
    for rows in read_streams(connection, upto_position):
        yield from folder.fold(rows)
    yield from folder.finish()


def read_named_petitions(
    connection: Connection[Any], upto_position: int, petition_ids: Collection[UUID]
) -> Iterator[PetitionFacts]:
    """Yield what the log up to a position says of some petitions, in the order of their ids.

    Blocking; one query per thousand petitions.

    Raises:
        UnreplayableEventError: an event cannot be read or applied.
    """
    ids = sorted(petition_ids)
    for start in range(0, len(ids), _NAMED_LEN):
        named = ids[start : start + _NAMED_LEN]
        parameters = {"petition_ids": named, "upto": upto_position}
        with connection.cursor(binary=True) as cursor:
            rows = cursor.execute(QUERIES["read_named_streams"], parameters).fetchall()
        folder = StreamFolder()
        yield from folder.fold(cast("list[StreamRow]", rows))
        yield from folder.finish()


def describe(error: Exception) -> str:
    """Return an error's kind and text; some texts alone say nothing."""
    return f"{type(error).__name__}: {error}"
