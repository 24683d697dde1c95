"""Without this file every export would have to be named by hand."""

import re
from typing import Final

from domain.text import Text
from replay.export_document import Document, Say

_UNFIT: Final = re.compile(r"[^\w.()（）-]+")
_LENGTH_MAX: Final = 80


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
    return "_".join(_fit(part) for part in parts if part)


def _fit(text: str) -> str:
    """Return a text that every file system takes as part of a name."""
    return _UNFIT.sub("-", text).strip("-.")[:_LENGTH_MAX]
