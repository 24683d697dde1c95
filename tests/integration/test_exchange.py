"""Statements that travel together are answered in order, and errors leave nothing half read."""

from collections.abc import Iterator
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg import Connection

from ledger.binary_fields import as_array, as_bigint, as_integer, as_parameter
from ledger.database import Database, Role
from ledger.exchange import Exchange

ADD: LiteralString = "SELECT %(one)s::bigint + %(other)s::bigint, %(one)s::bigint"
DIVIDE: LiteralString = "SELECT 1 / %(by)s::integer"
LONG: LiteralString = "SELECT octet_length(%(bytes)s::bytea)"
LIST: LiteralString = "SELECT %(numbers)s::integer[]"
COUNT: LiteralString = "SELECT count(*) FROM claim"


@pytest.fixture
def connection(database: Database) -> Iterator[Connection[Any]]:
    """Yield a connection as the appender has it."""
    with database.connect(Role.APP, autocommit=True) as connection:
        yield connection


def _number(value: int) -> bytes:
    return as_parameter(as_bigint(value))


def test_groups_are_answered_in_order(connection: Connection[Any]) -> None:
    """A statement is prepared once, and its parameters are found by name."""
    exchange = Exchange(connection)
    for number in range(3):
        with exchange:
            exchange.send(ADD, one=_number(number), other=_number(1))
            exchange.send(COUNT)
            exchange.end_group()
            exchange.send(ADD, other=_number(10), one=_number(number))
            exchange.end_group()
            added, counted = exchange.receive()
            (later,) = exchange.receive()
            assert exchange.rows(added) == [(number + 1, number)]
            assert exchange.rows(counted) == [(0,)]
            assert exchange.rows(later) == [(number + 10, number)]
    ((prepared,),) = connection.execute("SELECT count(*) FROM pg_prepared_statements").fetchall()
    assert prepared == 2


def test_group_longer_than_the_socket_takes_is_sent(connection: Connection[Any]) -> None:
    """Sixteen megabytes travel without a deadlock."""
    exchange = Exchange(connection)
    with exchange:
        exchange.send(LONG, bytes=bytes(2**24))
        exchange.end_group()
        (answered,) = exchange.receive()
        assert exchange.rows(answered) == [(2**24,)]


def test_arrays_arrive_as_they_are(connection: Connection[Any]) -> None:
    """Empty ones too."""
    exchange = Exchange(connection)
    with exchange:
        for numbers in ([], [3, -1]):
            exchange.send(LIST, numbers=as_array(23, [as_integer(each) for each in numbers]))
            exchange.end_group()
            (answered,) = exchange.receive()
            assert exchange.rows(answered) == [(numbers,)]


def test_error_fails_its_group_and_no_other(connection: Connection[Any]) -> None:
    """All of the group is read before it is raised, so that the connection stays in step."""
    exchange = Exchange(connection)
    with exchange:
        exchange.send(DIVIDE, by=as_parameter(as_integer(0)))
        exchange.send(COUNT)
        exchange.end_group()
        exchange.send(DIVIDE, by=as_parameter(as_integer(1)))
        exchange.end_group()
        with pytest.raises(psycopg.errors.DivisionByZero):
            exchange.receive()
        (answered,) = exchange.receive()
        assert exchange.rows(answered) == [(1,)]
    assert connection.execute("SELECT 1").fetchone() == (1,)


def test_connection_is_closed_when_left_with_answers_outstanding(
    connection: Connection[Any],
) -> None:
    """Nobody can take the answers for those to another question."""
    exchange = Exchange(connection)
    with pytest.raises(KeyError), exchange:  # noqa: PT012 - it is left while it waits
        exchange.send(COUNT)
        exchange.end_group()
        raise KeyError
    assert connection.closed


def test_connection_that_breaks_is_an_error_and_no_endless_wait(
    database: Database, connection: Connection[Any]
) -> None:
    """Whoever waits for an answer that will never come is told."""
    exchange = Exchange(connection)
    with psycopg.connect(database.admin_conninfo(), autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(%s)", [connection.info.backend_pid])
    with pytest.raises(psycopg.OperationalError), exchange:  # noqa: PT012 - either may notice
        exchange.send(COUNT)
        exchange.end_group()
        exchange.receive()
    assert connection.closed
