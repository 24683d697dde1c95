"""Without this module every caller would log in, and pick its rights, in its own way."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from types import TracebackType
from typing import Final, Self

import psycopg
from psycopg import Connection
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool

from ledger.embedded import EmbeddedServer
from ledger.server_check import check_server, refuse_superuser
from ledger.server_cluster import SUPERUSER
from ledger.session import login_of, session_conninfo
from ledger.settings import DatabaseSettings


class Role(StrEnum):
    """The database roles; each may do only its own part."""

    OWNER = "tz_owner"
    APP = "tz_app"
    PROJECTOR = "tz_projector"


# Milliseconds. A lock is waited for briefly; a statement as long as its role's work may take.
_LOCK_TIMEOUT_MS: Final = 5_000
_IDLE_IN_TRANSACTION_TIMEOUT_MS: Final = 60_000
_STATEMENT_TIMEOUT_MS: Final = {Role.OWNER: 600_000, Role.APP: 30_000, Role.PROJECTOR: 120_000}


@dataclass(frozen=True, slots=True)
class Database:
    """One ledger in one PostgreSQL database, and how each role logs in to it.

    Attributes:
        ledger: Name of the ledger.
        dsns: Connection string by role; the user may be the role or a member of it.
        admin_dsn: Login that may create roles, for the migrate step alone.
        server: The embedded server behind it, or None.
    """

    ledger: str
    dsns: Mapping[Role, str] = field(repr=False)
    admin_dsn: str = field(repr=False)
    server: EmbeddedServer | None = field(default=None, repr=False)

    @classmethod
    def on_server(cls, server: EmbeddedServer, ledger: str, dbname: str = "taizhang") -> Self:
        """Return a ledger on an embedded server, where each role is a login of its own."""
        dsns = {role: server.conninfo(role, dbname) for role in Role}
        return cls(ledger, dsns, server.conninfo(SUPERUSER, dbname), server)

    @property
    def schema(self) -> str:
        """Return the name of the ledger's schema."""
        return f"tz_{self.ledger}"

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the embedded server if this process owns it."""
        self.close()

    def close(self) -> None:
        """Stop the embedded server if this process owns it. Close pools before."""
        if self.server is not None:
            self.server.stop()

    def conninfo(self, role: Role) -> str:
        """Return the connection string of a role; it may hold a password. Pure.

        Its sessions speak UTC, see the ledger's schema alone, name themselves
        ``taizhang <ledger> <role>`` and give up on long locks, statements and idle
        transactions.
        """
        settings = {
            "search_path": self.schema,
            "TimeZone": "UTC",
            "lock_timeout": _LOCK_TIMEOUT_MS,
            "statement_timeout": _STATEMENT_TIMEOUT_MS[role],
            "idle_in_transaction_session_timeout": _IDLE_IN_TRANSACTION_TIMEOUT_MS,
        }
        if login_of(self.dsns[role]) != role:
            settings["role"] = role.value
        return session_conninfo(self.dsns[role], f"taizhang {self.ledger} {role}", settings)

    def admin_conninfo(self) -> str:
        """Return the connection string of the migrate step's administrator."""
        settings = {"search_path": self.schema, "TimeZone": "UTC"}
        return session_conninfo(self.admin_dsn, f"taizhang {self.ledger} migrate", settings)

    def login_conninfo(self) -> str:
        """Return the connection string of the run-time login before it takes its role."""
        return session_conninfo(self.dsns[Role.APP], "taizhang check", {"TimeZone": "UTC"})

    def connect(self, role: Role, *, autocommit: bool = False) -> Connection[TupleRow]:
        """Return a new blocking connection of a role; the caller closes it.

        Raises:
            psycopg.OperationalError: The server refused it.
            StartupError: ``superuser_session``.
        """
        connection = psycopg.connect(self.conninfo(role), autocommit=autocommit)
        try:
            refuse_superuser(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def pool(
        self, role: Role, *, min_size: int = 1, max_size: int = 8
    ) -> ConnectionPool[Connection[TupleRow]]:
        """Return a pool of blocking connections, not yet open: use it in a ``with``.

        Args:
            role: Whose connections.
            min_size: Connections kept ready, at least 0.
            max_size: Most connections at a time, at least ``min_size`` and 1.
        """
        return ConnectionPool(
            self.conninfo(role),
            connection_class=Connection[TupleRow],
            min_size=min_size,
            max_size=max_size,
            open=False,
            configure=refuse_superuser,
            check=ConnectionPool.check_connection,
            name=f"taizhang {role}",
        )


def open_database(
    settings: DatabaseSettings, *, get_now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Database:
    """Return the database of the settings once it answers and is fit for a ledger.

    Starts the embedded server if no DSN is set, so call it from the main thread of the
    parent process. Looks at version, encoding and clock; whether the ledger is set up is
    asked by :func:`ledger.migrate.check`. Takes the variables named in
    ``settings.ignored`` out of this process's environment, where libpq would heed them.
    Blocking; close the result.

    Args:
        settings: Where the database is.
        get_now: This host's clock, aware.

    Raises:
        StartupError: With everything that can be wrong.
    """
    for name in settings.ignored:
        os.environ.pop(name, None)
    if settings.dsn is None:
        server = EmbeddedServer(settings.data_dir)
        server.start()
        database = Database.on_server(server, settings.ledger)
    else:
        dsns = {
            Role.OWNER: settings.owner_dsn or settings.dsn,
            Role.APP: settings.dsn,
            Role.PROJECTOR: settings.projector_dsn or settings.dsn,
        }
        admin_dsn = settings.admin_dsn or settings.owner_dsn or settings.dsn
        database = Database(settings.ledger, dsns, admin_dsn)
    try:
        check_server(database.login_conninfo(), get_now=get_now)
    except BaseException:
        database.close()
        raise
    return database
