"""Without this file nobody outside could prove that an event was not changed.

A leaf is the header as one line of canonical JSON, a line feed, and the payload.
``position`` and ``recorded_at`` stand side by side in the sorted header and are
known only under the append lock, so the bytes before and after them are made
beforehand and joined there: the lock is held for a hash, not for JSON.
"""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

import msgspec
import orjson

from ledger.header import Header, format_instant

LEAF_LEN_MAX = 60_000
"""Longest leaf in bytes: header, line feed and payload."""

FRAME_COLUMNS = tuple(
    name for name in Header.__struct_fields__ if name not in {"ledger", "position", "recorded_at"}
)
"""Header fields that are known before the append lock, in the order of the columns."""

_POSITION_DIGITS_MAX = 16
_PLACE_LEN_MAX = (
    len('"position":,"recorded_at":"2000-01-01T00:00:00.000000Z"') + _POSITION_DIGITS_MAX
)


class LeafFrame(msgspec.Struct, frozen=True):
    """A leaf without its place in the log: the bytes before and after it."""

    before: bytes
    after: bytes

    @property
    def length_max(self) -> int:
        """Longest the whole leaf can become, in bytes, whatever its position."""
        return len(self.before) + _PLACE_LEN_MAX + len(self.after)

    def at(self, place: bytes) -> bytes:
        """Return the leaf bytes at a place made by ``format_place``."""
        return self.before + place + self.after


def format_place(position: int, recorded_at: str) -> bytes:
    """Return the header fields that only the append lock decides, as JSON text.

    Pure.

    Args:
        position: Log place, at least 1.
        recorded_at: From ``format_instant``.
    """
    return b'"position":%d,"recorded_at":"%b"' % (position, recorded_at.encode())


def frame_leaf(ledger: str, columns: Sequence[object], payload: bytes) -> LeafFrame:
    """Return the leaf around its place in the log.

    Pure.

    Args:
        ledger: Name of the ledger.
        columns: Values of ``FRAME_COLUMNS`` as JSON values, in that order.
        payload: Stored payload, byte for byte.
    """
    fields = dict(zip(FRAME_COLUMNS, columns, strict=True))
    line = orjson.dumps(
        {**fields, "ledger": ledger, "position": 0, "recorded_at": 0},
        option=orjson.OPT_SORT_KEYS,
    )
    # Inside a JSON string every quotation mark is escaped, so only the keys can match.
    before, after = line.split(b'"position":0,"recorded_at":0', 1)
    return LeafFrame(before, after + b"\n" + payload)


def header_line(header: Header) -> bytes:
    """Return the header as one line of canonical JSON, without the line feed.

    Pure: the same columns give the same bytes for ever.
    """
    fields = {
        name: format_instant(value) if isinstance(value, datetime) else value
        for name in Header.__struct_fields__
        for value in (getattr(header, name),)
    }
    return orjson.dumps(fields, option=orjson.OPT_SORT_KEYS)


def leaf_bytes(header: Header, payload: bytes) -> bytes:
    """Return the leaf of an event, rebuilt from its columns.

    Pure.
    """
    return header_line(header) + b"\n" + payload


def leaf_hash(leaf: bytes) -> bytes:
    """Return the 32-byte RFC 6962 hash of a leaf, SHA-256(0x00 ‖ leaf).

    Pure.

    Source:
        RFC 6962 §2.1.
    """
    return sha256(b"\x00" + leaf).digest()
