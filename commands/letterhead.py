"""Without this file a form would have to be completed by hand each month."""

import tomllib
from pathlib import Path

import msgspec

from commands.failures import CommandError, Exit
from domain.text import Text
from replay.letterhead import Letterhead


def read_letterhead(file: Path | None) -> Letterhead:
    """Return who hands a form in, read from a TOML file; nobody without one. Blocking.

    Raises:
        CommandError: it is no TOML, or has other keys or types.
    """
    if file is None:
        return Letterhead()
    try:
        found = tomllib.loads(file.read_text("utf-8"))
        return msgspec.convert(found, Letterhead)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        known = ", ".join(Letterhead.__struct_fields__)
        raise CommandError(
            Exit.USAGE,
            Text(
                f"{file} 不是有效的表头文件：{error}。未生成文件；可用的键：{known}。",
                f"{file} is no letterhead: {error}. No file was made; its keys may be: {known}.",
            ),
        ) from error
