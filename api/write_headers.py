"""Without this file a repeated write would be a second one, and a late one would win."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Annotated, Final

from fastapi import Header

from api.errors import RequestRefusedError
from domain.text import Text

_KEY: Final = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?")
_VERSION: Final = re.compile(r'"([1-9][0-9]{0,8})"')

_KEY_MISSING: Final = Text(
    "写入请求没有 Idempotency-Key；未作任何记录。",
    "A write without an Idempotency-Key; nothing was recorded.",
)
_KEY_INVALID: Final = Text(
    "Idempotency-Key 须为 1 至 255 个可见 ASCII 字符；未作任何记录。",
    "An Idempotency-Key is 1 to 255 printable ASCII characters; nothing was recorded.",
)
_KEY_IN_FLIGHT: Final = Text(
    "同一 Idempotency-Key 的请求正在处理；请稍候重发以取得其结果。",
    "A request with this Idempotency-Key is under way; send it again in a moment for its answer.",
)
_MATCH_MISSING: Final = Text(
    "请求没有 If-Match；未作任何记录，请先读取诉求再填写其版本。",
    "The request has no If-Match; nothing was recorded, read the petition for its version first.",
)
_MATCH_INVALID: Final = Text(
    "If-Match 须为带引号的版本号；未作任何记录。",
    "If-Match is a version in quotes; nothing was recorded.",
)


async def idempotency_key(
    idempotency_key: Annotated[
        str | None,
        Header(
            description="A new value for each act, the same one when repeating it.",
            examples=["6b1f0c52-8a0e-4d7b-9a53-1f0e8f0d2c11"],
            json_schema_extra={"minLength": 1, "maxLength": 255},
        ),
    ] = None,
) -> str:
    """Return the request's Idempotency-Key.

    Raises:
        RequestRefusedError: ``idempotency-key-missing`` or ``idempotency-key-invalid``.
    """
    if idempotency_key is None:
        raise RequestRefusedError("idempotency-key-missing", _KEY_MISSING)
    if not _KEY.fullmatch(idempotency_key):
        raise RequestRefusedError("idempotency-key-invalid", _KEY_INVALID)
    return idempotency_key


async def expected_version(
    if_match: Annotated[
        str | None,
        Header(
            description="The petition's version that was read, in quotes: its ETag.",
            examples=['"3"'],
            json_schema_extra={"maxLength": 40},
        ),
    ] = None,
) -> int:
    """Return the version that the caller has read.

    Raises:
        RequestRefusedError: ``if-match-missing`` or ``if-match-invalid``.
    """
    if if_match is None:
        raise RequestRefusedError("if-match-missing", _MATCH_MISSING)
    found = _VERSION.fullmatch(if_match)
    if found is None:
        raise RequestRefusedError("if-match-invalid", _MATCH_INVALID)
    return int(found[1])


class KeysInFlight:
    """The keys whose first request this process is still working on.

    Another process's are settled by the store, which waits and gives the first answer.
    """

    def __init__(self) -> None:
        self._keys: set[tuple[str, str]] = set()
        self._lock = Lock()

    @contextmanager
    def hold(self, actor_id: str, key: str) -> Iterator[None]:
        """Keep others with the same key out while the body of the ``with`` runs.

        Raises:
            RequestRefusedError: ``idempotency-key-in-flight``.
        """
        with self._lock:
            if (actor_id, key) in self._keys:
                raise RequestRefusedError("idempotency-key-in-flight", _KEY_IN_FLIGHT)
            self._keys.add((actor_id, key))
        try:
            yield
        finally:
            with self._lock:
                self._keys.discard((actor_id, key))
