"""Without this file a rare name would come out as an empty box, and nobody would be told."""

import struct
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

_TABLE_ENTRY: Final = struct.Struct(">4sIII")
_ENCODING: Final = struct.Struct(">HHI")
_GROUP: Final = struct.Struct(">III")
_FIRST_SEGMENT: Final = 14
_FULL_FORMAT: Final = 12
_BASIC_FORMAT: Final = 4
_LAST_BASIC: Final = 0xFFFF


def find_missing(texts: Iterable[str], fonts: Iterable[Path]) -> str:
    """Return the printable characters that none of the fonts has, each once. Blocking."""
    drawn = frozenset[int]().union(*(read_characters(font) for font in fonts))
    wanted = dict.fromkeys(character for text in texts for character in text)
    return "".join(
        character
        for character in wanted
        if ord(character) not in drawn and character.isprintable() and not character.isspace()
    )


@cache
def read_characters(font: Path) -> frozenset[int]:
    """Return the code points that a font has a glyph for. Blocking, once per process.

    Args:
        font: An OpenType file with a ``cmap`` of format 4 or 12.

    Raises:
        ValueError: it has none.

    Source:
        OpenType 1.9, "cmap".
    """
    content = font.read_bytes()
    (tables,) = struct.unpack_from(">H", content, 4)
    for number in range(tables):
        tag, _, offset, _ = _TABLE_ENTRY.unpack_from(content, 12 + number * _TABLE_ENTRY.size)
        if tag == b"cmap":
            return frozenset(_characters(content, offset))
    raise ValueError(f"{font.name} has no cmap")


def _characters(content: bytes, start: int) -> Iterator[int]:
    (encodings,) = struct.unpack_from(">H", content, start + 2)
    for number in range(encodings):
        _, _, offset = _ENCODING.unpack_from(content, start + 4 + number * _ENCODING.size)
        (form,) = struct.unpack_from(">H", content, start + offset)
        if form == _FULL_FORMAT:
            yield from _full(content, start + offset)
        elif form == _BASIC_FORMAT:
            yield from _basic(content, start + offset)


def _full(content: bytes, start: int) -> Iterator[int]:
    (groups,) = struct.unpack_from(">I", content, start + 12)
    for number in range(groups):
        first, last, _ = _GROUP.unpack_from(content, start + 16 + number * _GROUP.size)
        yield from range(first, last + 1)


def _basic(content: bytes, start: int) -> Iterator[int]:
    (doubled,) = struct.unpack_from(">H", content, start + 6)
    shape = f">{doubled // 2}H"
    lasts = struct.unpack_from(shape, content, start + _FIRST_SEGMENT)
    # Two bytes of padding stand between the ends and the beginnings.
    firsts = struct.unpack_from(shape, content, start + _FIRST_SEGMENT + doubled + 2)
    for first, last in zip(firsts, lasts, strict=True):
        yield from range(first, min(last, _LAST_BASIC - 1) + 1)
