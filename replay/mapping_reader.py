"""Without this file a mistake in a mapping would show only in the figures."""

import difflib
import re
import tomllib
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

import msgspec

from replay.import_errors import MappingError
from replay.mapping import Closing, FileMapping, Form, NewUnits
from replay.mapping_check import check_mapping
from replay.mapping_fields import ClosedTable, FieldMapping, Fields

_UNKNOWN_KEY = re.compile(r"unknown field `([^`]*)`(?: - at `\$\.?(.*)`)?")
_TABLES = (FileMapping, Form, Fields, FieldMapping, Closing, NewUnits)

_Mapping = TypeVar("_Mapping", bound=ClosedTable)


def load_mapping(name: str) -> FileMapping:
    """Return a mapping from a file, or a shipped one by its name. Blocking.

    Args:
        name: Path of a TOML file, or ``nyc311`` or ``tipdm2020c``.

    Raises:
        MappingError: it contradicts itself; the text says where.
        FileNotFoundError: there is no such file.
    """
    path = Path(name)
    shipped = files("replay").joinpath("mappings", f"{name}.toml")
    if not path.exists() and shipped.is_file():
        return read_mapping(shipped.read_text("utf-8"))
    return read_mapping(read_text(path))


def read_mapping(text: str) -> FileMapping:
    """Return a mapping from its TOML text; pure.

    Raises:
        MappingError: it is no TOML, has an unknown key or an ill value, or contradicts
            itself; the text says where.
    """
    mapping = read_tables(text, FileMapping, _TABLES)
    check_mapping(mapping)
    return mapping


def read_text(path: Path) -> str:
    """Return the text of a mapping file. Blocking.

    Raises:
        MappingError: it is not UTF-8.
        FileNotFoundError: there is no such file.
    """
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MappingError("1", f"不是 UTF-8（{error}）", f"not UTF-8 ({error})") from error


def read_tables(text: str, kind: type[_Mapping], tables: Iterable[type[ClosedTable]]) -> _Mapping:
    """Return a mapping of some kind from its TOML text, not checked any further; pure.

    Args:
        text: Of the file.
        kind: What it is to be.
        tables: All tables it may hold, whose keys are proposed for a mistyped one.

    Raises:
        MappingError: it is no TOML, or has an unknown key or an ill value.
    """
    try:
        return msgspec.convert(tomllib.loads(text), kind)
    except tomllib.TOMLDecodeError as error:
        raise MappingError(
            "TOML",
            f"语法错误：{error}；含汉字或空格的键须加引号",
            f"syntax error: {error}; keys with other than ASCII letters need quotes",
        ) from error
    except msgspec.ValidationError as error:
        keys = sorted({name for table in tables for name in table.__struct_fields__})
        raise _explained(str(error), keys) from error


def _explained(message: str, keys: Sequence[str]) -> MappingError:
    unknown = _UNKNOWN_KEY.search(message)
    if unknown is None:
        what, _, place = message.partition(" - at `$")
        return MappingError(place.strip("`.") or "/", what, what)
    key, place = unknown[1], unknown[2] or "/"
    near = difflib.get_close_matches(key, keys, n=1)
    zh = f"；是否应为 {near[0]}" if near else ""
    en = f"; did you mean {near[0]}" if near else ""
    return MappingError(place, f"没有名为 {key} 的键{zh}", f"there is no key {key}{en}")
