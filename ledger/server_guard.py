"""Without this module a long-running program would lose the server that a short one had started."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from ledger.embedded import EmbeddedServer
from ledger.postmaster import LastingThread
from ledger.startup import StartupError

_INTERVAL_S: Final = 0.5
_LOG: Final = logging.getLogger(__name__)


@contextmanager
def guard_server(server: EmbeddedServer | None) -> Iterator[None]:
    """Keep an embedded server up for the length of a ``with``, from a thread of its own.

    A program that runs for long may have attached to the server of one that does not,
    say an import; when that one ends and its server with it, this one starts the next.
    A server of ours that dies is restarted. Sessions are lost either way, so pools must
    reconnect. A restart that fails is logged and tried again.

    Args:
        server: A started server, or None where somebody else runs the database.
    """
    if server is None:
        yield
        return
    is_over = threading.Event()

    def watch() -> None:
        while not is_over.wait(_INTERVAL_S):
            try:
                server.start()
            except StartupError as error:
                _LOG.warning("%s", error)

    thread = LastingThread(target=watch, name="taizhang server guard", daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()
