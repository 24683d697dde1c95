"""Without this file contenders would not meet on one server with one durability."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
from psycopg import Connection
from psycopg.conninfo import conninfo_to_dict

from ledger.database import Database, Role
from ledger.embedded import EmbeddedServer
from ledger.migrate import migrate
from ledger.queries import load_queries

QUERIES = load_queries("benchmarks", "server")
LIMITS = load_queries("benchmarks", "limits")
PEER = load_queries("benchmarks", "peer")


class Arena:
    """The one database in which ledgers, peer and limits are measured. Blocking.

    Args:
        database: A database whose administrator may create roles and schemas.
        folder: Where a peer that is no part of PostgreSQL keeps its files, on the same disk.
    """

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self.folder = folder

    def open_ledger(self, name: str) -> Database:
        """Return a migrated ledger of that name, with the plain tables beside its own."""
        database = self.reopen(name)
        migrate(database)
        with database.connect(Role.OWNER, autocommit=True) as connection:
            connection.execute(LIMITS["create_plain_tables"])
        return database

    def reopen(self, name: str) -> Database:
        """Return a ledger that was opened before."""
        return replace(self._database, ledger=name)

    @property
    def admin_dsn(self) -> str:
        """The login that peers use; it may hold a password."""
        return self._database.admin_dsn

    def peer_env(self) -> dict[str, str]:
        """Return the peer's settings: where the server is, and nothing that it defaults."""
        with self._administrate() as connection:
            connection.execute(QUERIES["create_peer_schema"])
        dsn = conninfo_to_dict(self._database.admin_dsn)
        return {
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": str(dsn.get("dbname")),
            "POSTGRES_HOST": str(dsn.get("host")),
            "POSTGRES_PORT": str(dsn.get("port") or 5432),
            "POSTGRES_USER": str(dsn.get("user")),
            "POSTGRES_PASSWORD": str(dsn.get("password") or ""),
            "POSTGRES_SCHEMA": "peer",
        }

    def write_checkpoint(self) -> None:
        """Write out what earlier turns left in memory."""
        with self._administrate() as connection:
            connection.execute(QUERIES["write_checkpoint"])

    def forget_peer_rows(self) -> None:
        """Remove the peer's read model, so that its next turn begins from nothing."""
        with self._administrate() as connection:
            connection.execute(PEER["forget_rows"])

    def settings(self) -> Mapping[str, str]:
        """Return the server's version and settings by name."""
        with self._administrate() as connection:
            return dict(connection.execute(QUERIES["read_settings"]).fetchall())

    def _administrate(self) -> Connection[Any]:
        return psycopg.connect(self._database.admin_conninfo(), autocommit=True)


@contextmanager
def open_arena(parent: Path | None) -> Iterator[Arena]:
    """Yield an arena on a new embedded server, durable, which is removed afterwards.

    Call it from the main thread.

    Args:
        parent: Folder to keep the server's files in; None for the system's temporary one.

    Raises:
        StartupError: the server does not come up.
    """
    folder = Path(tempfile.mkdtemp(prefix="tz-bench-", dir=parent))
    # Closed by default to the account that a server started by root runs as.
    folder.chmod(0o711)
    try:
        with EmbeddedServer(folder) as server:
            with psycopg.connect(server.conninfo("ledger"), autocommit=True) as connection:
                connection.execute(QUERIES["allow_connections"])
            server.stop()
            server.start()
            yield Arena(Database.on_server(server, "main"), folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
