"""Without this file one question about the past could stall all others with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Lock
from typing import Any, Final

from psycopg import Connection

from api.errors import RequestRefusedError
from api.services import Services
from domain.text import Text
from replay.figures import position_known_at

EVENTS_MAX: Final = 400_000
"""Most events of a log that is folded while a client waits: about three seconds of one core."""


@contextmanager
def replay_turn(
    serving: Services, connection: Connection[Any], known_at: datetime | None
) -> Iterator[None]:
    """Hold the turn of the only replay in this process, where a question needs one.

    Blocking, a few reads by key. It does not wait for its turn: a thread that waits is one
    that other requests lack.

    Args:
        serving: The services.
        connection: One snapshot of the role tz_app.
        known_at: Instant up to which the ledger's knowledge counts; None asks read models.

    Raises:
        RequestRefusedError: ``known-at-too-large``, ``known-at-busy``; nothing was computed.
    """
    if known_at is None:
        yield
        return
    _refuse_large(position_known_at(connection, known_at))
    with one_at_a_time(serving.replays, "known-at-busy"):
        yield


@contextmanager
def one_at_a_time(lock: Lock, code: str) -> Iterator[None]:
    """Hold the turn of the only replay that runs.

    Raises:
        RequestRefusedError: the code; nothing was computed.
    """
    if not lock.acquire(blocking=False):
        text = Text(
            "另一个日志重放正在进行；未返回任何结果，请稍后重试。",
            "another replay of the log is running; nothing was returned, try again in a moment.",
        )
        raise RequestRefusedError(code, text)
    try:
        yield
    finally:
        lock.release()


def _refuse_large(position: int) -> None:
    if position > EVENTS_MAX:
        text = Text(
            f"此时账上已有 {position} 个事件，接口上至多重放 {EVENTS_MAX} 个；未返回任何结果，"
            "请在服务器上运行 taizhang report 并加 --known-at。",
            f"{position} events were on record by then, and at most {EVENTS_MAX} are folded over "
            "the API; nothing was returned, run 'taizhang report' with --known-at on the server.",
        )
        raise RequestRefusedError("known-at-too-large", text)
