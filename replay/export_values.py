"""Without this file one value would read otherwise in each format."""

from datetime import datetime
from hashlib import sha256
from typing import Final, assert_never
from zoneinfo import ZoneInfo

import orjson

from replay.export_document import NO_FIGURE, Row, Say, Table
from replay.export_field import Field, FieldKind, ShareNote, Value

_ALIVE: Final = frozenset("=+-@\t\r\n＝＋－＠")


def is_alive(text: str) -> bool:
    """Return whether a spreadsheet may take a text for a formula; pure.

    Full-width signs count: some versions fold them before they look.
    """
    return text[:1] in _ALIVE


def plain_text(value: Value, zone: ZoneInfo) -> str:
    """Return a value as text files hold it, empty for none; pure.

    Args:
        value: One cell.
        zone: Zone that instants are written in, with their offset.
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime():
            return value.astimezone(zone).isoformat()
        case str():
            return value
        case _:
            return str(value)


def printed_text(table: Table, field: Field, row: Row, zone: ZoneInfo, say: Say) -> str:
    """Return what stands in a printed form: labels for codes, a word for a missing rate; pure."""
    value = row[table.place(field.name)]
    if value is None:
        return _absent_text(table, field, row, say)
    match field.kind:
        case FieldKind.CODE | FieldKind.TEXT:
            label = field.codes.get(str(value))
            return str(value) if label is None else say(label)
        case FieldKind.INSTANT if isinstance(value, datetime):
            return f"{value.astimezone(zone):%Y-%m-%d %H:%M}"
        case FieldKind.FLAG:
            return "√" if value else ""
        case FieldKind.INSTANT | FieldKind.DAY | FieldKind.COUNT:
            return str(value)
        case FieldKind.PERCENT | FieldKind.POINTS:
            return str(value)
        case _:
            assert_never(field.kind)


def data_digest(table: Table) -> str:
    """Return the SHA-256 of all records, the same whatever format they are written in; pure."""
    digest = sha256()
    for row in table.records:
        digest.update(orjson.dumps([_plain(value) for value in row]) + b"\n")
    return digest.hexdigest()


def _plain(value: Value) -> str | int | None:
    match value:
        case None | str() | int():
            return value
        case datetime():
            return value.astimezone(ZoneInfo("UTC")).isoformat()
        case _:
            return str(value)


def _absent_text(table: Table, field: Field, row: Row, say: Say) -> str:
    if field.share is None:
        return table.absent if field.is_figure else ""
    note = row[table.place(field.share.note)]
    if not note or note == ShareNote.FEW_CASES:
        return NO_FIGURE
    return say(ShareNote(str(note)).label)
