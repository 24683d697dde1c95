"""Without this file the documentation would say what is accepted, but not what comes back."""

import inspect
import re
from typing import Any, Final

import msgspec
from starlette.responses import Response

from api.examples import example_body
from domain.command import Command, PetitionCommand
from domain.resource import AggregateCommand
from domain.text import Text

PROBLEMS: Final = "x-problem-statuses"
"""Extension under which a route lists its problem statuses; the finished document has none."""

EVERY: Final = (401, 403, 500, 503)
WRITE: Final = (400, 409, 413, 415, 422, *EVERY)
READ: Final = (422, 504, *EVERY)

_HEADERS: Final = {
    "ETag": ("The version, or the state of the answer; for If-Match and If-None-Match.", '"3"'),
    "Ledger-Position": ("Log place the answer contains, or the write's last event.", "42"),
}
_WRITE_HEADERS: Final = {
    **_HEADERS,
    "Idempotency-Replayed": ("'true' where an earlier, equal request was answered.", "true"),
}


def describe_write(
    kind: type[Command], status: int, example: msgspec.Struct, location: str
) -> dict[str, Any]:
    """Return how the documentation shows the route of a command. Pure.

    Args:
        kind: The command.
        status: Status of success.
        example: Its answer.
        location: Address of what it was given to.
    """
    on_existing = issubclass(kind, PetitionCommand | AggregateCommand)
    problems = sorted({*WRITE, *((404, 412, 428) if on_existing else ())})
    headers = {**_WRITE_HEADERS, "Location": ("What was written to.", location)}
    body = {
        "schema": {"$ref": f"#/components/schemas/{kind.__name__}"},
        "example": example_body(kind),
    }
    return {
        "summary": f"{kind.label.zh} / {kind.label.en}",
        "description": _description(kind),
        "response_class": Response,
        "responses": {status: describe_success(type(example), example, headers)},
        "openapi_extra": {
            "requestBody": {"required": True, "content": {"application/json": body}},
            PROBLEMS: problems,
        },
    }


def operation_name(kind: type[Command]) -> str:
    """Return ``accept_petition`` for ``AcceptPetition``. Pure."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


def describe_read(
    label: Text, answer: type[msgspec.Struct], example: object, *more_problems: int
) -> dict[str, Any]:
    """Return how the documentation shows the route of a read. Pure.

    Args:
        label: What the read is for.
        answer: Its shape.
        example: An instance of it.
        more_problems: Statuses beyond those of every read.
    """
    return {
        "summary": f"{label.zh} / {label.en}",
        "response_class": Response,
        "responses": {
            200: describe_success(answer, example, _HEADERS),
            304: {"description": "未更改 / not changed since If-None-Match"},
        },
        "openapi_extra": {PROBLEMS: sorted({*READ, *more_problems})},
    }


def describe_stream(label: Text) -> dict[str, Any]:
    """Return how the documentation shows a stream of server-sent events. Pure."""
    return {
        "summary": f"{label.zh} / {label.en}",
        "openapi_extra": {PROBLEMS: sorted({422, *EVERY})},
    }


def describe_open(label: Text, example: msgspec.Struct) -> dict[str, Any]:
    """Return how the documentation shows a route that needs no key. Pure.

    Args:
        label: What it is for.
        example: An instance of its answer; its shape is the same while it is unhealthy.
    """
    answers = describe_success(type(example), example, {})
    return {
        "summary": f"{label.zh} / {label.en}",
        "response_class": Response,
        "responses": {200: answers, 503: {**answers, "description": "不可用 / unavailable"}},
        "openapi_extra": {"security": [], PROBLEMS: [500]},
    }


def describe_success(
    answer: type[msgspec.Struct], example: object, headers: dict[str, tuple[str, str]]
) -> dict[str, Any]:
    """Return how the documentation shows an answer of success. Pure."""
    return {
        "description": "成功 / done",
        "headers": shown_headers(headers),
        "content": {
            "application/json": {
                "schema": {"$ref": f"#/components/schemas/{answer.__name__}"},
                # As text: the framework drops every null on its way.
                "example": msgspec.json.encode(example).decode(),
            }
        },
    }


def shown_headers(headers: dict[str, tuple[str, str]]) -> dict[str, Any]:
    """Return how the documentation shows headers: their meaning and an example. Pure."""
    return {
        name: {"description": text, "schema": {"type": "string", "maxLength": 200}}
        | {"example": value}
        for name, (text, value) in headers.items()
    }


def _description(kind: type[Command]) -> str:
    lines = [inspect.getdoc(kind) or "", "", _named("角色 / roles", kind.roles)]
    if issubclass(kind, PetitionCommand):
        lines.append(_named("状态 / states", kind.from_states))
    return "\n".join(lines)


def _named(title: str, members: frozenset[Any]) -> str:
    shown = ", ".join(sorted(f"{each.label.zh} `{each.value}`" for each in members))
    return f"- **{title}**: {shown}"
