"""Without this file a client could make up cursors, or carry one over to another question."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Callable
from functools import cached_property
from typing import Final, TypeVar

import msgspec

from api.errors import RequestRefusedError
from domain.text import Text

T = TypeVar("T")

_SIGNATURE_LEN: Final = 16
_INVALID: Final = Text(
    "游标无效，或属于另一查询；未返回任何结果。",
    "The cursor is invalid or belongs to another question; nothing was returned.",
)


class Cursors:
    """Writes and reads places in a list, signed and bound to the list's filter.

    Args:
        read_secret: Returns a key of the ledger; asked once, when first needed.
    """

    def __init__(self, read_secret: Callable[[], bytes]) -> None:
        self._read_secret = read_secret

    def write(self, filtered_by: object, place: object) -> str:
        """Return the cursor of a place. Blocking at the first call."""
        body = msgspec.json.encode(place)
        return urlsafe_b64encode(self._sign(filtered_by, body) + body).decode().rstrip("=")

    def read(self, filtered_by: object, cursor: str, kind: type[T]) -> T:
        """Return the place a cursor stands for. Blocking at the first call.

        Raises:
            RequestRefusedError: ``invalid-cursor``.
        """
        try:
            # Without validation the decoder would skip characters it does not know.
            padded = cursor + "=" * (-len(cursor) % 4)
            signed = urlsafe_b64decode(padded.encode("ascii"))
        except (Base64Error, ValueError) as error:
            raise RequestRefusedError("invalid-cursor", _INVALID) from error
        signature, body = signed[:_SIGNATURE_LEN], signed[_SIGNATURE_LEN:]
        if not hmac.compare_digest(signature, self._sign(filtered_by, body)):
            raise RequestRefusedError("invalid-cursor", _INVALID)
        return msgspec.json.decode(body, type=kind)

    @cached_property
    def _key(self) -> bytes:
        return hmac.digest(self._read_secret(), b"taizhang/cursor/v1", "sha256")

    def _sign(self, filtered_by: object, body: bytes) -> bytes:
        signed = msgspec.json.encode(filtered_by) + b"\n" + body
        return hmac.digest(self._key, signed, "sha256")[:_SIGNATURE_LEN]
