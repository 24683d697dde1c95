"""Without this file the documentation would say what is accepted, but not what comes back."""

import inspect
from typing import Any, Final

import msgspec
from starlette.responses import Response

from api.examples import EXAMPLE_ID, example_body
from api.schemas import Label, Written
from domain.command import Command, PetitionCommand
from domain.filing import RegisterPetition, SubmitPetition
from domain.text import Text
from domain.vocabulary import PetitionState

PROBLEMS: Final = "x-problem-statuses"
"""Extension under which a route lists its problem statuses; the finished document has none."""

_EVERY: Final = (401, 403, 500, 503)
_WRITE: Final = (400, 409, 413, 415, 422, *_EVERY)
_READ: Final = (422, 504, *_EVERY)

_HEADERS: Final = {
    "ETag": ("The version, or the state of the answer; for If-Match and If-None-Match.", '"3"'),
    "Ledger-Position": ("Log place the answer contains, or the write's last event.", "42"),
}
_WRITE_HEADERS: Final = {
    **_HEADERS,
    "Location": ("The petition.", f"/v1/petitions/{EXAMPLE_ID}"),
    "Idempotency-Replayed": ("'true' where an earlier, equal request was answered.", "true"),
}


def describe_write(kind: type[Command], status: int) -> dict[str, Any]:
    """Return how the documentation shows the route of a command. Pure.

    Args:
        kind: The command.
        status: Status of success.
    """
    on_petition = issubclass(kind, PetitionCommand)
    problems = sorted({*_WRITE, *((404, 412, 428) if on_petition else ())})
    body = {
        "schema": {"$ref": f"#/components/schemas/{kind.__name__}"},
        "example": example_body(kind),
    }
    return {
        "summary": f"{kind.label.zh} / {kind.label.en}",
        "description": _description(kind),
        "response_class": Response,
        "responses": {status: _success(Written, _written(kind), _WRITE_HEADERS)},
        "openapi_extra": {
            "requestBody": {"required": True, "content": {"application/json": body}},
            PROBLEMS: problems,
        },
    }


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
            200: _success(answer, example, _HEADERS),
            304: {"description": "未更改 / not changed since If-None-Match"},
        },
        "openapi_extra": {PROBLEMS: sorted({*_READ, *more_problems})},
    }


def describe_stream(label: Text) -> dict[str, Any]:
    """Return how the documentation shows a stream of server-sent events. Pure."""
    return {
        "summary": f"{label.zh} / {label.en}",
        "openapi_extra": {PROBLEMS: sorted({422, *_EVERY})},
    }


def describe_open(label: Text, example: msgspec.Struct) -> dict[str, Any]:
    """Return how the documentation shows a route that needs no key. Pure.

    Args:
        label: What it is for.
        example: An instance of its answer; its shape is the same while it is unhealthy.
    """
    answers = _success(type(example), example, {})
    return {
        "summary": f"{label.zh} / {label.en}",
        "response_class": Response,
        "responses": {200: answers, 503: {**answers, "description": "不可用 / unavailable"}},
        "openapi_extra": {"security": [], PROBLEMS: [500]},
    }


def _success(
    answer: type[msgspec.Struct], example: object, headers: dict[str, tuple[str, str]]
) -> dict[str, Any]:
    return {
        "description": "成功 / done",
        "headers": {
            name: {"description": text, "schema": {"type": "string", "maxLength": 200}}
            | {"example": value}
            for name, (text, value) in headers.items()
        },
        "content": {
            "application/json": {
                "schema": {"$ref": f"#/components/schemas/{answer.__name__}"},
                # As text: the framework drops every null on its way.
                "example": msgspec.json.encode(example).decode(),
            }
        },
    }


def _written(kind: type[Command]) -> Written:
    if kind is SubmitPetition:
        version, number, state = 1, None, PetitionState.SUBMITTED
    elif kind is RegisterPetition:
        version, number, state = 2, "20260901000042", PetitionState.REGISTERED
    else:
        version, number, state = 4, "20260901000042", PetitionState.IN_PROGRESS
    return Written(
        petition_id=EXAMPLE_ID,
        number=number,
        version=version,
        state=state,
        state_label=Label.of(state.label),
        first_position=41 + version,
        last_position=41 + version,
        replayed=False,
    )


def _description(kind: type[Command]) -> str:
    lines = [inspect.getdoc(kind) or "", "", _named("角色 / roles", kind.roles)]
    if issubclass(kind, PetitionCommand):
        lines.append(_named("状态 / states", kind.from_states))
    return "\n".join(lines)


def _named(title: str, members: frozenset[Any]) -> str:
    shown = ", ".join(sorted(f"{each.label.zh} `{each.value}`" for each in members))
    return f"- **{title}**: {shown}"
