"""Without this file text a petitioner typed could run as a formula in somebody's spreadsheet."""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from domain.vocabulary import Labelled
from replay.export_document import Document, Row, Say
from replay.export_field import FieldKind, Value
from replay.export_values import is_alive, plain_text

_TEXTS: Final = frozenset({FieldKind.TEXT, FieldKind.CODE})


class Encoding(Labelled):
    """How the characters of a text file are written; never GBK, which loses rare names."""

    UTF_8 = "utf-8", "UTF-8", "UTF-8"
    UTF_8_SIG = "utf-8-sig", "带 BOM 的 UTF-8（Excel）", "UTF-8 with BOM, for Excel"
    GB18030 = "gb18030", "GB 18030", "GB 18030"


class InertText(NamedTuple):
    """A text that got an apostrophe in front so that no spreadsheet runs it."""

    row: int
    column: str


def write_csv(document: Document, file: Path, encoding: Encoding, say: Say) -> list[InertText]:
    """Write a table by RFC 4180, one header row, and return which texts were made inert.

    Blocking.

    Args:
        document: What to write.
        file: Where.
        encoding: Of the characters; all three hold every character.
        say: Language of the header.
    """
    fields, zone = document.table.fields, document.origin.zone
    inert: list[InertText] = []
    with open_csv(file, encoding) as write:
        write([_made_inert(say(field.full_label)) for field in fields])
        for number, row in enumerate(document.table.records, start=1):
            cells = []
            for field, value in zip(fields, row, strict=True):
                cell = plain_text(value, zone)
                if field.kind in _TEXTS and is_alive(cell):
                    inert.append(InertText(number, field.name))
                    cell = _made_inert(cell)
                cells.append(cell)
            write(cells)
    return inert


def count_csv(file: Path, encoding: Encoding) -> int:
    """Return the records of a file, read back from it; blocking."""
    with file.open(encoding=encoding, newline="") as stream:
        return sum(1 for _ in csv.reader(stream)) - 1


def csv_row(row: Row, zone: ZoneInfo) -> list[str]:
    """Return a row as text for a reader that runs no formulas; pure."""
    return [plain_text(value, zone) for value in row]


@contextmanager
def open_csv(file: Path, encoding: str) -> Iterator[Callable[[list[str]], object]]:
    """Yield what writes one line, ended by CR LF, into a new file. Blocking."""
    with file.open("x", encoding=encoding, newline="") as stream:
        yield csv.writer(stream, lineterminator="\r\n").writerow


def _made_inert(text: str) -> str:
    return f"'{text}" if is_alive(text) else text


def alive_places(document: Document) -> list[InertText]:
    """Return the texts that a spreadsheet might run, by record and column; pure."""

    def is_place(value: Value, kind: FieldKind) -> bool:
        return kind in _TEXTS and isinstance(value, str) and is_alive(value)

    return [
        InertText(number, field.name)
        for number, row in enumerate(document.table.records, start=1)
        for field, value in zip(document.table.fields, row, strict=True)
        if is_place(value, field.kind)
    ]
