"""Without this file a city could play a demo and never open a ledger of its own."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.failures import CommandError, Exit
from commands.invocation import Invocation
from commands.language import say
from commands.opening import open_ledger
from domain.text import Text

if TYPE_CHECKING:
    from domain.pack_content import PackContent

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
_PACK = Text(
    "规则包：随程序的名称（如 s2_quanzhou），或 TOML 文件。",
    "Policy pack: the name of a shipped one, such as s2_quanzhou, or a TOML file.",
)
_UNITS = Text("单位文件（TOML）。", "File of units (TOML).")
_NAME = Text("辖区中文名称。", "Chinese name of the jurisdiction.")
_NAME_EN = Text("辖区英文名称。", "English name of the jurisdiction.")
_ZONE = Text("日期所用时区。", "Zone whose midnights end its days.")
_SIZE_MAX = 1 << 20


@click.command("open", help=say(_HELP))
@click.option("--pack", required=True, metavar="NAME|FILE", help=say(_PACK))
@click.option(
    "--units",
    "units_file",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=say(_UNITS),
)
@click.option("--name", required=True, help=say(_NAME))
@click.option("--name-en", required=True, help=say(_NAME_EN))
@click.option("--zone", default="Asia/Shanghai", show_default=True, help=say(_ZONE))
@click.pass_obj
def open_books(
    invocation: Invocation, *, pack: str, units_file: Path, name: str, name_en: str, zone: str
) -> Exit:
    """Open the ledger, or add to what it was opened with."""
    from datetime import UTC, datetime

    from domain.principal import Principal
    from domain.vocabulary import Role
    from ledger.application import PetitionLedger
    from ledger.foundation import adopt, publish, register_units
    from ledger.foundation import open_ledger as open_roster
    from scenarios.scenario_files import parse_units

    content = _pack(pack)
    units = parse_units(_text(units_file), units_file.name)
    operator = Principal(actor_id="operator", role=Role.ADMIN)
    now = datetime.now(UTC)
    with (
        open_ledger(invocation, sets_up=True) as database,
        PetitionLedger(database, lambda: now) as ledger,
    ):
        open_roster(ledger, zone, Text(name, name_en), operator, now)
        register_units(ledger, units, operator, now)
        publish(ledger, content, operator, now)
        adopt(ledger, content.pack_id, operator, now)
        known = len(ledger.reference.roster().state.units)
    opened = Text(
        f"已建册：{known} 个单位，规则包 {content.reference}。"
        "接下来：taizhang keys add --role admin --name 管理员",
        f"The ledger is open: {known} units, policy pack {content.reference}. "
        "Next: taizhang keys add --role admin --name administrator",
    )
    click.echo(say(opened))
    return Exit.DONE


def _pack(name: str) -> "PackContent":
    from scenarios.pack_files import parse_pack, read_pack

    path = Path(name)
    if path.suffix == ".toml":
        return parse_pack(_text(path), path.name)
    return read_pack(name)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _SIZE_MAX:
            raise _unreadable(path, "大于 1 MiB", "it is larger than 1 MiB")
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise _unreadable(path, "不是 UTF-8", "it is not UTF-8") from error
    except OSError as error:
        raise _unreadable(path, "无法打开", str(error.strerror)) from error


def _unreadable(path: Path, zh: str, en: str) -> CommandError:
    return CommandError(
        Exit.USAGE,
        Text(
            f"无法读取 {path}：{zh}。未作任何记录，请改正文件后重试。",
            f"{path} cannot be read: {en}. Nothing was recorded; correct it and try again.",
        ),
    )
