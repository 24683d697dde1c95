"""Tests of the step that gives a ledger its tables."""

from ledger.database import Database, Role
from ledger.migrate import check, migrate, pending


def test_migrate_applies_every_migration_once(empty_database: Database) -> None:
    """A second run finds nothing to do."""
    assert pending(empty_database)
    assert migrate(empty_database)
    assert migrate(empty_database) == ()
    check(empty_database)


def test_connection_takes_its_role(database: Database) -> None:
    """A connection acts as the role it was asked for, in the ledger's schema and in UTC."""
    for role in Role:
        with database.connect(role) as connection:
            row = connection.execute(
                "SELECT current_user, current_schema, current_setting('TimeZone')"
            ).fetchone()
        assert row == (role.value, "tz_main", "UTC")
