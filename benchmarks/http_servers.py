"""Without this file the API would be measured in the process of its clients."""

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from uuid import uuid4

import uvicorn

from api.app import create_app
from api.server import ApiServer
from api.services import Services
from benchmarks.bare_app import create_bare_app
from ledger.database import Database
from ledger.startup import bind_port

_START_S = 60.0
_END_S = 10.0


@contextmanager
def serving(serve: Callable[..., None], *arguments: object) -> Iterator[int]:
    """Yield the port of a server in a process of its own. Blocking.

    Args:
        serve: ``serve_ours`` or ``serve_bare``.
        arguments: Its own, but for the connection.

    Raises:
        TimeoutError: it did not come up.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=serve, args=(there, *arguments), daemon=True)
    process.start()
    try:
        if not here.poll(_START_S):
            raise TimeoutError("the server did not come up")
        yield int(here.recv())
    finally:
        process.terminate()
        process.join(_END_S)


def serve_ours(ready: Connection, database: Database) -> None:
    """Serve the production API of a ledger until the process is told to end."""
    services = Services.of(
        database,
        get_now=lambda: datetime.now(UTC),
        get_petition_id=uuid4,
        report_failure=str,
    )
    with bind_port("127.0.0.1", 0) as bound:
        port = bound.getsockname()[1]
        ApiServer(create_app(services), lambda: ready.send(port)).run(sockets=[bound])


def serve_bare(ready: Connection, conninfo: str) -> None:
    """Serve the bare program by the same server with the same settings."""
    with bind_port("127.0.0.1", 0) as bound:
        port = bound.getsockname()[1]
        config = uvicorn.Config(
            create_bare_app(conninfo), access_log=False, http="h11", log_level="critical", ws="none"
        )
        server = uvicorn.Server(config)
        bound.listen()
        ready.send(port)
        server.run(sockets=[bound])
