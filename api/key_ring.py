"""Without this file every request would ask the database who is calling."""

from collections.abc import Callable
from datetime import datetime
from hmac import compare_digest
from threading import Lock
from time import monotonic
from typing import Final

from api.read_sessions import ReadSessions
from domain.principal import Principal
from ledger.api_keys import ApiKey, find_key
from ledger.key_text import parse_key_text

KEPT_S: Final = 5.0
"""How long a looked-up key is trusted: so long a revoked one may still be used."""
KEPT_MAX: Final = 10_000


class KeyRing:
    """Says whom a key stands for, remembering what it looked up for a few seconds.

    Safe to share between threads.

    Args:
        sessions: Connections to look keys up by.
        get_now: The host's clock, aware, for the expiry of keys.
    """

    def __init__(self, sessions: ReadSessions, get_now: Callable[[], datetime]) -> None:
        self._sessions = sessions
        self._get_now = get_now
        self._kept: dict[str, tuple[float, ApiKey]] = {}
        self._lock = Lock()

    def recall(self, text: str) -> Principal | None:
        """Return whom a key stands for if it was looked up just now; never blocks on I/O."""
        parts = parse_key_text(text)
        if parts is None:
            return None
        with self._lock:
            kept_at, key = self._kept.get(parts.key_id, (0.0, None))
        if key is None or monotonic() - kept_at > KEPT_S:
            return None
        return self._accept(key, parts.secret_hash)

    def look_up(self, text: str) -> Principal | None:
        """Return whom a key stands for, or None where it opens nothing. Blocking.

        Raises:
            LedgerUnavailableError: the database does not answer.
        """
        parts = parse_key_text(text)
        if parts is None:
            return None
        with self._sessions.plain() as connection:
            key = find_key(connection, parts.key_id, self._get_now())
        if key is None:
            return None
        with self._lock:
            if len(self._kept) >= KEPT_MAX:
                self._kept.clear()
            self._kept[parts.key_id] = (monotonic(), key)
        return self._accept(key, parts.secret_hash)

    def _accept(self, key: ApiKey, secret_hash: bytes) -> Principal | None:
        is_right = compare_digest(key.secret_hash, secret_hash)
        return key.principal if is_right and key.is_valid(self._get_now()) else None
