"""Without this file each command that reads would open the ledger in its own way."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from commands.invocation import Invocation
from commands.language import say
from commands.opening import open_ledger
from domain.text import Text

if TYPE_CHECKING:
    from psycopg import Connection

    from ledger.database import Database


@dataclass(frozen=True)
class Reading:
    """One consistent look at a ledger.

    Attributes:
        connection: A read-only transaction of the application's role, one snapshot.
        zone: Zone of the ledger's days.
        now: Aware instant at which the command began.
    """

    connection: "Connection[Any]"
    zone: ZoneInfo
    now: datetime


@contextmanager
def open_reading(invocation: Invocation) -> Iterator[Reading]:
    """Open the ledger for reading and close it afterwards.

    Blocking; starts the embedded server if no other is configured. Says on stderr when
    the read models do not contain the newest events yet.

    Raises:
        StartupError: the database or the ledger in it is not fit.
    """
    with open_ledger(invocation) as database, read_from(database) as reading:
        yield reading


@contextmanager
def read_from(database: "Database") -> Iterator[Reading]:
    """Look at an open ledger; says on stderr when the read models are behind. Blocking."""
    from psycopg import IsolationLevel

    from ledger.database import Role
    from ledger.zone import ledger_zone

    with database.connect(Role.APP) as connection:
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        reading = Reading(connection, ledger_zone(connection), datetime.now(UTC))
        _warn_of_lag(reading)
        yield reading


def _warn_of_lag(reading: Reading) -> None:
    from projections.positions import statuses

    late: dict[int, list[str]] = {}
    for status in statuses(reading.connection):
        if status.stopped_position is not None:
            text = Text(
                f"读模型 {status.model} 停在第 {status.stopped_position} 条事件，"
                "以下数字不含其后的内容。请运行 taizhang doctor。",
                f"Read model {status.model} stopped at event {status.stopped_position}; the "
                "figures contain nothing after it. Run: taizhang doctor",
            )
            click.echo(say(text), err=True)
        elif status.lag:
            late.setdefault(status.lag, []).append(status.model)
    for lag, models in late.items():
        names = ", ".join(models)
        text = Text(
            f"读模型尚缺最新 {lag} 条事件，请运行 taizhang projector：{names}",
            f"Read models lack the newest {lag} events, run taizhang projector: {names}",
        )
        click.echo(say(text), err=True)
