"""What the program asks the database, and how the database means to answer it."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import psycopg
import pytest
from psycopg import Connection, Cursor
from psycopg.abc import Params, QueryNoTemplate

ROWS_LEN_GROWING = 1_000
"""Rows from which on a table is taken for one that grows with the log."""


_READING = re.compile(r"(\s|--.*\n)*(SELECT|WITH)\b")


class Asked(NamedTuple):
    """A statement with its parameters."""

    query: QueryNoTemplate
    parameters: Params | None


class Scan(NamedTuple):
    """A step of a plan that reads a whole table.

    Attributes:
        node: What kind of reading it is.
        table: What it reads.
        query: For which statement, its first line.
    """

    node: str
    table: str
    query: str


@contextmanager
def recording(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Asked]]:
    """Yield what every connection of this process asks from now on, in order."""
    asked: list[Asked] = []
    execute = Cursor.execute

    def record(
        cursor: Cursor[Any],
        query: QueryNoTemplate,
        params: Params | None = None,
        **options: Any,  # noqa: ANN401 - psycopg's own
    ) -> Cursor[Any]:
        if _READING.match(_text(query)):
            asked.append(Asked(query, params))
        return execute(cursor, query, params, **options)

    with monkeypatch.context() as patched:
        patched.setattr(Cursor, "execute", record)
        yield asked


def growing_tables(connection: Connection[Any]) -> frozenset[str]:
    """Return the tables of the ledger that grow with its log, by what ANALYZE found."""
    rows = connection.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
        " AND relkind = 'r' AND reltuples >= %s",
        [ROWS_LEN_GROWING],
    )
    return frozenset(name for (name,) in rows)


def whole_scans(connection: Connection[Any], asked: Asked, tables: frozenset[str]) -> list[Scan]:
    """Return where the plan of a statement reads the whole of one of the tables."""
    explained = b"EXPLAIN (FORMAT JSON) " + _text(asked.query).encode()
    ((found,),) = connection.execute(explained, asked.parameters).fetchall()
    plan = found if isinstance(found, list) else json.loads(found)
    first_line = _text(asked.query).strip().splitlines()[0].removeprefix("-- ")
    return [
        Scan(node["Node Type"], node["Relation Name"], first_line)
        for node in _nodes(plan[0]["Plan"])
        if node.get("Relation Name") in tables and _reads_all(node)
    ]


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("Plans", ()):
        yield from _nodes(child)


def _reads_all(node: dict[str, Any]) -> bool:
    return bool(node["Node Type"] == "Seq Scan")


def _text(query: QueryNoTemplate) -> str:
    if isinstance(query, psycopg.sql.Composable):
        return query.as_string(None)
    return query.decode() if isinstance(query, bytes) else str(query)
