"""Without this file a refused request would be answered in the framework's words, or with 500."""

from collections.abc import Mapping
from typing import Final

import psycopg
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.problem import answer_problem
from api.problem_kinds import problem_kinds
from domain.errors import DomainError, unknown_petition
from domain.text import Text
from ledger.canonical import UncanonicalValueError
from ledger.errors import LedgerError, LedgerUnavailableError, OutcomeUnknownError
from projections.timeline import PetitionNotFoundError

_OTHER_NAMES: Final = {
    "key-reused": "idempotency-key-reused",
    "petition-not-found": "unknown-petition",
}
"""Codes of the store whose name in the API is another one."""

_HTTP_CODES: Final = {404: "not-found", 405: "method-not-allowed", 415: "unsupported-media-type"}
_HTTP_DETAILS: Final = {
    404: Text(
        "没有此地址；未作任何更改。", "There is nothing at this address; nothing was changed."
    ),
    405: Text(
        "该地址不支持此方法；未作任何更改。",
        "This address does not take this method; nothing was changed.",
    ),
}
_BAD_REQUEST: Final = Text(
    "请求无法理解；未作任何更改。", "The request cannot be understood; nothing was changed."
)
_UNAVAILABLE: Final = Text(
    "数据库没有应答；已确认的内容均已保存。请稍后重试。",
    "The database does not answer; what was confirmed is kept. Try again later.",
)
_OUTCOME_UNKNOWN: Final = Text(
    "提交过程中连接中断，是否已记录尚不清楚；请以同一 Idempotency-Key 重试，不会重复记录。",
    "The connection broke during the commit; whether it was recorded is not known. Repeat with "
    "the same Idempotency-Key: nothing is recorded twice.",
)
_INVALID_PARAMETERS: Final = Text(
    "参数不合要求；未作任何更改，请按 errors 修改。",
    "Parameters are invalid; nothing was changed, correct what 'errors' names.",
)
_INVALID_VALUE: Final = Text(
    "请求内容有不能记录的值；未作任何记录。",
    "The body holds a value that cannot be recorded; nothing was recorded.",
)


class RequestRefusedError(Exception):
    """The request itself is wrong, before any rule is asked.

    Attributes:
        code: Key of problems.toml.
        text: What happened, what was kept, what to do.
        faults: JSON pointers and what is wrong there.
        headers: More headers of the answer.
    """

    def __init__(
        self,
        code: str,
        text: Text,
        *,
        faults: tuple[tuple[str, Text], ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(text.en)
        self.code = code
        self.text = text
        self.faults = faults
        self.headers = headers


def answer_errors(app: FastAPI) -> None:
    """Let every error that a route may raise be answered as a problem."""
    app.exception_handler(RequestRefusedError)(_answer_refused)
    app.exception_handler(DomainError)(_answer_coded)
    app.exception_handler(LedgerError)(_answer_coded)
    app.exception_handler(UncanonicalValueError)(_answer_uncanonical)
    app.exception_handler(psycopg.OperationalError)(_answer_unavailable)
    app.exception_handler(RequestValidationError)(_answer_invalid)
    app.exception_handler(HTTPException)(_answer_http)


def public_text(error: DomainError | LedgerError) -> Text:
    """Return what a client is told of a refusal. Pure.

    What the database's library says names hosts and accounts; the server's log has it. A
    petition that is not there is refused in the words of one that is kept from the caller.
    """
    match error:
        case OutcomeUnknownError():
            return _OUTCOME_UNKNOWN
        case PetitionNotFoundError():
            return unknown_petition(error.reference)
        case LedgerUnavailableError():
            return _UNAVAILABLE
        case _:
            return error.text


def code_of(error: DomainError | LedgerError) -> str:
    """Return the API's code of a refusal. Pure."""
    code = _OTHER_NAMES.get(error.code, error.code)
    # A rule that has no page yet is a refusal all the same; an error of the store is not.
    return code if code in problem_kinds() or isinstance(error, DomainError) else "ledger-error"


async def _answer_refused(request: Request, error: RequestRefusedError) -> Response:
    return answer_problem(
        request.scope, error.code, error.text, faults=error.faults, headers=error.headers
    )


async def _answer_coded(request: Request, error: DomainError | LedgerError) -> Response:
    return answer_problem(request.scope, code_of(error), public_text(error))


async def _answer_uncanonical(request: Request, error: Exception) -> Response:
    pointer, _, why = str(error).partition(": ")
    fault = (pointer.removeprefix("/body"), Text(f"该值不能记录（{why}）", why))
    return answer_problem(request.scope, "invalid-body", _INVALID_VALUE, faults=(fault,))


async def _answer_unavailable(request: Request, error: Exception) -> Response:
    del error
    return answer_problem(request.scope, "ledger-unavailable", _UNAVAILABLE)


async def _answer_invalid(request: Request, error: RequestValidationError) -> Response:
    faults = tuple(
        (f"#{'/'.join(str(step) for step in each['loc'])}", _explain(str(each["msg"])))
        for each in error.errors()[:20]
    )
    return answer_problem(request.scope, "invalid-request", _INVALID_PARAMETERS, faults=faults)


async def _answer_http(request: Request, error: HTTPException) -> Response:
    code = _HTTP_CODES.get(error.status_code, "bad-request")
    detail = _HTTP_DETAILS.get(error.status_code, _BAD_REQUEST)
    return answer_problem(request.scope, code, detail, headers=error.headers)


def _explain(message: str) -> Text:
    return Text(f"不合要求（{message}）", message)
