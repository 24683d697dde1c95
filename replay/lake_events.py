"""Without this file an offline copy would hold figures but not what they came from."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from psycopg import Connection

from ledger.queries import load_queries
from replay.export_document import Row
from replay.lake_rows import month_of

QUERIES: Final = load_queries("replay", "lake_events")

_PAGE_LEN: Final = 10_000
_RECORDED_AT: Final = 7
_ID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def count_petitions(connection: Connection[Any], position: int) -> int:
    """Return how many petitions the log knows up to a position. Blocking, one query."""
    row = connection.execute(QUERIES["count_petitions"], {"position": position}).fetchone()
    return cast("tuple[int]", row)[0]


def count_events_of(connection: Connection[Any], position: int, streams: Sequence[UUID]) -> int:
    """Return how many events up to a position belong to some streams. Blocking, one query."""
    parameters = {"position": position, "streams": list(streams)}
    row = connection.execute(QUERIES["count_events_of"], parameters).fetchone()
    return cast("tuple[int]", row)[0]


def event_pages(
    connection: Connection[Any], position: int, hidden: Sequence[UUID], zone: ZoneInfo
) -> Iterator[list[Row]]:
    """Yield the log up to a position in pages, in the order of ``EVENT_FIELDS``.

    Blocking; memory is bounded by the page, and none is empty.

    Args:
        connection: One snapshot of the role tz_app.
        position: Last position to read.
        hidden: Streams that are left out.
        zone: Zone of the ledger's days.
    """
    after = 0
    while True:
        found = connection.execute(
            QUERIES["read_event_page"],
            {"after": after, "upto": position, "hidden": list(hidden), "limit": _PAGE_LEN},
        ).fetchall()
        if found:
            after = found[-1][0]
            yield [(month_of(cast("datetime", row[_RECORDED_AT]), zone), *row) for row in found]
        if len(found) < _PAGE_LEN:
            return


def ids_named(payload: str) -> list[str]:
    """Return every id that a payload names, as text; pure."""
    return _ID.findall(payload)
