"""Without this file each column of an offline copy would be spelt out in full."""

from domain.text import Text
from replay.export_field import Field, FieldKind


def text_field(name: str, zh: str, en: str) -> Field:
    """Return a column of this kind; pure."""
    return Field(name, Text(zh, en), FieldKind.TEXT)


def code_field(name: str, zh: str, en: str) -> Field:
    """Return a column of this kind; pure."""
    return Field(name, Text(zh, en), FieldKind.CODE)


def instant_field(name: str, zh: str, en: str) -> Field:
    """Return a column of this kind; pure."""
    return Field(name, Text(zh, en), FieldKind.INSTANT)


def count_field(name: str, zh: str, en: str) -> Field:
    """Return a column of this kind; pure."""
    return Field(name, Text(zh, en), FieldKind.COUNT)


def flag_field(name: str, zh: str, en: str) -> Field:
    """Return a column of this kind; pure."""
    return Field(name, Text(zh, en), FieldKind.FLAG)
