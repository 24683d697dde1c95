"""Without this file a ledger could leave its server only by hand."""

from typing import TYPE_CHECKING

import click

from commands.failures import CommandError, Exit
from commands.invocation import Invocation
from commands.language import say
from commands.ledger_name import settings_of
from domain.text import Text

if TYPE_CHECKING:
    from ledger.settings import DatabaseSettings

_HELP = Text(
    "把台账迁至另一数据库或服务器，由 TAIZHANG_TARGET_DSN（或 TAIZHANG_TARGET_DSN_FILE 所指的文件）"
    "指定；角色各有登录时另设 TAIZHANG_TARGET_OWNER_DSN、…_PROJECTOR_DSN、…_ADMIN_DSN。\n\n"
    "迁移期间照常可读，不再记录；逐行核对后才在新处启用。"
    "任何时候中断都不丢内容：再次运行即继续，或用 --take-back 恢复使用。",
    "Take a ledger to another database or server, named by TAIZHANG_TARGET_DSN (or by the file "
    "that TAIZHANG_TARGET_DSN_FILE names); where roles have logins of their own also by "
    "TAIZHANG_TARGET_OWNER_DSN, …_PROJECTOR_DSN and …_ADMIN_DSN.\n\n"
    "Meanwhile it can be read and records nothing; it opens there once every row was compared. "
    "Interrupted at any point nothing is lost: run it again, or reopen it with --take-back.",
)
_TAKE_BACK = Text("取消未完成的迁移，恢复使用。", "Give up an unfinished move and reopen it here.")
_NO_TARGET = Text(
    "未指定目标数据库。未作任何更改；请设置 TAIZHANG_TARGET_DSN 或 TAIZHANG_TARGET_DSN_FILE。",
    "No target was named. Nothing was changed; set TAIZHANG_TARGET_DSN or "
    "TAIZHANG_TARGET_DSN_FILE.",
)


_CUT_OFF = Text(
    "迁移中断；内容都在。若 taizhang ledger list 显示“迁出中”，请再次运行本命令以继续，"
    "或加 --take-back 恢复使用。",
    "The move was cut off; nothing is lost. If 'taizhang ledger list' shows the ledger as moving, "
    "run this command again to finish, or with --take-back to reopen it.",
)


@click.command("move", help=say(_HELP))
@click.argument("ledger", metavar="LEDGER")
@click.option("--take-back", "is_taken_back", is_flag=True, help=say(_TAKE_BACK))
@click.pass_obj
def move(invocation: Invocation, *, ledger: str, is_taken_back: bool) -> Exit:
    """Move a ledger, or give an unfinished move up."""
    settings = settings_of(invocation, ledger)
    if is_taken_back:
        _take_back(settings)
        return Exit.DONE
    target = settings_of(invocation, ledger, "TAIZHANG_TARGET_")
    if target.dsn is None:
        raise CommandError(Exit.USAGE, _NO_TARGET)
    _move(settings, target)
    return Exit.DONE


def _move(settings: "DatabaseSettings", target: "DatabaseSettings") -> None:
    from psycopg import Error

    from commands.progress import show_progress
    from ledger.database import open_database
    from replay.move import move as move_ledger

    with open_database(settings) as here, open_database(target) as there:
        try:
            with show_progress(say(Text("迁移", "Moving"))) as progress:
                moved = move_ledger(here, there, progress=progress)
        except (Error, KeyboardInterrupt):
            click.echo(say(_CUT_OFF), err=True)
            raise
    click.echo(
        say(
            Text(
                f"台账 {moved.ledger} 已迁至 {moved.elsewhere}，日志至第 {moved.position} 号事件，"
                "逐行核对无误；原处已关闭，仍可读。"
                "接下来：把各进程的 TAIZHANG_DSN 改为新库并重启，再运行 taizhang replay verify。",
                f"Ledger {moved.ledger} now lives at {moved.elsewhere}, its log up to event "
                f"{moved.position}, every row compared; here it is closed and can be read. Next: "
                "point TAIZHANG_DSN of its processes there and restart them, then run taizhang "
                "replay verify.",
            )
        )
    )


def _take_back(settings: "DatabaseSettings") -> None:
    from ledger.database import open_database
    from replay.move import take_back

    with open_database(settings) as here:
        place = take_back(here)
    if place.elsewhere is None:
        text = Text("台账并未迁移，未作更改。", "The ledger was not being moved; nothing changed.")
    else:
        text = Text(
            f"台账 {settings.ledger} 已恢复使用；{place.elsewhere} 上若有副本，则一直关闭。",
            f"Ledger {settings.ledger} is open again; a copy at {place.elsewhere}, if there is "
            "one, stays closed.",
        )
    click.echo(say(text))
