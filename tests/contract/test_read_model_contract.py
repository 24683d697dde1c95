"""What every read model owes the engine, the rebuild and the verification."""

import pytest
from psycopg import sql

from ledger.database import Database, Role
from projections.decoding import READABLE
from projections.model import ModelFactory
from projections.models import MODELS
from replay.row_check import TABLES

EVERY = pytest.mark.parametrize("factory", MODELS, ids=lambda factory: factory.name)


@EVERY
def test_model_changes_nothing_when_a_batch_has_no_event_of_its_own(
    module_database: Database, factory: ModelFactory
) -> None:
    """Events of other aggregates move the position alone."""
    with module_database.connect(Role.PROJECTOR) as connection:
        factory(connection).apply([])
        for table in factory.tables:
            query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
            assert connection.execute(query).fetchone() == (0,)


@EVERY
def test_model_owns_its_tables_and_everybody_may_read_them(
    module_database: Database, factory: ModelFactory
) -> None:
    """The projector replaces tables in a rebuild, the API reads them."""
    with module_database.connect(Role.PROJECTOR) as connection:
        for table in factory.tables:
            rights = (
                "SELECT relowner::regrole::text, has_table_privilege('tz_app', oid, 'SELECT'),"
                " has_table_privilege('tz_app', oid, 'INSERT, UPDATE, DELETE, TRUNCATE')"
                " FROM pg_class WHERE oid = %s::regclass"
            )
            row = connection.execute(rights, [table]).fetchone()
            assert row == ("tz_projector", True, False), table


@EVERY
def test_model_reads_aggregates_that_are_decoded(factory: ModelFactory) -> None:
    """A model that follows an aggregate nobody decodes would never see an event."""
    assert factory.aggregates
    assert set(factory.aggregates) <= READABLE


def test_models_share_neither_name_nor_table_and_all_are_verified() -> None:
    """Each table has one writer, and verification compares every one."""
    names = [factory.name for factory in MODELS]
    tables = [table for factory in MODELS for table in factory.tables]
    assert len(set(names)) == len(names)
    assert len(set(tables)) == len(tables)
    assert set(tables) == set(TABLES)
