"""A proxy before PostgreSQL that, once armed, lets only so many messages of the client through."""

import socket
import threading
from itertools import accumulate, repeat

from tests.integration.cutting_proxy import Cut, CuttingProxy


class StagedProxy(CuttingProxy):
    """Passes bytes on until armed; then cuts the client off, and hands the server what it sent.

    Args:
        conninfo: Of the server.
        messages_len: How many messages of what the client sent reach the server.
    """

    def __init__(self, conninfo: str, messages_len: int) -> None:
        super().__init__(conninfo, Cut.BEFORE_COMMIT)
        self._messages_len = messages_len
        self.armed = threading.Event()
        self.may_arrive = threading.Event()
        """Clear, what the client sent waits on its way."""
        self.may_arrive.set()
        self.answered = threading.Event()
        """Whether the server answered it, or closed."""

    def _must_cut(self, chunk: bytes, *, from_client: bool, committing: bool) -> bool:  # noqa: ARG002 - the base asks more
        return from_client and self.armed.is_set() and self._cut is not None

    def _cut_off(self, client: socket.socket, server: socket.socket, chunk: bytes) -> None:
        client.close()
        self.may_arrive.wait()
        server.sendall(chunk[: _length(chunk, self._messages_len)])
        if self._messages_len:
            server.shutdown(socket.SHUT_WR)
            while server.recv(65_536):
                pass
        self.answered.set()


def _length(chunk: bytes, messages_len: int) -> int:
    """Return the length of the first messages: of each a byte, and a length that counts itself."""

    def end(start: int, _: None) -> int:
        return start + 1 + int.from_bytes(chunk[start + 1 : start + 5])

    *_, last = accumulate(repeat(None, messages_len), end, initial=0)
    return last
