"""Without this file a city could play a demo and never open a ledger of its own."""

from typing import Any

import click

from commands.failures import Exit
from commands.invocation import Invocation
from commands.language import say
from commands.opening import open_ledger
from commands.opening_order import Opening, opening_options
from domain.text import Text

_HELP = Text(
    "建册：设定时区与名称、登记单位、发布并采用规则包。\n\n"
    "可重复运行：已有的不变，文件中新增的单位会补登。单位文件为 TOML，每个单位一个 [[units]]：\n"
    "unit_id、name（中英文）、tier（province、city、county、station）、kind，\n"
    "及可选的 parent、duties。",
    "Open a ledger: its zone and name, its units, the policy pack in force.\n\n"
    "It may be run again: what is there stays, units new in the file are added. The file of units "
    "is TOML, one [[units]] each: unit_id, name (Chinese and English), tier (province, city, "
    "county, station), kind, and optionally parent and duties.",
)


@click.command("open", help=say(_HELP))
@opening_options
@click.pass_obj
def open_books(invocation: Invocation, /, **options: Any) -> Exit:  # noqa: ANN401 - click's own
    """Open the ledger, or add to what it was opened with."""
    opening = Opening.read(**options)
    with open_ledger(invocation, sets_up=True) as database:
        opening.record(database)
    return Exit.DONE
