"""Without this file message-db would not be a contender."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Any, Final
from uuid import uuid4

import psycopg
from psycopg import Connection
from psycopg.conninfo import make_conninfo

from benchmarks.arena import Arena
from benchmarks.generator import EncodedLife
from benchmarks.peers.driver import BATCH_LEN
from benchmarks.peers.installs import install_npm_peers
from benchmarks.peers.peer import Peer
from benchmarks.writers import Write, measure_writers
from ledger.codec import EncodedEvent
from ledger.queries import load_queries

QUERIES = load_queries("benchmarks.peers", "message_db")
_SCRIPTS: Final = (
    "install.sh",
    "install-functions.sh",
    "install-indexes.sh",
    "install-views.sh",
)
_FILE: Final = re.compile(r"\$base/(\S+\.sql)")
_EXTENSION: Final = "extensions/pgcrypto.sql"


class MessageDb:
    """The functions of message-db, called by psycopg as its documentation says. Blocking.

    Args:
        dsn: Where they are.
        event: What each command appends.
        settings: Its version and settings.
    """

    def __init__(self, dsn: str, event: EncodedEvent, settings: Mapping[str, str]) -> None:
        self._dsn = make_conninfo(dsn, options="-c search_path=message_store,public")
        self._event = event
        self.settings = settings

    def measure_commands(self, writers_len: int, turn_s: float) -> float:
        """As ``Peer``; each writer has a connection of its own."""
        with ExitStack() as stack:
            connections = [stack.enter_context(self._connect()) for _ in range(writers_len)]
            return measure_writers([self._writer(each) for each in connections], turn_s)

    def measure_import(self, lives: Sequence[EncodedLife]) -> float:
        """As ``Peer``; its function takes one message, so a batch is a transaction."""
        messages = [
            _message(f"petition-{life.petition_id}", event, number - 1)
            for life in lives
            for number, (event, _, _) in enumerate(life.events)
        ]
        with self._connect() as connection, connection.cursor() as cursor:
            started_at_s = perf_counter()
            for start in range(0, len(messages), BATCH_LEN):
                with connection.transaction():
                    cursor.executemany(
                        QUERIES["write_message"], messages[start : start + BATCH_LEN]
                    )
            return len(messages) / (perf_counter() - started_at_s)

    def _connect(self) -> Connection[Any]:
        return psycopg.connect(self._dsn, autocommit=True)

    def _writer(self, connection: Connection[Any]) -> Write:
        stream, versions = f"petition-{uuid4()}", count(-1)

        def write() -> None:
            message = _message(stream, self._event, next(versions))
            connection.execute(QUERIES["write_message"], message, prepare=True)

        return write


@contextmanager
def open_message_db(arena: Arena, cache: Path, event: EncodedEvent) -> Iterator[Peer]:
    """Yield message-db in a schema of its own on the arena's server.

    Raises:
        MissingPeerError: it cannot be installed.
    """
    package = install_npm_peers(cache) / "node_modules" / "@eventide" / "message-db"
    with psycopg.connect(arena.admin_dsn, autocommit=True) as connection:
        connection.execute(QUERIES["drop_schema"])
        connection.execute(QUERIES["set_path"])
        (extensions_len,) = connection.execute(QUERIES["find_extension"]).fetchone() or (0,)
        for file in _files(package / "database", has_extension=extensions_len > 0):
            connection.execute(file.read_bytes())
    manifest = json.loads((package / "package.json").read_text("utf-8"))
    settings = {
        "version": str(manifest["version"]),
        "client": "psycopg, a prepared call and a connection per writer",
        "append": "the expected version stated",
        "pgcrypto": "there" if extensions_len else "not on this server; none of it is called",
    }
    yield MessageDb(arena.admin_dsn, event, settings)


def _files(database: Path, *, has_extension: bool) -> Iterator[Path]:
    """Yield the files that the peer's installer runs, in its order."""
    for script in _SCRIPTS:
        for name in _FILE.findall((database / script).read_text("utf-8")):
            if has_extension or name != _EXTENSION:
                yield database / name


def _message(stream: str, event: EncodedEvent, expected_version: int) -> dict[str, object]:
    return {
        "id": str(uuid4()),
        "stream": stream,
        "topic": event.topic,
        "payload": event.payload.decode(),
        "expected_version": expected_version,
    }
