"""Without this file repeating an import would record every case again, or hide a change."""

from collections.abc import Iterable
from enum import Enum, auto
from hmac import digest
from typing import Any, Final

from psycopg import Connection

from ledger.queries import load_queries

QUERIES: Final = load_queries("replay", "known_cases")


class Standing(Enum):
    """What the ledger holds of a case."""

    NEW = auto()
    SAME = auto()
    CHANGED = auto()


class KnownCases:
    """Compares cases with what was imported before; blocking.

    Contents are compared by keyed fingerprints, so no personal value is read back.

    Args:
        connection: Of role tz_app, in autocommit mode.
        actor_id: Account of the import.
        fingerprint_key: The ledger's key, 32 bytes.
    """

    def __init__(
        self, connection: Connection[tuple[Any, ...]], actor_id: str, fingerprint_key: bytes
    ) -> None:
        self._connection = connection
        self._actor_id = actor_id
        self._fingerprint_key = fingerprint_key

    def fingerprint(self, content: bytes) -> bytes:
        """Return the fingerprint of a case's content; pure."""
        return digest(self._fingerprint_key, content, "sha256")

    def compare(self, fingerprints: Iterable[tuple[str, bytes]]) -> list[Standing]:
        """Return for each key and fingerprint what the ledger holds; one query."""
        asked = list(fingerprints)
        rows = self._connection.execute(
            QUERIES["read_fingerprints"],
            {"actor_id": self._actor_id, "keys": [key for key, _ in asked]},
        )
        known = {key: bytes(fingerprint) for key, fingerprint in rows}
        return [_standing(known.get(key), fingerprint) for key, fingerprint in asked]


def _standing(known: bytes | None, fingerprint: bytes) -> Standing:
    if known is None:
        return Standing.NEW
    return Standing.SAME if known == fingerprint else Standing.CHANGED
