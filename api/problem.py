"""Without this file errors would come in as many shapes as there are ways to fail."""

from collections.abc import Mapping
from typing import Annotated, Final

import msgspec
from msgspec import Meta
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Scope

from api.languages import choose_language, spoken
from api.problem_kinds import kind_of
from domain.text import Text

MEDIA_TYPE: Final = "application/problem+json"

Line = Annotated[str, Meta(max_length=2000)]


class Spoken(msgspec.Struct, frozen=True):
    """A text in both languages."""

    zh: Line
    en: Line


class Fault(msgspec.Struct, frozen=True):
    """One place of the request that is wrong.

    Attributes:
        pointer: JSON pointer into the body, or the name of a parameter after ``#``.
        detail: What is wrong there.
    """

    pointer: Line
    detail: Line


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """What every answer but 2xx and 304 holds (RFC 9457).

    Attributes:
        type: Address that explains the code, relative to this API.
        title: What kind of problem it is.
        status: HTTP status.
        code: Stable identifier; the one thing a program should test.
        detail: What happened, what was kept, what to do.
        instance: Path that was asked for.
        fix: What to do next.
        texts: ``detail`` in both languages.
        errors: Each wrong place of the request.
        error_id: Where the log has the cause of an internal error.
    """

    type: Line
    title: Line
    status: Annotated[int, Meta(ge=400, le=599)]
    code: Line
    detail: Line
    instance: Line
    fix: Line
    texts: Spoken
    errors: Annotated[tuple[Fault, ...], Meta(max_length=100)] = ()
    error_id: Line | None = None


def make_problem(
    code: str,
    detail: Text,
    *,
    accept_language: str,
    instance: str,
    faults: tuple[tuple[str, Text], ...] = (),
    error_id: str | None = None,
) -> Problem:
    """Return a problem in the language that was asked for. Pure.

    Args:
        code: Key of problems.toml.
        detail: What happened.
        accept_language: The request's header, maybe empty.
        instance: Path that was asked for.
        faults: JSON pointers and what is wrong there.
        error_id: Where the log has the cause.
    """
    name, kind = kind_of(code)
    language = choose_language(accept_language)
    return Problem(
        type=f"/errors/{name}",
        title=spoken(kind.title, language),
        status=kind.status,
        code=code,
        detail=spoken(detail, language),
        instance=instance,
        fix=spoken(kind.fix, language),
        texts=Spoken(*detail),
        errors=tuple(Fault(pointer, spoken(text, language)) for pointer, text in faults),
        error_id=error_id,
    )


def answer_problem(
    scope: Scope,
    code: str,
    detail: Text,
    *,
    faults: tuple[tuple[str, Text], ...] = (),
    headers: Mapping[str, str] | None = None,
    error_id: str | None = None,
) -> Response:
    """Return the response that tells a client what went wrong. Pure.

    Args:
        scope: The request's ASGI scope.
        code: Key of problems.toml.
        detail: What happened.
        faults: JSON pointers and what is wrong there.
        headers: More headers, such as ``Allow``.
        error_id: Where the log has the cause.
    """
    accept_language = Headers(scope=scope).get("accept-language", "")
    problem = make_problem(
        code,
        detail,
        accept_language=accept_language,
        instance=scope["path"],
        faults=faults,
        error_id=error_id,
    )
    retry_after_s = kind_of(code)[1].retry_after_s
    sent = {
        "Cache-Control": "no-store",
        "Content-Language": {"zh": "zh-Hans", "en": "en"}[choose_language(accept_language)],
        "Vary": "Accept-Language",
        **({} if retry_after_s is None else {"Retry-After": str(retry_after_s)}),
        **(headers or {}),
    }
    return Response(msgspec.json.encode(problem), problem.status, sent, MEDIA_TYPE)
