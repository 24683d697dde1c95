"""Without this file nobody could say what a ledger's schema lacks, or a start would not."""

from typing import Final, NamedTuple

import psycopg
from psycopg import Connection
from psycopg.rows import TupleRow

from ledger.database import Database, Role
from ledger.migration import Migration, shipped_migrations
from ledger.queries import load_queries
from ledger.server_check import refuse_superuser
from ledger.startup import StartupCode, StartupError, connection_failure

QUERIES: Final = load_queries("ledger", "migrate")


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
            return compare(applied_migrations(connection, database))
    except psycopg.OperationalError as error:
        # Without the roles nothing was ever applied; only a refused role is worded so.
        if f'role "{Role.APP}"' in str(error) or f'"role": "{Role.APP}"' in str(error):
            return compare(())
        raise connection_failure(error, database.dsns[Role.APP]) from None


def check(database: Database) -> None:
    """Refuse to run on a ledger that is not exactly this program's. Blocking, reads only.

    Every start calls it.

    Raises:
        StartupError: ``superuser_session``, ``schema_missing``, ``schema_older``,
            ``schema_newer``, ``schema_changed``, or the server cannot be reached.
    """
    refuse_difference(database, plan(database))


def applied_migrations(
    connection: Connection[TupleRow], database: Database
) -> tuple[Migration, ...]:
    """Return what the ledger's own list says, nothing where it has no list. Blocking."""
    places = {"schema": database.schema}
    found = connection.execute(QUERIES["find_migration_table"], places).fetchone()
    if found is None or not found[0]:
        return ()
    statement = QUERIES["list_migrations"]
    return tuple(Migration(*row) for row in connection.execute(statement))


def compare(applied: tuple[Migration, ...]) -> Plan:
    """Return the plan for a ledger that has these migrations. Pure."""
    shipped = {step.number: step for step in shipped_migrations()}
    numbers = {step.number for step in applied}
    return Plan(
        applied,
        tuple(step for step in shipped.values() if step.number not in numbers),
        tuple(step for step in applied if step.number not in shipped),
        tuple(step for step in applied if shipped.get(step.number, step) != step),
    )


def refuse_difference(database: Database, found: Plan) -> None:
    """Raise for the first kind of difference; what the caller accepts it leaves out."""
    for code, steps in (
        (StartupCode.SCHEMA_CHANGED, found.changed),
        (StartupCode.SCHEMA_NEWER, found.unknown),
        (StartupCode.SCHEMA_OLDER if found.applied else StartupCode.SCHEMA_MISSING, found.pending),
    ):
        if steps:
            names = ", ".join(step.title for step in steps)
            raise StartupError(code, ledger=database.ledger, names=names)
