"""Without this file routes, rules and errors would not be one API."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from fastapi import FastAPI

from api.access import AccessRule
from api.board_routes import BOARD_ROUTERS
from api.edge import Edge
from api.errors import answer_errors
from api.openapi import build_openapi
from api.routes import (
    claim_gaps,
    commands,
    docs,
    events,
    exports,
    figures,
    form_exports,
    health,
    metrics,
    petition_exports,
    petitions,
    problems,
    reports,
    resources,
    samples,
    similar,
    units,
    what_if,
    worklist,
)
from api.services import Services

API_VERSION: Final = "1.0.0"
"""Version of the interface, which changes apart from the program's."""

ROUTERS: Final = (
    # Searched in this order: the many routes of commands after what is read all the time.
    petitions.router,
    figures.router,
    worklist.router,
    commands.router,
    similar.router,
    resources.router,
    claim_gaps.router,
    what_if.router,
    metrics.router,
    reports.router,
    exports.router,
    form_exports.router,
    petition_exports.router,
    samples.router,
    units.router,
    *BOARD_ROUTERS,
    events.router,
    health.router,
    docs.router,
    problems.router,
)


def create_app(services: Services) -> FastAPI:
    """Return the API of one ledger; it closes its services when it is shut down.

    Nothing connects before it is started. The database stays the caller's.

    Args:
        services: What the routes work with.
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        services.watcher.start()
        yield
        services.close()

    app = _Api(
        version=API_VERSION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        # A redirect is no problem+json, and would be one more address per route.
        redirect_slashes=False,
        # Given as they are: routers that are included are searched one by one, and twice.
        routes=[route for router in ROUTERS for route in router.routes],
    )
    app.state.services = services
    answer_errors(app)
    # The last one added is the outermost.
    app.add_middleware(AccessRule, keys=services.keys)
    app.add_middleware(Edge, services=services)
    app.mount("/docs/assets", docs.assets)
    return app


class _Api(FastAPI):
    def openapi(self) -> dict[str, Any]:
        """Return the finished document, made once."""
        if self.openapi_schema is None:
            self.openapi_schema = build_openapi(self)
        return self.openapi_schema
