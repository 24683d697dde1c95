"""Without this file the documentation would not say how a file is asked for, and what comes."""

from typing import Any, Final

import msgspec
from starlette.responses import Response

from api.export_views import ExportOrder, ExportView
from api.file_question import BUNDLE_TYPE, MEDIA_TYPES
from api.operation import EVERY, PROBLEMS, READ, WRITE, describe_success, shown_headers
from domain.text import Text
from replay.export_file import Format

_FILE_HEADERS: Final = {
    "Content-Disposition": ("Name of the file.", 'attachment; filename="closure-20190930.csv"'),
    "Export-Rows": ("Records in the file, counted in it after writing.", "16"),
    "Ledger-Position": ("Log place the figures contain.", "42"),
    "Repr-Digest": ("SHA-256 of the body (RFC 9530).", "sha-256=:AAAA:"),
}
FILE_LEN_MAX: Final = 2**40
_LOCATION: Final = {"Location": ("Where its progress is read.", "/v1/exports/petitions/…")}
_BINARY: Final = {"type": "string", "format": "binary", "maxLength": FILE_LEN_MAX}
_SOME_BYTES: Final = '"…"'


def describe_file(label: Text, *more_problems: int) -> dict[str, Any]:
    """Return how the documentation shows the route of a download. Pure.

    Args:
        label: What the download is.
        more_problems: Statuses beyond those of every download.
    """
    content = {
        media_type: {"schema": _BINARY, "example": _SOME_BYTES}
        for media_type in (*MEDIA_TYPES.values(), BUNDLE_TYPE)
    }
    content[MEDIA_TYPES[Format.JSON]] = {
        "schema": {"type": "object"},
        "example": '{"schema":"taizhang.export/1"}',
    }
    return {
        "summary": f"{label.zh} / {label.en}",
        "response_class": Response,
        "responses": {
            200: {
                "description": "成功 / done",
                "headers": shown_headers(_FILE_HEADERS),
                "content": content,
            }
        },
        "openapi_extra": {PROBLEMS: sorted({406, *READ, *more_problems})},
    }


def describe_archive(label: Text, *more_problems: int) -> dict[str, Any]:
    """Return how the documentation shows the download of a finished export. Pure."""
    content = {BUNDLE_TYPE: {"schema": _BINARY, "example": _SOME_BYTES}}
    answer = {"description": "成功 / done", "headers": shown_headers(_FILE_HEADERS)}
    return {
        "summary": f"{label.zh} / {label.en}",
        "response_class": Response,
        "responses": {200: {**answer, "content": content}},
        "openapi_extra": {PROBLEMS: sorted({422, *EVERY, *more_problems})},
    }


def describe_order(label: Text, example: ExportView) -> dict[str, Any]:
    """Return how the documentation shows an order that is worked on later. Pure."""
    body = {
        "schema": {"$ref": f"#/components/schemas/{ExportOrder.__name__}"},
        "example": msgspec.to_builtins(ExportOrder(format=Format.SAV)),
    }
    return {
        "summary": f"{label.zh} / {label.en}",
        "response_class": Response,
        "responses": {202: describe_success(ExportView, example, _LOCATION)},
        "openapi_extra": {
            "requestBody": {"required": True, "content": {"application/json": body}},
            PROBLEMS: sorted({*WRITE, 429}),
        },
    }


def describe_status(label: Text, example: ExportView, *more_problems: int) -> dict[str, Any]:
    """Return how the documentation shows an export's progress. Pure."""
    return {
        "summary": f"{label.zh} / {label.en}",
        "response_class": Response,
        "responses": {200: describe_success(ExportView, example, _LOCATION)},
        "openapi_extra": {PROBLEMS: sorted({422, *EVERY, *more_problems})},
    }
