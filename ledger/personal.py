"""Without this file a name would stand in the log for ever instead of its commitment."""

from collections.abc import Callable
from hmac import digest
from os import urandom
from uuid import UUID

import msgspec

from domain.personal import Personal
from ledger.canonical import UncanonicalValueError, canonical_bytes

COMMITMENT_DOMAIN = b"tz/v1"
SALT_LEN = 32


class PersonalValue(msgspec.Struct, frozen=True):
    """What one commitment commits to: a row of table ``personal`` but for its stream place.

    Attributes:
        path: JSON pointer into the payload.
        salt: 32 random bytes, fresh for every field of every event.
        value: Canonical JSON of the plain value.
    """

    path: str
    salt: bytes
    value: bytes


def commit_to(salt: bytes, originator_id: UUID | str, version: int, path: str, value: bytes) -> str:
    """Return the commitment of one personal field as 64 hex digits.

    Pure.

    Args:
        salt: 32 bytes.
        originator_id: Stream; as text in the form that ``str`` gives.
        version: Stream place.
        path: JSON pointer into the payload.
        value: Canonical JSON of the plain value.

    Source:
        architecture.md §3.
    """
    place = (str(originator_id).encode(), str(version).encode(), path.encode())
    return digest(salt, b"\0".join((COMMITMENT_DOMAIN, *place, value)), "sha256").hex()


def draw_salt() -> bytes:
    """Return a fresh salt from the operating system's generator."""
    return urandom(SALT_LEN)


class Sealer:
    """Replaces the personal fields of one event and keeps what they held.

    Args:
        originator_id: Stream.
        version: Stream place.
        salt: Returns 32 bytes for each field; guessable ones are for invented values alone.
    """

    def __init__(
        self, originator_id: UUID, version: int, salt: Callable[[], bytes] = draw_salt
    ) -> None:
        self._originator_id = originator_id
        self._version = version
        self._salt = salt
        self.values: list[PersonalValue] = []

    def seal(self, path: str, personal: Personal[object]) -> dict[str, str | None]:
        """Return what stands in the payload for a personal field.

        ``Personal()`` says that nothing was given and stays without commitment.

        Raises:
            UncanonicalValueError: the field carries a commitment made for another
                event and not its value, or the value has no canonical form.
        """
        if personal.value is None:
            if personal.commitment is not None:
                raise UncanonicalValueError(path, "a sealed personal value cannot be recorded anew")
            return {"commitment": None}
        value = canonical_bytes(personal.value)
        salt = self._salt()
        self.values.append(PersonalValue(path, salt, value))
        return {"commitment": commit_to(salt, self._originator_id, self._version, path, value)}
