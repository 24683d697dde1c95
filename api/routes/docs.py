"""Without this file the documentation would need a site that closed networks cannot reach."""

from importlib.resources import files
from pathlib import Path
from typing import Final

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles

STATIC: Final = Path(str(files("api").joinpath("static")))

router: Final = APIRouter(include_in_schema=False)
assets: Final = StaticFiles(directory=STATIC)

_PAGE: Final = (STATIC / "docs.html").read_text("utf-8")
_ICON: Final = (STATIC / "favicon.svg").read_bytes()
_CACHED: Final = {"Cache-Control": "public, max-age=86400"}


@router.get("/docs")
async def get_docs() -> Response:
    """Return the documentation page."""
    return HTMLResponse(_PAGE)


@router.get("/openapi.json")
async def get_openapi(request: Request) -> Response:
    """Return the OpenAPI document."""
    return Response(msgspec.json.encode(request.app.openapi()), media_type="application/json")


@router.get("/favicon.ico")
async def get_favicon() -> Response:
    """Return the icon."""
    return Response(_ICON, headers=_CACHED, media_type="image/svg+xml")
