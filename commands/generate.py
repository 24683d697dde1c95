"""Without this file nobody could try the program at the size of their own city."""

from typing import TYPE_CHECKING

import click

from commands.failures import Exit
from commands.invocation import Invocation
from commands.language import say
from domain.text import Text

if TYPE_CHECKING:
    from ledger.database import Database

_PREFIX = "demo_"
_PETITIONS_MAX = 10_000_000
_ABOUT = Text(
    "生成虚构诉求，用于试用、压力测试与演练。\n\n"
    "每件诉求都经同一套规则裁定；同一种子与件数生成逐字节相同的日志。"
    "只写入名称以 demo_ 开头的空台账，日志首个事件即注明“虚构数据”。中断后重复同一命令即可续写。",
    "Invent petitions, to try the program, load it or rehearse.\n\n"
    "Each of them was decided by the rules; the same seed and number give the same log byte for "
    "byte. Only an empty ledger named demo_… is written to, and its first event says that all of "
    "it is invented. A run that was cut off is completed by the same command.",
)
_PETITIONS = Text("诉求件数。", "How many petitions.")
_SEED = Text("随机种子。", "What every chance follows from.")
_LEDGER = Text(
    "写入的台账，须以 demo_ 开头。", "The ledger to write to; its name begins with demo_."
)
_JOBS = Text("重建读模型的进程数。", "Processes that make the read models.")
_DELETE = Text("删除该台账，然后结束。", "Delete that ledger, then stop.")
_TITLE = "虚构数据，请勿用于实际业务 / invented data, not for production"


def _check_name(_: click.Context, __: click.Parameter, name: str) -> str:
    from ledger.removal import REMOVABLE_PREFIX

    if not name.startswith(REMOVABLE_PREFIX):
        text = Text(
            f"台账名须以 {REMOVABLE_PREFIX} 开头，以免与真实数据混淆；未作任何更改",
            f"the ledger's name must begin with {REMOVABLE_PREFIX}, so that nobody takes it for "
            "real; nothing was changed",
        )
        raise click.BadParameter(say(text))
    return name


@click.command(help=say(_ABOUT))
@click.option("--petitions", type=click.IntRange(1, _PETITIONS_MAX), help=say(_PETITIONS))
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help=say(_SEED))
@click.option(
    "--ledger",
    default=f"{_PREFIX}generated",
    show_default=True,
    callback=_check_name,
    help=say(_LEDGER),
)
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help=say(_JOBS))
@click.option("--delete", "is_removal", is_flag=True, help=say(_DELETE))
@click.pass_obj
def generate(
    invocation: Invocation,
    *,
    petitions: int | None,
    seed: int,
    ledger: str,
    jobs: int,
    is_removal: bool,
) -> Exit:
    """Invent a log, make its read models, and say where it is."""
    from dataclasses import replace

    from ledger.database import open_database
    from ledger.settings import DatabaseSettings

    if petitions is None and not is_removal:
        raise click.UsageError(
            say(Text("请用 --petitions 给出件数", "say how many by --petitions"))
        )
    settings = replace(DatabaseSettings.from_env(invocation.environ), ledger=ledger)
    with open_database(settings) as database:
        if petitions is None or is_removal:
            return _remove(database)
        click.echo("\n".join(_generate(database, petitions, seed, jobs)))
    return Exit.DONE


def _generate(database: "Database", petitions: int, seed: int, jobs: int) -> list[str]:
    from commands.aligned import box
    from commands.progress import show_progress
    from ledger.migrate import migrate
    from ledger.migration_plan import check, plan
    from replay.rebuild import rebuild
    from scenarios.generating import generate as generate_log
    from scenarios.invented_log import LAST_ON, InventedLog

    if plan(database).pending:
        migrate(database)
    check(database)
    log = InventedLog(petitions, seed, database.ledger)
    with show_progress(say(Text("生成（天）", "Inventing (days)"))) as progress:
        position = generate_log(database, log, progress)
    with show_progress(say(Text("建立读模型", "Making read models"))) as progress:
        rebuild(database, jobs=jobs, progress=progress)
    ours = f"TAIZHANG_LEDGER={database.ledger} taizhang"
    delete = f"taizhang generate --ledger {database.ledger} --delete"
    return [
        *box(_TITLE),
        say(
            Text(
                f"台账 {database.ledger}：{petitions:,} 件虚构诉求，{position:,} 个事件",
                f"Ledger {database.ledger}: {petitions:,} invented petitions, {position:,} events",
            )
        ),
        say(Text("接下来可以：", "Next:")),
        f"  {ours} report closure --by unit --as-of {LAST_ON}",
        f"  {ours} serve",
        f"{say(Text('删除', 'To delete it'))}: {delete}",
    ]


def _remove(database: "Database") -> Exit:
    from ledger.removal import remove_demo

    if remove_demo(database):
        click.echo(say(Text("虚构数据已删除。", "The invented data were deleted.")))
    else:
        click.echo(say(Text("没有虚构数据，未作更改。", "There are no invented data to delete.")))
    return Exit.DONE
