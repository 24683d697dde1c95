"""Without this file the ``type`` of a problem would lead nowhere."""

from html import escape
from typing import Final

import msgspec
from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.problem_kinds import ProblemKind, problem_kinds

router: Final = APIRouter(include_in_schema=False)

_PAGE: Final = """<!doctype html>
<html lang="zh-Hans">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{code}</title>
<link rel="stylesheet" href="/docs/assets/problem.css">
<main>
<h1><code>{code}</code> · {status}</h1>
<section lang="zh-Hans"><h2>{zh}</h2><p>{fix_zh}</p></section>
<section lang="en"><h2>{en}</h2><p>{fix_en}</p></section>
<p><a href="/docs">/docs</a></p>
</main>
</html>
"""


@router.get("/errors/{code}")
async def get_problem(code: str, request: Request) -> Response:
    """Explain one code, as a page or as JSON."""
    kind = problem_kinds().get(code)
    if kind is None:
        raise HTTPException(404)
    facts = _facts(code, kind)
    if "text/html" in request.headers.get("accept", ""):
        return HTMLResponse(_PAGE.format_map({name: escape(str(facts[name])) for name in facts}))
    return Response(msgspec.json.encode(facts), media_type="application/json")


def _facts(code: str, kind: ProblemKind) -> dict[str, object]:
    return {
        "code": code,
        "status": kind.status,
        "zh": kind.zh,
        "en": kind.en,
        "fix_zh": kind.fix.zh,
        "fix_en": kind.fix.en,
    }
