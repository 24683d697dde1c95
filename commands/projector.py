"""Without this file nobody could run the read models apart from the API."""

import signal
import threading
from typing import TYPE_CHECKING

import click

from commands.failures import Exit
from commands.invocation import Invocation
from commands.language import say
from commands.opening import open_ledger
from domain.text import Text

if TYPE_CHECKING:
    from ledger.database import Database

_HELP = Text(
    "持续更新读模型，直至中断。可同时运行多个：一个工作，其余待命接替。",
    "Keep the read models current until interrupted. Several may run: one works, the others "
    "wait to take over.",
)
_RETRY = Text(
    "先让停下的读模型从原处重试。",
    "First let stopped read models try again from where they are.",
)
_ONCE = Text("更新到日志末尾后退出。", "Stop once the end of the log is reached.")
_CHECK = Text(
    "只检查是否有进程在更新、有无停下的读模型；供健康检查用。",
    "Only check that some projector leads and no read model has stopped; for health checks.",
)


@click.command(help=say(_HELP))
@click.option("--retry", is_flag=True, help=say(_RETRY))
@click.option("--once", is_flag=True, help=say(_ONCE))
@click.option("--check", "is_check", is_flag=True, help=say(_CHECK))
@click.pass_obj
def projector(invocation: Invocation, *, retry: bool, once: bool, is_check: bool) -> int:
    """Follow the log and update the read models."""
    from ledger.database import Role
    from ledger.server_guard import guard_server
    from projections.following import follow
    from projections.positions import resume_models

    with open_ledger(invocation) as database:
        if is_check:
            return _look(database)
        if retry:
            with database.connect(Role.PROJECTOR, autocommit=True) as connection:
                _say(_resumed(resume_models(connection)))
        if once:
            return _catch_up(database)
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        with guard_server(database.server):
            follow(
                lambda: database.connect(Role.PROJECTOR, autocommit=True),
                database.schema,
                stop,
                report=_say,
            )
    return Exit.DONE


def _catch_up(database: "Database") -> int:
    """Apply all there is, say where every model stands, and return the exit code."""
    from ledger.database import Role
    from projections.engine import Engine
    from projections.following import stopped_text
    from projections.models import MODELS
    from projections.positions import statuses

    with database.connect(Role.PROJECTOR, autocommit=True) as connection:
        Engine(connection, MODELS).catch_up()
        found = statuses(connection)
    for status in found:
        _say(
            Text(
                f"{status.model}：第 {status.position} 号事件",
                f"{status.model}: event {status.position}",
            )
        )
        if status.stopped_position is not None:
            _say(stopped_text(status))
    return Exit.FINDING if any(status.stopped_cause for status in found) else Exit.DONE


def _look(database: "Database") -> int:
    """Say what keeps the read models from following the log, and return the exit code."""
    from ledger.database import Role
    from projections.following import stopped_text
    from projections.leader import is_led
    from projections.positions import statuses

    with database.connect(Role.PROJECTOR, autocommit=True) as connection:
        found = [
            stopped_text(status)
            for status in statuses(connection)
            if status.stopped_position is not None
        ]
        if not is_led(connection):
            found.append(_NOBODY_LEADS)
    for text in found:
        _say(text)
    return Exit.FINDING if found else Exit.DONE


_NOBODY_LEADS = Text(
    "没有进程在更新读模型；事件照常入账。请启动 taizhang projector。",
    "Nobody keeps the read models current; events are recorded as ever. Start: taizhang projector",
)


def _say(text: Text) -> None:
    click.echo(say(text), err=True)


def _resumed(models: list[str]) -> Text:
    if not models:
        return Text("没有停下的读模型。", "No read model had stopped.")
    names = ", ".join(models)
    return Text(f"从原处重试：{names}", f"Trying again from where they are: {names}")
