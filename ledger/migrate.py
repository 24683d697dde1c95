"""Without this module no ledger would get its tables, or a program would run on the wrong ones."""

from collections.abc import Sequence
from typing import Final

import psycopg
from psycopg import Connection, sql
from psycopg.rows import TupleRow

from ledger.database import Database, Role
from ledger.migration import Migration, migration_statements, without_triggers
from ledger.migration_plan import applied_migrations, compare, refuse_difference
from ledger.queries import load_queries
from ledger.role_setup import prepare_roles
from ledger.startup import StartupCode, StartupError, connection_failure

LOCK_WAIT_S: Final = 120
MIGRATION_LOCK_WAIT_S: Final = 10
MIGRATION_STATEMENT_S: Final = 600
_QUERIES: Final = load_queries("ledger", "migrate")


def migrate(database: Database) -> tuple[Migration, ...]:
    """Bring a ledger up to this program and return the migrations that were applied.

    An explicit step of an operator, never of a start. Any number may run at once: they
    queue on an advisory lock, and the later ones find nothing to do. Each migration is
    one transaction, recorded in it. Blocking.

    Where the database has the extension Citus, the ledger's schema is one shard of it, and
    nothing but grants keeps the log append-only, since Citus refuses triggers there.

    Raises:
        StartupError: ``roles_missing``, ``schema_newer``, ``schema_changed``,
            ``schema_busy``, ``disk_full``, or the server cannot be reached.
        psycopg.Error: A migration itself is wrong; it left no trace.
    """
    try:
        with psycopg.connect(database.admin_conninfo(), autocommit=True) as admin:
            admin.execute(_QUERIES["set_session_lock_timeout"], {"lock_timeout": f"{LOCK_WAIT_S}s"})
            admin.execute(_QUERIES["lock_ledger"], {"schema": database.schema})
            prepare_roles(database, admin)
            found = compare(applied_migrations(admin, database))
            refuse_difference(database, found._replace(pending=()))
            with psycopg.connect(database.conninfo(Role.OWNER)) as owner:
                _apply(owner, database, found.pending, is_sharded=_has_citus(admin))
            return found.pending
    except (psycopg.errors.LockNotAvailable, psycopg.errors.QueryCanceled) as error:
        raise StartupError(
            StartupCode.SCHEMA_BUSY, ledger=database.ledger, wait_s=LOCK_WAIT_S, reason=error
        ) from error
    except psycopg.errors.DiskFull as error:
        raise StartupError(StartupCode.DISK_FULL, path=database.schema) from error
    except psycopg.OperationalError as error:
        raise connection_failure(error, database.admin_dsn) from None


def _has_citus(connection: Connection[TupleRow]) -> bool:
    return connection.execute(_QUERIES["find_citus"]).fetchone() is not None


def _apply(
    owner: Connection[TupleRow],
    database: Database,
    steps: Sequence[Migration],
    *,
    is_sharded: bool,
) -> None:
    """Apply the steps as the owner role, one transaction each."""
    name = sql.Identifier(database.schema)
    timeouts = {
        "lock_timeout": f"{MIGRATION_LOCK_WAIT_S}s",
        "statement_timeout": f"{MIGRATION_STATEMENT_S}s",
    }
    with owner.transaction():
        if is_sharded:
            owner.execute(_QUERIES["shard_new_schemas"])
        if owner.execute(_QUERIES["find_schema"], {"schema": database.schema}).fetchone() is None:
            owner.execute(sql.SQL("CREATE SCHEMA {}").format(name))
            owner.execute(sql.SQL("GRANT USAGE ON SCHEMA {} TO tz_app").format(name))
            owner.execute(sql.SQL("GRANT USAGE, CREATE ON SCHEMA {} TO tz_projector").format(name))
        owner.execute(_QUERIES["create_migration_table"])
        owner.execute(_QUERIES["grant_migration_table"])
    for step in steps:
        with owner.transaction():
            owner.execute(_QUERIES["set_timeouts"], timeouts)
            statements = migration_statements()[step]
            owner.execute(without_triggers(statements) if is_sharded else statements)
            owner.execute(_QUERIES["insert_migration"], step._asdict())
