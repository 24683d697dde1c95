"""Without this file the next run would wipe out why a goal is not met."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from benchmarks.rows import Row


class Note(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person says about rows of the table.

    Attributes:
        benchmark: ``P1`` to ``P8``.
        work: How the work of those rows begins.
        en: The reason and the next idea.
        zh: The same in Chinese.
    """

    benchmark: str
    work: str
    en: str
    zh: str


class _Notes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    note: tuple[Note, ...] = ()


def read_notes(path: Path) -> tuple[Note, ...]:
    """Return the notes of a TOML file, one ``[[note]]`` each.

    Raises:
        msgspec.ValidationError: a note lacks a field or has another.
    """
    return msgspec.toml.decode(path.read_bytes(), type=_Notes).note


def find_notes(notes: Sequence[Note], row: Row) -> list[str]:
    """Return what is said about a row, in the order of the file. Pure."""
    return [
        f"{note.en} {note.zh}"
        for note in notes
        if note.benchmark == row.benchmark and row.work.startswith(note.work)
    ]
