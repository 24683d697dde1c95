"""Without this file each client that waits for its own write would hold a thread and poll alone."""

import asyncio
import select
import socket
from contextlib import suppress
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any, Final

import psycopg
from psycopg import Connection, sql

from api.seen_positions import LOG, Seen, Waiter
from ledger.database import Database, Role
from ledger.reference import ROSTER_ID
from ledger.startup import StartupError
from projections.positions import read_ends, statuses

_BUSY_INTERVAL_S: Final = 0.02
_IDLE_INTERVAL_S: Final = 0.5
_FRESH_S: Final = 1.8
_CONNECT_TIMEOUT_S: Final = 2
_STATEMENT_TIMEOUT_MS: Final = 1_500


class PositionWatcher:
    """One thread and one connection that know how far log and read models have come.

    Any number of coroutines may wait on it without touching the database. While nobody
    waits it looks twice a second, which also tells whether the database answers.

    Args:
        database: The ledger.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._seen = Seen()
        self._waiters: set[Waiter] = set()
        self._lock = Lock()
        self._closed = Event()
        self._bell: socket.socket | None = None
        self._thread: Thread | None = None

    @property
    def seen(self) -> Seen:
        """What the last look found."""
        return self._seen

    @property
    def is_fresh(self) -> bool:
        """Whether the database answered within the last two seconds."""
        return monotonic() - self._seen.at <= _FRESH_S

    @property
    def is_closing(self) -> bool:
        """Whether the program is about to end, so that streams should too."""
        return self._closed.is_set()

    def start(self) -> None:
        """Begin to watch."""
        self._bell, ear = socket.socketpair()
        self._bell.settimeout(0)
        self._thread = Thread(target=self._run, args=(ear,), name="position-watcher", daemon=True)
        self._thread.start()

    def release(self) -> None:
        """Wake everybody who waits, for the end of the program; may be called by a signal."""
        self._closed.set()
        self._ring()
        for waiter in tuple(self._waiters):
            waiter.loop.call_soon_threadsafe(waiter.woken.set)

    def close(self) -> None:
        """Stop watching. Blocking, for at most a few seconds."""
        self.release()
        if self._thread is not None:
            self._thread.join(timeout=2 * _CONNECT_TIMEOUT_S)
        if self._bell is not None:
            self._bell.close()

    async def wait(self, name: str, position: int, timeout_s: float) -> bool:
        """Return once a read model, or the log, has come as far; touches no database.

        Args:
            name: Name of the read model, or ``LOG``.
            position: Log place.
            timeout_s: Longest wait in seconds.

        Returns:
            Whether it has come as far.
        """
        loop = asyncio.get_running_loop()
        waiter = Waiter(name, position, loop, asyncio.Event())
        with self._lock:
            self._waiters.add(waiter)
        try:
            if self._seen.position_of(name) < position and not self.is_closing:
                self._ring()
                async with asyncio.timeout(timeout_s):
                    await waiter.woken.wait()
        except TimeoutError:
            pass
        finally:
            with self._lock:
                self._waiters.discard(waiter)
        return self._seen.position_of(name) >= position

    def _ring(self) -> None:
        if self._bell is not None:
            # A full buffer means that it rings already; a closed one that the watch is over.
            with suppress(OSError):
                self._bell.send(b"!")

    def _run(self, ear: socket.socket) -> None:
        while not self._closed.is_set():
            try:
                with self._connect() as connection:
                    while not self._closed.is_set():
                        self._look(connection)
                        self._sleep(connection, ear)
            except (psycopg.Error, StartupError):
                # Whoever waits sees that nothing moves; readiness goes by the age of the look.
                self._closed.wait(_IDLE_INTERVAL_S)
        ear.close()

    def _connect(self) -> Connection[Any]:
        conninfo = self._database.conninfo(Role.APP)
        connection = psycopg.connect(conninfo, autocommit=True, connect_timeout=_CONNECT_TIMEOUT_S)
        connection.execute(
            sql.SQL("SET statement_timeout = {}").format(sql.Literal(_STATEMENT_TIMEOUT_MS))
        )
        channel = sql.Identifier(self._database.schema)
        connection.execute(sql.SQL("LISTEN {}").format(channel))
        return connection

    def _look(self, connection: Connection[Any]) -> None:
        models = {status.model: status for status in statuses(connection)}
        position, roster_version = read_ends(connection, ROSTER_ID)
        self._seen = Seen(position, models, monotonic(), roster_version)
        with self._lock:
            reached = [
                waiter
                for waiter in self._waiters
                if self._seen.position_of(waiter.name) >= waiter.position
            ]
        for waiter in reached:
            # Its loop may close at this very moment, where a server ends; then nobody waits.
            with suppress(RuntimeError):
                waiter.loop.call_soon_threadsafe(waiter.woken.set)

    def _sleep(self, connection: Connection[Any], ear: socket.socket) -> None:
        # Appends are announced, moves of read models are not.
        is_busy = any(waiter.name != LOG for waiter in tuple(self._waiters))
        interval_s = _BUSY_INTERVAL_S if is_busy else _IDLE_INTERVAL_S
        bell, server = ear.fileno(), connection.fileno()
        readable, _, _ = select.select([bell, server], [], [], interval_s)
        if bell in readable:
            ear.recv(4096)
        if server in readable:
            for _ in connection.notifies(timeout=0):
                pass
