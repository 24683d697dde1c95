"""Without this file long arrays would be quoted element by element, at the cost of a query."""

from collections.abc import Iterable
from uuid import UUID


def as_uuid_array(values: Iterable[UUID]) -> str:
    """Return the text of a ``uuid[]``; pure."""
    return f"{{{','.join(map(str, values))}}}"


def as_integer_array(values: Iterable[int]) -> str:
    """Return the text of an ``integer[]`` or ``numeric[]``; pure."""
    return f"{{{','.join(map(str, values))}}}"
