"""Without this module SQL would have to live in Python strings."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, LiteralString, cast

_TITLE: Final = re.compile(r"^-- ([a-z][a-z0-9_]*) --$", re.MULTILINE)


@cache
def load_queries(package: str, name: str) -> Mapping[str, LiteralString]:
    """Return the named statements of ``package/name.sql``.

    Reads the file once per process. Bind the result to a module-level name and take a
    statement by a literal key, ``QUERIES["insert_event"]``: a test then finds every
    statement that is asked for but missing, or there but never asked for.

    Args:
        package: Importable package that holds the file, e.g. ``"projections"``.
        name: File name without ``.sql``.

    Raises:
        ValueError: The file names no statement, or one name twice, or leaves text unnamed.
    """
    text = files(package).joinpath(f"{name}.sql").read_text("utf-8")
    before, *parts = _TITLE.split(text)
    titles, statements = parts[0::2], parts[1::2]
    if not titles or len(set(titles)) < len(titles) or _statement(before):
        raise ValueError(f"{package}/{name}.sql: each statement needs one `-- verb_noun --` line")
    # The one cast: text of a file shipped with the program is as literal as its code.
    return MappingProxyType(
        cast(
            "dict[str, LiteralString]",
            {title: text.strip() for title, text in zip(titles, statements, strict=True)},
        )
    )


def _statement(text: str) -> str:
    """Return the text without comment lines and surrounding space."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("--")).strip()
