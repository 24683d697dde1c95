"""Without this file a mistyped key could not be told from a wrong one, nor one be recognised."""

import hashlib
import re
import secrets
import zlib
from typing import Final, NamedTuple

_KEY_TEXT: Final = re.compile(r"tz_([0-9a-f]{12})_([0-9a-f]{64})_([0-9a-f]{8})")


class KeyText(NamedTuple):
    """The two parts of a key: a public name and a secret of 256 bits."""

    key_id: str
    secret: str

    @property
    def secret_hash(self) -> bytes:
        """SHA-256 of the secret. With 256 random bits nothing slower is needed."""
        return hashlib.sha256(self.secret.encode()).digest()

    @property
    def text(self) -> str:
        """The key as it is shown once: ``tz_<id>_<secret>_<crc>``."""
        body = f"tz_{self.key_id}_{self.secret}"
        return f"{body}_{_crc(body)}"


def new_key_text() -> KeyText:
    """Return a new random key."""
    return KeyText(secrets.token_hex(6), secrets.token_hex(32))


def parse_key_text(text: str) -> KeyText | None:
    """Return the parts of a key, or None where the text was never one. Pure."""
    match = _KEY_TEXT.fullmatch(text)
    if match is None or match[3] != _crc(text[: -len(match[3]) - 1]):
        return None
    return KeyText(match[1], match[2])


def _crc(body: str) -> str:
    return f"{zlib.crc32(body.encode()):08x}"
