"""Without this file the API would be an object that nothing outside the process can reach."""

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

import uvicorn
from fastapi import FastAPI

from api.services import Services

GRACE_S: Final = 3
"""How long open requests may take to end once the program is told to stop."""

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


class ApiServer(uvicorn.Server):
    """Serves the API until it is told to stop, then ends in order. Blocking.

    Args:
        app: From ``create_app``.
        say_ready: Called once, when the API answers.
    """

    def __init__(self, app: FastAPI, say_ready: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                access_log=False,
                http="h11",
                lifespan="on",
                log_config=None,
                log_level="critical",
                server_header=False,
                timeout_graceful_shutdown=GRACE_S,
                ws="none",
            )
        )
        self._services: Services = app.state.services
        self._say_ready = say_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, then say so."""
        await super().startup(sockets=sockets)
        if self.started:
            self._say_ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End streams and waits too, which would otherwise hold the end up."""
        self._services.watcher.release()
        super().handle_exit(sig, frame)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take the signals while serving.

        The library raises them again afterwards, which would end the process before the
        database is shut down.
        """
        before = {number: signal.signal(number, self.handle_exit) for number in _SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
