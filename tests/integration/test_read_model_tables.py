"""Tests that the tables have the columns the domain counts by."""

import pytest
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

from domain.measures import MEASURES
from ledger.database import Database, Role


@pytest.mark.parametrize(
    ("table", "keys_len", "kind"), [("petition_step", 7, "smallint"), ("rate", 4, "integer")]
)
def test_table_has_one_column_per_measure_in_their_order(
    database: Database, table: str, keys_len: int, kind: str
) -> None:
    """A measure without its column would be written into its neighbour's."""
    query = """SELECT attname, format_type(atttypid, NULL) FROM pg_attribute
               WHERE attrelid = %s::regclass AND attnum > 0 ORDER BY attnum"""
    with database.connect(Role.APP) as connection:
        columns = connection.execute(query, [table]).fetchall()
    assert columns[keys_len:] == [(name, kind) for name in MEASURES]


def test_app_role_reads_the_read_models_and_cannot_write_them(database: Database) -> None:
    """Only the projector writes figures."""
    for table in (
        "projection",
        "petition_facts",
        "petition_step",
        "rate",
        "worklist",
        "deadline_board",
        "unit",
    ):
        name = sql.Identifier(table)
        with database.connect(Role.APP) as connection:
            connection.execute(sql.SQL("SELECT count(*) FROM {}").format(name))
            with pytest.raises(InsufficientPrivilege):
                connection.execute(sql.SQL("DELETE FROM {}").format(name))
