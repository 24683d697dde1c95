"""Without this module every caller would log in, and pick its rights, in its own way."""

import os
import pwd
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from types import TracebackType
from typing import Final, Self

import psycopg
from psycopg import Connection
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool

from ledger.embedded import EmbeddedServer
from ledger.queries import load_queries
from ledger.server_cluster import SUPERUSER
from ledger.settings import DatabaseSettings
from ledger.startup import StartupCode, StartupError, connection_failure

SERVER_VERSION_LEAST: Final = 15
CLOCK_DIFFERENCE_MAX: Final = timedelta(hours=24)
CONNECT_TIMEOUT_S: Final = 10
_ROLES: Final = load_queries("ledger", "roles")


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
        if _user(self.dsns[role]) != role:
            settings["role"] = role.value
        return self._conninfo(self.dsns[role], role.value, settings)

    def admin_conninfo(self) -> str:
        """Return the connection string of the migrate step's administrator."""
        settings = {"search_path": self.schema, "TimeZone": "UTC"}
        return self._conninfo(self.admin_dsn, "migrate", settings)

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

    def _conninfo(self, dsn: str, purpose: str, settings: Mapping[str, object]) -> str:
        """Return a connection string whose sessions start with the settings."""
        given = conninfo_to_dict(dsn)
        options = [str(given["options"])] if given.get("options") else []
        options += [f"-c {name}={value}" for name, value in settings.items()]
        return make_conninfo(
            dsn,
            user=_user(dsn),
            options=" ".join(options),
            application_name=f"taizhang {self.ledger} {purpose}",
            connect_timeout=given.get("connect_timeout") or CONNECT_TIMEOUT_S,
            client_encoding="UTF8",
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
        check_server(database, get_now=get_now)
    except BaseException:
        database.close()
        raise
    return database


def check_server(database: Database, *, get_now: Callable[[], datetime]) -> None:
    """Look at the server as the run-time login, before any role is taken. Blocking.

    Raises:
        StartupError: The server cannot be reached or is not fit for a ledger.
    """
    dsn = database.dsns[Role.APP]
    try:
        with psycopg.connect(database._conninfo(dsn, "check", {"TimeZone": "UTC"})) as connection:  # noqa: SLF001
            row = connection.execute(_ROLES["describe_server"]).fetchone()
    except psycopg.OperationalError as error:
        raise connection_failure(error, dsn) from None
    if row is None:
        raise StartupError(StartupCode.SERVER_DOWN, server="", host="", port="", reason="no answer")
    check_description(row[0], row[1], row[2], get_now())


def check_description(
    version_num: int, encoding: str, server_at: datetime, host_at: datetime
) -> None:
    """Refuse a server that is too old, not UTF-8, or a day away from this host. Pure.

    Args:
        version_num: ``server_version_num``, e.g. 150018.
        encoding: ``server_encoding``.
        server_at: The server's clock, aware.
        host_at: This host's clock, aware.

    Raises:
        StartupError: ``old_server``, ``database_not_utf8`` or ``clock_off``.
    """
    if version_num // 10_000 < SERVER_VERSION_LEAST:
        raise StartupError(
            StartupCode.OLD_SERVER, found=version_num // 10_000, least=SERVER_VERSION_LEAST
        )
    if encoding != "UTF8":
        raise StartupError(StartupCode.DATABASE_NOT_UTF8, encoding=encoding)
    if abs(server_at - host_at) >= CLOCK_DIFFERENCE_MAX:
        raise StartupError(
            StartupCode.CLOCK_OFF,
            hours=round(abs(server_at - host_at) / timedelta(hours=1)),
            host_at=host_at.astimezone(UTC).isoformat(timespec="seconds"),
            server_at=server_at.astimezone(UTC).isoformat(timespec="seconds"),
        )


def refuse_superuser(connection: Connection[TupleRow]) -> None:
    """Refuse a session whose login passes every grant, whatever role it took.

    Raises:
        StartupError: ``superuser_session``.
    """
    row = connection.execute(_ROLES["is_superuser"]).fetchone()
    if not connection.autocommit:
        connection.rollback()
    if row is None or row[0]:
        user = connection.info.user
        raise StartupError(StartupCode.SUPERUSER_SESSION, user=user)


def _user(dsn: str) -> str:
    """Return the login of a connection string; libpq's own default is this account's name."""
    return str(conninfo_to_dict(dsn).get("user") or pwd.getpwuid(os.geteuid()).pw_name)
