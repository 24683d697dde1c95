"""Without this file each command would open its ledger in its own way."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from commands.invocation import Invocation

if TYPE_CHECKING:
    from ledger.database import Database


@contextmanager
def open_ledger(invocation: Invocation, *, sets_up: bool = False) -> "Iterator[Database]":
    """Yield the configured ledger, found fit for this program, and close it afterwards.

    Blocking; starts the embedded server if no other is configured.

    Args:
        invocation: For the settings.
        sets_up: Whether a ledger of the embedded server, which has no administrator who would
            do it, is set up or brought up to date first.

    Raises:
        StartupError: the database or the ledger in it is not fit.
    """
    from ledger.database import open_database
    from ledger.migrate import migrate
    from ledger.migration_plan import check
    from ledger.settings import DatabaseSettings

    with open_database(DatabaseSettings.from_env(invocation.environ)) as database:
        if sets_up and database.server is not None:
            migrate(database)
        check(database)
        yield database
