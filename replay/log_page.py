"""Without this file nobody would notice that an event, or what it commits to, was changed."""

from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final, NamedTuple

import msgspec
import orjson

from domain.text import Text
from ledger.header import Header
from ledger.personal import commit_to
from replay.finding import Fault, Finding

_NAMES: Final = sorted(Header.__struct_fields__)
_OCCURRED_AT, _ORIGINATOR_ID, _POSITION, _RECORDED_AT, _VERSION = map(
    _NAMES.index, ("occurred_at", "originator_id", "position", "recorded_at", "version")
)
_PAYLOAD: Final = len(_NAMES)

Row = tuple[Any, ...]
"""The header's fields in the order of their names, ids as text and instants as UTC without a
zone; then the payload and the stored hash of the leaf."""


class Page(NamedTuple):
    """A piece of the log as it was read.

    Attributes:
        upto: Last position that was asked for.
        rows: The events that are there, in the order of the log.
        values: Position, path, salt and value of what they commit to, in that order.
    """

    upto: int
    rows: list[Row]
    values: list[tuple[int, str, bytes, bytes]]


class Checked(NamedTuple):
    """How far the log was found right.

    Attributes:
        position: Every event up to here is right, and every personal value of theirs.
        recorded_at: When that event was recorded, UTC without a zone; None before the first.
        finding: What is wrong with the next one, or None.
    """

    position: int
    recorded_at: datetime | None
    finding: Finding | None


def check_page(page: Page, before: Checked, ledger: str) -> Checked:
    """Return how far a page is right, with its first fault by position if it has one.

    Pure. Positions are dense, the clock never goes back, every leaf made of the columns has
    the stored hash, and every personal value opens its commitment.

    Args:
        page: The one that follows.
        before: What the page before it gave, without a finding.
        ledger: Name of the ledger.
    """
    checked = _check_leaves(page, before, ledger)
    # Dense so far, so that the place of an event in the page follows from its position.
    rows = page.rows[: checked.position - before.position]
    for position, path, salt, value in page.values:
        if position > checked.position:
            break
        row = rows[position - before.position - 1]
        stored = _find(_decode(row[_PAYLOAD]), path)
        if stored != commit_to(salt, row[_ORIGINATOR_ID], row[_VERSION], path, value):
            return Checked(position - 1, None, _commitment_differs(position, path))
    return checked


def _check_leaves(page: Page, before: Checked, ledger: str) -> Checked:
    position, recorded_at, _ = before
    # Events of one batch were recorded at one instant, which is written once for them all.
    recorded = "" if recorded_at is None else _write_instant(recorded_at)
    for row in page.rows:
        if row[_POSITION] != position + 1:
            return Checked(position, recorded_at, _gap(position + 1))
        at = row[_RECORDED_AT]
        if at != recorded_at:
            recorded = _write_instant(at)
        fields = dict(zip(_NAMES, row, strict=False))
        fields["occurred_at"] = _write_instant(row[_OCCURRED_AT])
        fields["recorded_at"] = recorded
        leaf = b"\0%b\n%b" % (orjson.dumps(fields), row[_PAYLOAD])
        if sha256(leaf).digest() != row[-1] or fields["ledger"] != ledger:
            return Checked(position, recorded_at, _leaf_differs(position + 1))
        if recorded_at is not None and at < recorded_at:
            return Checked(position, recorded_at, _clock_backwards(position + 1))
        position, recorded_at = position + 1, at
    finding = None if position == page.upto else _gap(position + 1)
    return Checked(position, recorded_at, finding)


@lru_cache(maxsize=1)
def _decode(payload: bytes) -> object:
    """Return a payload once for all its personal values, which follow one another."""
    return msgspec.json.decode(payload)


def _find(payload: object, path: str) -> object:
    """Return the commitment at a JSON pointer, or None where there is none."""
    place = payload
    for name in _names_of(path):
        if isinstance(place, dict):
            place = place.get(name)
        elif isinstance(place, list) and name.isdigit() and int(name) < len(place):
            place = place[int(name)]
        else:
            return None
    return place.get("commitment") if isinstance(place, dict) else None


@lru_cache(maxsize=1_024)
def _names_of(path: str) -> tuple[str, ...]:
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in path.split("/")[1:])


def _write_instant(instant: datetime) -> str:
    return instant.isoformat("T", "microseconds") + "Z"


def _gap(position: int) -> Finding:
    text = Text(
        f"日志缺第 {position} 号事件。",
        f"The log has no event {position}.",
    )
    return Finding(Fault.POSITION_GAP, text, position=position)


def _leaf_differs(position: int) -> Finding:
    text = Text(
        f"第 {position} 号事件与其哈希不符：事件头或内容被改动。",
        f"Event {position} does not match its hash: its header or payload was changed.",
    )
    return Finding(Fault.LEAF_DIFFERS, text, position=position)


def _clock_backwards(position: int) -> Finding:
    text = Text(
        f"第 {position} 号事件的记录时间早于前一事件。",
        f"Event {position} was recorded before the event in front of it.",
    )
    return Finding(Fault.CLOCK_BACKWARDS, text, position=position)


def _commitment_differs(position: int, path: str) -> Finding:
    text = Text(
        f"第 {position} 号事件 {path} 的个人信息与日志中的承诺不符。",
        f"The personal value {path} of event {position} does not open its commitment.",
    )
    return Finding(Fault.COMMITMENT_DIFFERS, text, position=position)
