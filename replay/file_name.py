"""Without this file every export would have to be named by hand."""

import re
from typing import Final

from domain.text import Text
from replay.export_document import Document, Say

_UNFIT: Final = re.compile(r"[^\w.()（）-]+")
_LENGTHS: Final = (80, 20, 8)
_BYTES_MAX: Final = 200
"""Of a name without its ending; file systems take 255, and endings are added."""


def file_stem(document: Document, place: Text, say: Say) -> str:
    """Return the name of a report's file without its ending; pure.

    ``双流区_办结情况月报_2019年9月_截至20190930``, with ``_v3`` for published report 3.

    Args:
        document: The report.
        place: Whose it is.
        say: Language of the name.
    """
    origin = document.origin
    day = f"{origin.as_of_on:%Y%m%d}"
    parts = [say(place), *origin.scope.values(), say(document.title)]
    if origin.period is not None:
        parts.append(say(origin.period))
    parts.append(say(Text(f"截至{day}", f"as-of-{day}")))
    if origin.number is not None:
        parts.append(f"v{origin.number}")
    stem = ""
    for length in _LENGTHS:
        stem = "_".join(_fit(part, length) for part in parts if part)
        if len(stem.encode()) <= _BYTES_MAX:
            break
    return stem


def _fit(text: str, length: int) -> str:
    """Return a text that every file system takes as part of a name."""
    return _UNFIT.sub("-", text).strip("-.")[:length]
