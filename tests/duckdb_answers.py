"""What DuckDB answers, in a connection of its own."""

from typing import Any

import duckdb


def ask(query: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query."""
    with duckdb.connect() as connection:
        return list(connection.execute(query).fetchall())


def columns_of(query: str) -> list[str]:
    """Return the names of the columns of a query."""
    with duckdb.connect() as connection:
        return [column[0] for column in connection.execute(query).description or ()]
