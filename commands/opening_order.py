"""Without this file two commands would open a ledger in two ways."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.failures import CommandError, Exit
from commands.language import say
from commands.option_list import with_options
from domain.text import Text

if TYPE_CHECKING:
    from domain.pack_content import PackContent
    from domain.roster import Unit
    from ledger.database import Database

_PACK = Text(
    "规则包：随程序的名称（如 s2_quanzhou），或 TOML 文件。",
    "Policy pack: the name of a shipped one, such as s2_quanzhou, or a TOML file.",
)
_UNITS = Text("单位文件（TOML）。", "File of units (TOML).")
_NAME = Text("辖区中文名称。", "Chinese name of the jurisdiction.")
_NAME_EN = Text("辖区英文名称。", "English name of the jurisdiction.")
_ZONE = Text("日期所用时区。", "Zone whose midnights end its days.")
_SIZE_MAX = 1 << 20


opening_options = with_options(
    click.option("--pack", required=True, metavar="NAME|FILE", help=say(_PACK)),
    click.option(
        "--units",
        "units_file",
        required=True,
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help=say(_UNITS),
    ),
    click.option("--name", required=True, help=say(_NAME)),
    click.option("--name-en", required=True, help=say(_NAME_EN)),
    click.option("--zone", default="Asia/Shanghai", show_default=True, help=say(_ZONE)),
)
"""What a ledger is opened with; the command gets it as ``Opening.read`` takes it."""


@dataclass(frozen=True)
class Opening:
    """What a ledger is opened with.

    Attributes:
        content: The policy pack.
        units: The units of its roster.
        name: Name of the jurisdiction.
        zone: IANA name of the zone of its days.
    """

    content: "PackContent"
    units: "Sequence[Unit]"
    name: Text
    zone: str

    @classmethod
    def read(cls, *, pack: str, units_file: Path, name: str, name_en: str, zone: str) -> "Opening":
        """Read the files that the options name.

        Raises:
            CommandError: a file cannot be read.
        """
        from scenarios.scenario_files import parse_units

        units = parse_units(_text(units_file), units_file.name)
        return cls(_pack(pack), units, Text(name, name_en), zone)

    def record(self, database: "Database") -> None:
        """Record what the ledger does not have of it yet, and say so. Blocking.

        Raises:
            DomainError: a rule refuses it; what was recorded before stays.
        """
        from datetime import UTC, datetime

        from domain.principal import Principal
        from domain.vocabulary import Role
        from ledger.application import PetitionLedger
        from ledger.foundation import adopt, open_ledger, publish, register_units

        operator = Principal(actor_id="operator", role=Role.ADMIN)
        now = datetime.now(UTC)
        with PetitionLedger(database, lambda: now) as ledger:
            open_ledger(ledger, self.zone, self.name, operator, now)
            register_units(ledger, self.units, operator, now)
            publish(ledger, self.content, operator, now)
            adopt(ledger, self.content.pack_id, operator, now)
            known = len(ledger.reference.roster().state.units)
        opened = Text(
            f"已建册：{known} 个单位，规则包 {self.content.reference}。"
            "接下来：taizhang keys add --role admin --name 管理员",
            f"The ledger is open: {known} units, policy pack {self.content.reference}. "
            "Next: taizhang keys add --role admin --name administrator",
        )
        click.echo(say(opened))


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
