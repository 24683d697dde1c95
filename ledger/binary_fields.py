"""Without this file values would reach the server as text, which both sides must spell out.

PostgreSQL's binary form of a field, in COPY and in parameters alike: its length in four
bytes, and its content.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from struct import Struct
from typing import Final
from uuid import UUID

NULL: Final = b"\xff\xff\xff\xff"
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_LENGTH: Final = Struct("!i")
_SMALLINT: Final = Struct("!ih")
_INTEGER: Final = Struct("!ii")
_BIGINT: Final = Struct("!iq")
_ARRAY: Final = Struct("!iiIii")
_EMPTY_ARRAY: Final = Struct("!iiI")


def as_bytea(value: bytes) -> bytes:
    """Return a field of type bytea."""
    return _LENGTH.pack(len(value)) + value


def as_text(value: str | None) -> bytes:
    """Return a field of type text, or null."""
    return NULL if value is None else as_bytea(value.encode())


@lru_cache(maxsize=4_096)
def as_word(value: str | None) -> bytes:
    """Return a field of type text, for values that recur: codes, types, states."""
    return as_text(value)


def as_uuid(value: UUID) -> bytes:
    """Return a field of type uuid."""
    return b"\x00\x00\x00\x10" + value.bytes


def as_smallint(value: int) -> bytes:
    """Return a field of type smallint."""
    return _SMALLINT.pack(2, value)


def as_integer(value: int) -> bytes:
    """Return a field of type integer."""
    return _INTEGER.pack(4, value)


def as_bigint(value: int) -> bytes:
    """Return a field of type bigint."""
    return _BIGINT.pack(8, value)


def as_instant(at: datetime | None) -> bytes:
    """Return a field of type timestamptz from an aware instant, or null."""
    if at is None:
        return NULL
    since = at - _EPOCH
    return _BIGINT.pack(8, (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds)


def as_array(item_type: int, items: Sequence[bytes]) -> bytes:
    """Return an array without nulls as a parameter: its content, without a length before it.

    Args:
        item_type: The server's oid of the items' type.
        items: Fields as above.
    """
    if not items:
        return _EMPTY_ARRAY.pack(0, 0, item_type)
    return _ARRAY.pack(1, 0, item_type, len(items), 1) + b"".join(items)


def as_parameter(field: bytes) -> bytes:
    """Return a field that is not null as a parameter: its content, without a length before it."""
    return field[4:]
