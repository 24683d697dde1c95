"""Without this file cases and answers would be imported by options of other names."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from commands.failures import CommandError, Exit
from commands.language import say
from commands.option_list import F, with_options
from domain.text import Text

_REJECTS = Text(
    "拒绝清单的位置（CSV，UTF-8 带 BOM）；默认为当前目录的 <文件名>.rejects.csv。",
    "Where rejected rows go (CSV, UTF-8 with BOM); <name>.rejects.csv here by default.",
)
_STRICT = Text("有行被拒绝时退出码为 1。", "Exit 1 if a row was rejected.")
_JSON = Text("以 JSON 输出结果。", "Print the result as JSON.")

_Mapping = TypeVar("_Mapping")


def import_options(dry_run: Text) -> Callable[[F], F]:
    """Return a decorator that gives an import its options but for the mapping.

    Args:
        dry_run: What is done where nothing is recorded.
    """
    return with_options(
        click.option("--dry-run", "is_dry", is_flag=True, help=say(dry_run)),
        click.option(
            "--rejects", "rejects_path", type=click.Path(path_type=Path), help=say(_REJECTS)
        ),
        click.option("--strict", "is_strict", is_flag=True, help=say(_STRICT)),
        click.option("--json", "as_json", is_flag=True, help=say(_JSON)),
    )


def rejects_file(file: Path, rejects_path: Path | None) -> Path:
    """Return where rejected rows go; pure."""
    return rejects_path or Path(f"{file.stem}.rejects.csv")


def read_mapping(load: Callable[[], _Mapping]) -> _Mapping:
    """Return a mapping. Blocking.

    Raises:
        CommandError: it contradicts itself.
    """
    from replay.import_errors import MappingError

    try:
        return load()
    except MappingError as error:
        raise CommandError(Exit.USAGE, error.text) from error
