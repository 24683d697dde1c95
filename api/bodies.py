"""Without this file a body could be read twice, in part, or with values nobody can record."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final, TypeVar

import msgspec
from starlette.requests import Request

from api.body_errors import explain_mismatch
from api.errors import RequestRefusedError
from domain.text import Text
from domain.workday_table import YEARS

C = TypeVar("C", bound=msgspec.Struct)

BODY_LEN_MAX: Final = 2**20
"""Most bytes of a body, 1 MiB."""

_OFFSET_MAX: Final = timedelta(hours=14)
_EMPTY: Final = b"{}"

_NOT_JSON: Final = Text(
    "请求内容不是有效的 UTF-8 JSON；未作任何记录。",
    "The body is no valid UTF-8 JSON; nothing was recorded.",
)
_MISMATCH: Final = Text(
    "请求内容不符合要求；未作任何记录，请按 errors 修改。",
    "The body does not fit its schema; nothing was recorded, correct what 'errors' names.",
)
_TOO_LARGE: Final = Text(
    "请求内容超过 1 MiB；未作任何记录。", "The body is larger than 1 MiB; nothing was recorded."
)
_WRONG_TYPE: Final = Text(
    "内容类型须为 application/json；未作任何记录。",
    "The body must be application/json; nothing was recorded.",
)
_NUL: Final = Text("含有 NUL 字符", "the text holds a NUL character")
_INSTANT: Final = Text(
    f"时间须在 {YEARS[0]} 至 {YEARS[-1]} 年之间，时差不超过 14 小时",
    f"an instant lies in {YEARS[0]} to {YEARS[-1]}, with an offset of at most 14 hours",
)


async def read_body(request: Request) -> bytes:
    """Return the request's body, ``{}`` where it has none.

    Raises:
        RequestRefusedError: ``unsupported-media-type`` or ``body-too-large``.
    """
    content_type = request.headers.get("content-type", "")
    media_type, _, parameters = content_type.partition(";")
    charset = parameters.lower().replace(" ", "").partition("charset=")[2].strip('"')
    if media_type.strip().lower() != "application/json" or charset not in {"", "utf-8", "utf8"}:
        raise RequestRefusedError("unsupported-media-type", _WRONG_TYPE)
    announced = request.headers.get("content-length", "0")
    if announced.isdecimal() and int(announced) > BODY_LEN_MAX:
        raise _too_large()
    body = bytearray()
    # By pieces: a body without an announced length must not fill the memory first.
    async for piece in request.stream():
        body += piece
        if len(body) > BODY_LEN_MAX:
            raise _too_large()
    return bytes(body) or _EMPTY


def decode_command(body: bytes, decoder: msgspec.json.Decoder[C]) -> C:
    """Return the command that a body holds. Pure.

    Raises:
        RequestRefusedError: ``invalid-body``, with the place of what is wrong.
    """
    try:
        command = decoder.decode(body)
    except msgspec.ValidationError as error:
        place = explain_mismatch(str(error))
        raise RequestRefusedError("invalid-body", _MISMATCH, faults=(place,)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        place = "", Text(f"不是有效的 JSON（{error}）", str(error))
        raise RequestRefusedError("invalid-body", _NOT_JSON, faults=(place,)) from error
    faults = tuple(_unfit(command, ""))
    if faults:
        raise RequestRefusedError("invalid-body", _MISMATCH, faults=faults)
    return command


def _too_large() -> RequestRefusedError:
    # What is left of the body is not read, so the connection cannot be used again.
    return RequestRefusedError("body-too-large", _TOO_LARGE, headers={"Connection": "close"})


def _unfit(value: object, pointer: str) -> Iterator[tuple[str, Text]]:
    """Yield the values that a schema lets through and the store could not take."""
    match value:
        case str():
            if "\0" in value:
                yield pointer, _NUL
        case datetime():
            offset = value.utcoffset() or timedelta()
            if not (value.year in YEARS and abs(offset) <= _OFFSET_MAX):
                yield pointer, _INSTANT
        case msgspec.Struct():
            for name in value.__struct_fields__:
                yield from _unfit(getattr(value, name), f"{pointer}/{name}")
        case tuple() | list():
            for place, item in enumerate(value):
                yield from _unfit(item, f"{pointer}/{place}")
        case _:
            pass
