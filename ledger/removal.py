"""Without this file a demo could only be got rid of together with everybody's own data."""

from typing import Final

from psycopg import sql

from ledger.database import Database, Role
from ledger.migration_plan import plan

REMOVABLE_PREFIX: Final = "demo_"
"""Only a ledger named so may be removed: it can be played again, others cannot."""


def remove_demo(database: Database) -> bool:
    """Drop a demo's ledger with all its events. Blocking, one transaction of the owner role.

    Returns:
        Whether there was one.

    Raises:
        ValueError: the ledger is no demo; nothing was touched.
        StartupError: the server cannot be reached.
        psycopg.errors.LockNotAvailable: sessions use it; nothing was removed.
    """
    if not database.ledger.startswith(REMOVABLE_PREFIX):
        raise ValueError(f"ledger {database.ledger} is no demo")
    if not plan(database).applied:
        return False
    with database.connect(Role.OWNER) as connection:
        schema = sql.Identifier(database.schema)
        connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(schema))
    return True
