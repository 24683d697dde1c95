"""Without this file a mistake in a mapping would show only in the figures."""

import difflib
import re
import tomllib
from importlib.resources import files
from pathlib import Path

import msgspec

from replay.import_errors import MappingError
from replay.mapping import Closing, FileMapping, Form, NewUnits
from replay.mapping_check import check_mapping
from replay.mapping_fields import FieldMapping, Fields

_UNKNOWN_KEY = re.compile(r"unknown field `([^`]*)`(?: - at `\$\.?(.*)`)?")
_TABLES = (FileMapping, Form, Fields, FieldMapping, Closing, NewUnits)
_KEYS = sorted({name for table in _TABLES for name in table.__struct_fields__})


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
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MappingError("1", f"不是 UTF-8（{error}）", f"not UTF-8 ({error})") from error
    return read_mapping(text)


def read_mapping(text: str) -> FileMapping:
    """Return a mapping from its TOML text; pure.

    Raises:
        MappingError: it is no TOML, has an unknown key or an ill value, or contradicts
            itself; the text says where.
    """
    try:
        mapping = msgspec.convert(tomllib.loads(text), FileMapping)
    except tomllib.TOMLDecodeError as error:
        raise MappingError(
            "TOML",
            f"语法错误：{error}；含汉字或空格的键须加引号",
            f"syntax error: {error}; keys with other than ASCII letters need quotes",
        ) from error
    except msgspec.ValidationError as error:
        raise _explained(str(error)) from error
    check_mapping(mapping)
    return mapping


def _explained(message: str) -> MappingError:
    unknown = _UNKNOWN_KEY.search(message)
    if unknown is None:
        what, _, place = message.partition(" - at `$")
        return MappingError(place.strip("`.") or "/", what, what)
    key, place = unknown[1], unknown[2] or "/"
    near = difflib.get_close_matches(key, _KEYS, n=1)
    zh = f"；是否应为 {near[0]}" if near else ""
    en = f"; did you mean {near[0]}" if near else ""
    return MappingError(place, f"没有名为 {key} 的键{zh}", f"there is no key {key}{en}")
