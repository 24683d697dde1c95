"""Without this file the same payload could be written as different bytes."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from types import NoneType
from typing import Any
from uuid import UUID

import msgspec
import orjson

from domain.personal import Personal
from ledger.header import format_instant

INTEGER_LIMIT = 2**53
"""Integers stay below this in size, so that every JSON reader holds them exactly."""

Place = Callable[[str, Personal[object]], object]


class UncanonicalValueError(ValueError):
    """A value has no canonical form; the path says where."""

    def __init__(self, path: str, why: str) -> None:
        """Name the place as a JSON pointer."""
        super().__init__(f"{path or '/'}: {why}")


def canonical_bytes(value: object) -> bytes:
    """Return the one JSON text of a value without personal fields.

    Pure. Within what is accepted (ASCII keys, no floats, integers below 2^53 in
    size) the result equals RFC 8785.

    Raises:
        UncanonicalValueError: the value has no canonical form.
    """
    return to_bytes(to_plain(value, "", _refuse_personal))


def to_bytes(plain: object) -> bytes:
    """Return sorted JSON of what ``to_plain`` returned.

    Raises:
        UncanonicalValueError: a text holds a lone surrogate.
    """
    try:
        return orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError as error:
        raise UncanonicalValueError("", str(error)) from error


def to_plain(value: object, path: str, place_personal: Place) -> object:
    """Return a value as JSON types alone, with personal fields replaced.

    Pure but for what ``place_personal`` does with a personal field at a path.

    Args:
        value: A field of an event.
        path: JSON pointer of the value in the payload.
        place_personal: Returns what stands in the payload for a personal field.

    Raises:
        UncanonicalValueError: a float, a naive instant, an integer of 2^53 or
            more in size, NUL, a key that is not ASCII text, or an unknown type.
    """
    kind = type(value)
    return (_WRITERS.get(kind) or _find_writer(kind))(value, path, place_personal)


def _write_text(value: str, path: str, _: Place) -> str:
    if "\0" in value:
        raise UncanonicalValueError(path, "text holds a NUL character")
    return str(value)


def _write_integer(value: int, path: str, _: Place) -> int:
    if not -INTEGER_LIMIT < value < INTEGER_LIMIT:
        raise UncanonicalValueError(path, f"integer {value} is not below 2^53 in size")
    return int(value)


def _write_instant(value: datetime, path: str, _: Place) -> str:
    if value.tzinfo is None:
        raise UncanonicalValueError(path, f"instant {value} has no time zone")
    return format_instant(value)


def _write_sequence(
    value: tuple[object, ...] | list[object], path: str, place_personal: Place
) -> list[object]:
    return [to_plain(item, f"{path}/{index}", place_personal) for index, item in enumerate(value)]


def _write_mapping(
    value: dict[object, object], path: str, place_personal: Place
) -> dict[str, object]:
    plain: dict[str, object] = {}
    for key, item in value.items():
        if not isinstance(key, str) or not key.isascii() or "\0" in key:
            raise UncanonicalValueError(path, f"key {key!r} is not ASCII text")
        step = key.replace("~", "~0").replace("/", "~1")
        plain[key] = to_plain(item, f"{path}/{step}", place_personal)
    return plain


def _write_struct(value: msgspec.Struct, path: str, place_personal: Place) -> dict[str, object]:
    return {
        name: to_plain(getattr(value, name), f"{path}/{name}", place_personal)
        for name in value.__struct_fields__
    }


def _write_personal(value: Personal[object], path: str, place_personal: Place) -> object:
    return place_personal(path, value)


def _refuse_personal(path: str, _: Personal[object]) -> object:
    raise UncanonicalValueError(path, "a personal value may not hold another")


def _refuse_kind(value: object, path: str, _: Place) -> object:
    raise UncanonicalValueError(path, f"{type(value).__qualname__} has no canonical form")


# Ordered: a class is written as the first of its bases here, so bool comes before int
# and a member of an enumeration is its value, whatever else it is.
_BASES: dict[type, Callable[[Any, str, Place], object]] = {
    Enum: lambda value, path, place: to_plain(value.value, path, place),
    str: _write_text,
    NoneType: lambda value, _path, _place: value,
    bool: lambda value, _path, _place: value,
    int: _write_integer,
    Personal: _write_personal,
    msgspec.Struct: _write_struct,
    tuple: _write_sequence,
    list: _write_sequence,
    dict: _write_mapping,
    datetime: _write_instant,
    date: lambda value, _path, _place: value.isoformat(),
    UUID: lambda value, _path, _place: str(value),
    Decimal: lambda value, _path, _place: str(value),
}
_WRITERS: dict[type, Callable[[Any, str, Place], object]] = {}


def _find_writer(kind: type) -> Callable[[Any, str, Place], object]:
    writer = next((_BASES[base] for base in _BASES if issubclass(kind, base)), _refuse_kind)
    return _WRITERS.setdefault(kind, writer)
