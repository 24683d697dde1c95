"""Without this file names and free text would enter the log, and could never be erased."""

from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")


class Personal(msgspec.Struct, Generic[T], frozen=True):
    """A personal value: open to whoever writes it, a salted commitment in the log.

    Exactly one side is known to a reader of the log. The store replaces ``value``
    by its commitment and keeps value and salt in the table ``personal``, in the
    same transaction; erasing that row later changes no leaf.

    Attributes:
        value: The plain value, or null where it was not opened or is erased.
        commitment: 64 hex digits of HMAC-SHA256, or null before it is recorded.

    Source:
        architecture.md §3; Personal Information Protection Law art. 47.
    """

    value: T | None = None
    commitment: str | None = None
