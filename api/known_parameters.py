"""Without this file a mistyped parameter would be passed over, and another question answered."""

import difflib
from collections.abc import Iterator

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.requests import Request

from api.errors import RequestRefusedError
from domain.text import Text


def refuse_unknown_parameters(request: Request) -> None:
    """Refuse a query parameter that the route of a request does not have. Pure.

    Raises:
        RequestRefusedError: ``invalid-request``, with the parameter that is near, or all.
    """
    route: APIRoute = request.scope["route"]
    known = sorted(set(_names(route.dependant)))
    unknown = next((name for name in request.query_params if name not in known), None)
    if unknown is None:
        return
    listed = difflib.get_close_matches(unknown, known, n=1) or known
    raise RequestRefusedError(
        "invalid-request",
        Text(
            f"没有参数“{unknown}”；未返回任何结果，可用：{'、'.join(listed)}。",
            f"there is no parameter '{unknown}'; nothing was returned, use {', '.join(listed)}.",
        ),
    )


def _names(dependant: Dependant) -> Iterator[str]:
    yield from (each.alias for each in dependant.query_params)
    for inner in dependant.dependencies:
        yield from _names(inner)
