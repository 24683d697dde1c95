"""Without this module a ledger could be kept on a server that cannot keep it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

import psycopg
from psycopg import Connection
from psycopg.rows import TupleRow

from ledger.queries import load_queries
from ledger.startup import StartupCode, StartupError, connection_failure

SERVER_VERSION_LEAST: Final = 15
CLOCK_DIFFERENCE_MAX: Final = timedelta(hours=24)
_QUERIES: Final = load_queries("ledger", "server_check")


def check_server(conninfo: str, *, get_now: Callable[[], datetime]) -> None:
    """Look at a server as its run-time login, before any role is taken. Blocking.

    Args:
        conninfo: Connection string without a role, since the roles may not be there yet.
        get_now: This host's clock, aware.

    Raises:
        StartupError: The server cannot be reached or is not fit for a ledger.
    """
    try:
        with psycopg.connect(conninfo) as connection:
            row = connection.execute(_QUERIES["describe_server"]).fetchone()
    except psycopg.OperationalError as error:
        # The cause is cut off, because its text may repeat the connection string.
        raise connection_failure(error, conninfo) from None
    if row is not None:
        check_description(*row, host_at=get_now())


def check_description(
    version_num: int, encoding: str, server_at: datetime, *, host_at: datetime
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
    row = connection.execute(_QUERIES["is_superuser"]).fetchone()
    if not connection.autocommit:
        connection.rollback()
    if row is None or row[0]:
        user = connection.info.user
        raise StartupError(StartupCode.SUPERUSER_SESSION, user=user)
