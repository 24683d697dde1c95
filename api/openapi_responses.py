"""Without this file every operation of the document would repeat every problem."""

from collections.abc import Mapping
from typing import Any, Final

from api.examples import as_plain
from api.problem import MEDIA_TYPE, make_problem
from api.problem_kinds import problem_kinds
from domain.text import Text

_RESPONSES: Final = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    406: "Not Acceptable",
    409: "Conflict",
    410: "Gone",
    412: "Precondition Failed",
    413: "Content Too Large",
    415: "Unsupported Media Type",
    422: "Unprocessable Content",
    428: "Precondition Required",
    429: "Too Many Requests",
    500: "Internal Server Error",
    503: "Service Unavailable",
    504: "Wait Timeout",
}


def problem_responses() -> dict[str, Any]:
    """Return one response per status, with an example of each code that has it."""
    by_status: dict[int, dict[str, Any]] = {}
    for code, kind in problem_kinds().items():
        problem = make_problem(
            code, _example_detail(kind.title), accept_language="zh", instance="/v1/petitions"
        )
        example = {"summary": f"{kind.zh} / {kind.en}", "value": as_plain(problem)}
        by_status.setdefault(kind.status, {})[code] = example
    return {
        response_name(status): _response(status, examples)
        for status, examples in sorted(by_status.items())
    }


def _response(status: int, examples: Mapping[str, Any]) -> dict[str, Any]:
    content = {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": examples}
    response = {
        "description": _RESPONSES[status],
        "content": {MEDIA_TYPE: content},
    }
    if any(problem_kinds()[code].retry_after_s for code in examples):
        response["headers"] = {
            "Retry-After": {
                "description": "Seconds to wait before trying again.",
                "schema": {"type": "integer", "minimum": 0, "maximum": 3600},
            }
        }
    return response


def response_name(status: int) -> str:
    """Return the name of a status's component. Pure."""
    return _RESPONSES[status].replace(" ", "")


def _example_detail(title: Text) -> Text:
    return Text(f"{title.zh}；未作任何记录。", f"{title.en}; nothing was recorded.")
