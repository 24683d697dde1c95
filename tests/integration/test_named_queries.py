"""Every named statement of every file is parsed against the real schema."""

import re

import pytest
from psycopg import pq

from ledger.database import Database, Role
from ledger.queries import load_queries
from tests.unit.test_queries import query_files

_MADE_AT_RUN_TIME = re.compile(r"'CREATE TABLE %I\.(\w+ \([^']+\))'")
_PLACEHOLDER = re.compile(r"%%|%\((\w+)\)[sbt]")


def to_numbered(statement: str) -> str:
    """Return a statement with ``$1`` in place of ``%(name)s``, as the driver sends it."""
    if not re.search(r"%\(\w+\)[sbt]", statement):
        return statement
    names: list[str] = []

    def number(match: re.Match[str]) -> str:
        if match[0] == "%%":
            return "%"
        if match[1] not in names:
            names.append(match[1])
        return f"${names.index(match[1]) + 1}"

    return _PLACEHOLDER.sub(number, statement)


def tables_made_at_run_time() -> list[str]:
    """Return the tables that statements make in a schema named when they run."""
    return [
        definition.replace("%I.", "")
        for file in query_files()
        for statement in load_queries(*file).values()
        for definition in _MADE_AT_RUN_TIME.findall(statement)
    ]


@pytest.mark.parametrize("file", query_files(), ids="/".join)
def test_every_named_statement_fits_the_schema(database: Database, file: tuple[str, str]) -> None:
    """The server knows each table, column and type that a statement names."""
    failed = {}
    statements = load_queries(*file)
    with database.connect(Role.OWNER, autocommit=True) as connection:
        for definition in tables_made_at_run_time():
            connection.execute(f"CREATE TEMPORARY TABLE {definition}".encode())
        for name, statement in statements.items():
            answer = connection.pgconn.prepare(b"", to_numbered(statement).encode())
            if answer.status != pq.ExecStatus.COMMAND_OK:
                failed[name] = answer.error_message.decode()
    assert failed == {}
