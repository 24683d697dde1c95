"""Without this file nobody could tell whether the API works, or how far behind it is."""

from typing import Final

import msgspec
from fastapi import APIRouter
from starlette.responses import Response

from api.health import ALIVE, EXAMPLE, READY, UNAVAILABLE, describe_health
from api.operation import describe_open
from api.services import Serving
from domain.text import Text

router: Final = APIRouter(tags=["health"])

_HEALTH: Final = describe_open(Text("运行状况", "health"), EXAMPLE)
_LIVE: Final = describe_open(Text("存活", "alive"), ALIVE)
_READY: Final = describe_open(Text("就绪", "ready"), READY)


@router.get("/v1/health", operation_id="get_health", **_HEALTH)
async def get_health(serving: Serving) -> Response:
    """Whether the API can be used, and how far its read models are behind."""
    view = describe_health(serving.watcher)
    return _answer(view, is_healthy=view.status == "healthy")


@router.get("/health/live", operation_id="get_live", **_LIVE)
async def get_live() -> Response:
    """Whether the process runs at all."""
    return _answer(ALIVE, is_healthy=True)


@router.get("/health/ready", operation_id="get_ready", **_READY)
async def get_ready(serving: Serving) -> Response:
    """Whether the database answered within the last two seconds."""
    is_ready = serving.watcher.is_fresh
    return _answer(READY if is_ready else UNAVAILABLE, is_healthy=is_ready)


def _answer(view: object, *, is_healthy: bool) -> Response:
    body = msgspec.json.encode(view)
    return Response(body, 200 if is_healthy else 503, media_type="application/json")
