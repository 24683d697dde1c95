"""Tests of who may read and write the read models."""

import pytest
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

from ledger.database import Database, Role


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
