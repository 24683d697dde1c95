"""Without this module no ledger would get its tables, or a program would run on the wrong ones."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import psycopg
from psycopg import Connection, sql
from psycopg.rows import TupleRow

from ledger.database import Database, Role
from ledger.migration import (
    Migration,
    migration_statements,
    shipped_migrations,
    without_triggers,
)
from ledger.queries import load_queries
from ledger.role_setup import prepare_roles
from ledger.server_check import refuse_superuser
from ledger.startup import StartupCode, StartupError, connection_failure

LOCK_WAIT_S: Final = 120
MIGRATION_LOCK_WAIT_S: Final = 10
MIGRATION_STATEMENT_S: Final = 600
_QUERIES: Final = load_queries("ledger", "migrate")


class Plan(NamedTuple):
    """What a ledger has, lacks, and has that this program does not know."""

    applied: tuple[Migration, ...]
    pending: tuple[Migration, ...]
    unknown: tuple[Migration, ...]
    changed: tuple[Migration, ...]


def plan(database: Database) -> Plan:
    """Compare a ledger with this program, as the run-time login. Blocking, reads only.

    Raises:
        StartupError: ``superuser_session``, or the server cannot be reached.
    """
    try:
        with psycopg.connect(database.conninfo(Role.APP)) as connection:
            refuse_superuser(connection)
            return _compare(_applied(connection, database))
    except psycopg.OperationalError as error:
        # Without the roles nothing was ever applied; only a refused role is worded so.
        if f'role "{Role.APP}"' in str(error) or f'"role": "{Role.APP}"' in str(error):
            return _compare(())
        raise connection_failure(error, database.dsns[Role.APP]) from None


def pending(database: Database) -> tuple[Migration, ...]:
    """Return the migrations that :func:`migrate` would apply. Blocking, reads only."""
    return plan(database).pending


def check(database: Database) -> None:
    """Refuse to run on a ledger that is not exactly this program's. Blocking, reads only.

    Every start calls it.

    Raises:
        StartupError: ``superuser_session``, ``schema_missing``, ``schema_older``,
            ``schema_newer``, ``schema_changed``, or the server cannot be reached.
    """
    _refuse_difference(database, plan(database))


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
            found = _compare(_applied(admin, database))
            _refuse_difference(database, found._replace(pending=()))
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


def _applied(connection: Connection[TupleRow], database: Database) -> tuple[Migration, ...]:
    """Return what the ledger's own list says, nothing where it has no list."""
    places = {"schema": database.schema}
    found = connection.execute(_QUERIES["find_migration_table"], places).fetchone()
    if found is None or not found[0]:
        return ()
    statement = _QUERIES["list_migrations"]
    return tuple(Migration(*row) for row in connection.execute(statement))


def _compare(applied: tuple[Migration, ...]) -> Plan:
    """Return the plan for a ledger that has these migrations. Pure."""
    shipped = {step.number: step for step in shipped_migrations()}
    numbers = {step.number for step in applied}
    return Plan(
        applied,
        tuple(step for step in shipped.values() if step.number not in numbers),
        tuple(step for step in applied if step.number not in shipped),
        tuple(step for step in applied if shipped.get(step.number, step) != step),
    )


def _refuse_difference(database: Database, found: Plan) -> None:
    """Raise for the first kind of difference; what the caller accepts it leaves out."""
    for code, steps in (
        (StartupCode.SCHEMA_CHANGED, found.changed),
        (StartupCode.SCHEMA_NEWER, found.unknown),
        (StartupCode.SCHEMA_OLDER if found.applied else StartupCode.SCHEMA_MISSING, found.pending),
    ):
        if steps:
            names = ", ".join(step.title for step in steps)
            raise StartupError(code, ledger=database.ledger, names=names)
