"""A proxy before PostgreSQL that cuts the connection at the commit, once."""

import select
import socket
import tempfile
import threading
from contextlib import suppress
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Self

from psycopg.conninfo import conninfo_to_dict, make_conninfo

SOCKET_NAME = ".s.PGSQL.5432"


class Cut(Enum):
    """Where the connection breaks."""

    BEFORE_COMMIT = "the server never gets the COMMIT"
    AFTER_COMMIT = "the server commits, and its answer is lost"


class CuttingProxy:
    """Passes bytes on until a COMMIT comes by, cuts there, and then only passes bytes on."""

    def __init__(self, conninfo: str, cut: Cut) -> None:
        settings = conninfo_to_dict(conninfo)
        host, port = str(settings["host"]), str(settings.get("port") or 5432)
        self._is_local = host.startswith("/")
        self._target = f"{host}/.s.PGSQL.{port}" if self._is_local else (host, int(port))
        self._cut: Cut | None = cut
        self._folder = tempfile.TemporaryDirectory(prefix="tz-proxy-")
        self.conninfo = make_conninfo(conninfo, host=self._folder.name, port=5432)
        self._listener = socket.socket(socket.AF_UNIX)
        self._closing = threading.Event()
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        self._listener.bind(str(Path(self._folder.name) / SOCKET_NAME))
        self._listener.listen()
        self._spawn(self._accept)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closing.set()
        for thread in self._threads:
            thread.join()
        self._listener.close()
        self._folder.cleanup()

    def _spawn(self, work: object, *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._closing.is_set():
            if select.select([self._listener], [], [], 0.05)[0]:
                self._spawn(self._pass_on, self._listener.accept()[0])

    def _pass_on(self, client: socket.socket) -> None:
        family = socket.AF_UNIX if self._is_local else socket.AF_INET
        # Either side may be gone before it has read all that it was sent.
        with client, socket.socket(family) as server, suppress(ConnectionError):
            server.connect(self._target)
            committing = False
            while not self._closing.is_set():
                ready = select.select([client, server], [], [], 0.05)[0]
                for source in ready:
                    chunk = source.recv(65_536)
                    if not chunk:
                        return
                    committing = committing or (source is client and b"COMMIT\0" in chunk)
                    if self._must_cut(chunk, from_client=source is client, committing=committing):
                        self._cut = None
                        self._cut_off(client, server, chunk)
                        return
                    (server if source is client else client).sendall(chunk)

    def _must_cut(self, chunk: bytes, *, from_client: bool, committing: bool) -> bool:
        match self._cut:
            case Cut.BEFORE_COMMIT:
                return committing and from_client
            case Cut.AFTER_COMMIT:
                return committing and not from_client and b"COMMIT\0" in chunk
            case None:
                return False

    def _cut_off(self, client: socket.socket, server: socket.socket, chunk: bytes) -> None:
        """Do what is to be done before both connections are closed; here nothing."""
