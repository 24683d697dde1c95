"""Without this file read models would be current only when somebody asks for it."""

import threading
from collections.abc import Callable, Sequence
from typing import Any, Final

import psycopg
from psycopg import Connection, sql

from domain.text import Text
from ledger.startup import StartupError
from projections.engine import Engine
from projections.leader import wait_to_lead
from projections.model import ModelFactory
from projections.models import MODELS
from projections.positions import ModelStatus, statuses

POLL_S: Final = 0.25
"""Longest a recorded event waits to be seen if its hint is lost."""
RETRY_S: Final = 2.0
"""Pause before a lost database is tried again."""

Report = Callable[[Text], None]


def follow(
    connect: Callable[[], Connection[Any]],
    channel: str,
    stop: threading.Event,
    *,
    report: Report,
    factories: Sequence[ModelFactory] = MODELS,
    poll_s: float = POLL_S,
    retry_s: float = RETRY_S,
) -> None:
    """Keep read models current until told to stop.

    Blocking. One instance per ledger leads, the others wait and take over. A hint on
    the channel only shortens the wait: without any, the log is polled. A lost database
    is tried again for as long as it takes.

    Args:
        connect: Returns a new connection in autocommit mode of the role tz_projector.
        channel: Channel of the hints.
        stop: Ends the work, within ``poll_s`` or one batch.
        report: Takes what an operator should know.
        factories: The read models.
        poll_s: Seconds between two looks at the log.
        retry_s: Seconds between two tries to reach the database.
    """
    while not stop.is_set():
        try:
            with connect() as connection:
                if wait_to_lead(connection, stop, poll_s=poll_s):
                    report(_LEADING)
                    _lead(connection, channel, stop, report, factories, poll_s)
        except (psycopg.OperationalError, StartupError) as error:
            report(_lost(error))
            stop.wait(retry_s)


def _lead(
    connection: Connection[Any],
    channel: str,
    stop: threading.Event,
    report: Report,
    factories: Sequence[ModelFactory],
    poll_s: float,
) -> None:
    engine = Engine(connection, factories)
    connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
    told: set[tuple[str, int]] = set()
    while not stop.is_set():
        if engine.step():
            continue
        for status in statuses(connection):
            place = status.stopped_position
            if place is not None and (status.model, place) not in told:
                told.add((status.model, place))
                report(stopped_text(status))
        for _ in connection.notifies(timeout=poll_s, stop_after=1):
            pass


_LEADING: Final = Text("本进程负责更新读模型。", "This process keeps the read models current.")


def _lost(error: Exception) -> Text:
    reason = str(error).strip() or type(error).__name__
    return Text(
        f"数据库没有应答，稍后重试；已写入的内容不受影响：{reason}",
        f"The database does not answer; trying again, what is written stays: {reason}",
    )


def stopped_text(status: ModelStatus) -> Text:
    """Return what an operator should know of a model that stands still; pure."""
    model, position, cause = status.model, status.stopped_position, status.stopped_cause
    return Text(
        f"读模型 {model} 停在第 {position} 号事件之前，其余照常：{cause}。"
        "修复后运行 taizhang projector --retry，或 taizhang replay rebuild。",
        f"Read model {model} stopped before event {position}, the others go on: {cause}. "
        "Once mended run taizhang projector --retry or taizhang replay rebuild.",
    )
