"""Without this file the same payload could be written as different bytes."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
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
    if kind is str:
        return _text(value, path)  # type: ignore[arg-type]
    if value is None or kind is bool:
        return value
    match value:
        case Personal():
            return place_personal(path, value)
        case Enum():
            return to_plain(value.value, path, place_personal)
        case int():
            if not -INTEGER_LIMIT < value < INTEGER_LIMIT:
                raise UncanonicalValueError(path, f"integer {value} is not below 2^53 in size")
            return int(value)
        case datetime():
            if value.tzinfo is None:
                raise UncanonicalValueError(path, f"instant {value} has no time zone")
            return format_instant(value)
        case date():
            return value.isoformat()
        case UUID() | Decimal():
            return str(value)
        case str():
            return _text(str(value), path)
        case tuple() | list():
            return [
                to_plain(item, f"{path}/{index}", place_personal)
                for index, item in enumerate(value)
            ]
        case dict():
            return {
                _key(key, path): to_plain(item, f"{path}/{_step(key)}", place_personal)
                for key, item in value.items()
            }
        case msgspec.Struct():
            return {
                name: to_plain(getattr(value, name), f"{path}/{name}", place_personal)
                for name in value.__struct_fields__
            }
        case _:
            raise UncanonicalValueError(path, f"{kind.__qualname__} has no canonical form")


def _text(text: str, path: str) -> str:
    if "\0" in text:
        raise UncanonicalValueError(path, "text holds a NUL character")
    return text


def _key(key: object, path: str) -> str:
    if not isinstance(key, str) or not key.isascii() or "\0" in key:
        raise UncanonicalValueError(path, f"key {key!r} is not ASCII text")
    return key


def _step(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _refuse_personal(path: str, _: Personal[object]) -> object:
    raise UncanonicalValueError(path, "a personal value may not hold another")
