"""Without this file nobody could say that two rebuilds of ten million events gave the same rows."""

from typing import Final

from psycopg.sql import SQL, Identifier

from ledger.database import Database, Role
from ledger.queries import load_queries
from projections.models import MODELS

QUERIES: Final = load_queries("benchmarks", "model_digest")

Digest = dict[str, tuple[int, str]]
"""Per table of a read model its rows, and the sum of their hashes."""


def digest_models(database: Database) -> Digest:
    """Return what all read models hold, in a few words. Blocking, reads every row.

    The hashes are the server's own, 64 bits each: equal rows in any order give the same sum,
    and a row that differs, is missing or stands there twice gives another.
    """
    query = SQL(QUERIES["digest_table"])
    with database.connect(Role.PROJECTOR, autocommit=True) as connection:
        return {
            table: (int(rows_len), str(hashes))
            for factory in MODELS
            for table in factory.tables
            for rows_len, hashes in connection.execute(query.format(table=Identifier(table)))
        }
