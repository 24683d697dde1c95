"""Without this file an installation could keep one jurisdiction only."""

import click

from commands.language import say
from commands.ledger_create import create
from commands.ledger_list import list_all
from commands.ledger_move import move
from domain.text import Text

_HELP = Text(
    "一套系统中的多个台账（辖区）：每个台账是数据库中的一个模式，互不相干。\n\n"
    "其他命令与服务用 TAIZHANG_LEDGER 选择台账，缺省为 main。",
    "Several ledgers (jurisdictions) in one installation: each is a schema of its own in the "
    "database.\n\nEvery other command, and the API, takes its ledger from TAIZHANG_LEDGER, main "
    "by default.",
)


@click.group(help=say(_HELP))
def ledger() -> None:
    """Group the commands on whole ledgers."""


for _command in (create, list_all, move):
    ledger.add_command(_command)
