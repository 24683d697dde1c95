"""Without this file nobody would notice that the log itself was tampered with."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from typing import Any, Final

from psycopg import Connection

from domain.text import Text
from ledger.database import Database, Role
from ledger.queries import load_queries
from replay.finding import Fault, Finding
from replay.log_page import Checked
from replay.log_stretch import Stretch
from replay.parallel import in_order, without_server
from replay.shadow import Purpose, Shadow

QUERIES: Final = load_queries("replay", "log_check")

STRETCH_LEN: Final = 50_000
"""Events that a process is given at a time: half a second of work, against starting one."""


def check_log(
    database: Database,
    progress: Callable[[int, int], None] = lambda *_: None,
    *,
    jobs: int = 1,
    stretch_len: int = STRETCH_LEN,
) -> tuple[int, Finding | None]:
    """Return the last position of the log that was found right, and its first fault if any.

    Blocking; reads every event and every personal value, and believes no row. The first
    fault is that of the lowest position, whoever shares the work; memory is bounded by two
    pages a process.

    Args:
        database: The ledger.
        progress: Takes how many events are done, and of how many.
        jobs: Processes to share the work, at least 1; a short log needs fewer.
        stretch_len: Events that one of them checks in one go, at least 1.
    """
    with (
        database.connect(Role.APP, autocommit=True) as connection,
        # One query over the whole log takes longer than other roles may.
        Shadow(database, Purpose.VERIFY, ()).connect() as streams,
        ThreadPoolExecutor(1) as beside,
    ):
        ledger, end, recorded_at = _read_head(connection)
        broken = beside.submit(_find_broken_stream, streams, end)
        checked = Checked(0, None, None)
        sent = without_server(database)
        stretches = [
            Stretch(sent, ledger, after, min(after + stretch_len, end))
            for after in range(0, end, stretch_len)
        ]
        with closing(in_order(Stretch.check, stretches, jobs)) as parts:
            for checked in parts:
                if checked.finding is not None:
                    streams.cancel()
                    return checked.position, checked.finding
                progress(checked.position, end)
        if end and checked.recorded_at != recorded_at:
            return end, _head_differs(end)
        return end, broken.result() or _check_tail(connection, end)


def _read_head(connection: Connection[Any]) -> tuple[str, int, datetime]:
    ((ledger, position, recorded_at),) = connection.execute(QUERIES["read_head"])
    return ledger, position, recorded_at


def _find_broken_stream(connection: Connection[Any], end: int) -> Finding | None:
    found = connection.execute(QUERIES["find_broken_stream"], {"upto": end}).fetchone()
    if found is None:
        return None
    position, originator_id, version, previous = found
    return Finding(
        Fault.VERSION_GAP,
        Text(
            f"第 {position} 号事件是 {originator_id} 的第 {version} 版，其前应为第 "
            f"{version - 1} 版，实为第 {previous} 版或位置在后。",
            f"Event {position} is version {version} of {originator_id}; the one before it "
            f"is version {previous}, or stands later in the log.",
        ),
        position=position,
    )


def _check_tail(connection: Connection[Any], end: int) -> Finding | None:
    # Appends go on while we read; whatever lies past the head we saw must follow it.
    later = connection.execute(QUERIES["find_later_event"], {"end": end}).fetchone()
    _, now, _ = _read_head(connection)
    return _head_differs(end) if later is not None and now == end else None


def _head_differs(position: int) -> Finding:
    text = Text(
        f"日志末尾标记（第 {position} 号）与最后一个事件不符。",
        f"The head of the log ({position}) does not match the last event.",
    )
    return Finding(Fault.HEAD_DIFFERS, text, position=position)
