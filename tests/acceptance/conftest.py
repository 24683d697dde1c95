"""Cities that are played once and then read, or copied, by many tests."""

from collections.abc import Iterator

import pytest

from ledger.database import Database
from scenarios.player import play
from scenarios.scenario import read_scenario
from tests.acceptance.played_ledger import project
from tests.conftest import ServerUnderTest, _new_database


@pytest.fixture(scope="session")
def shuangliu_name(server_under_test: ServerUnderTest, template_name: str) -> Iterator[str]:
    """Yield a database in which Shuangliu was played, for copying."""
    with _new_database(server_under_test, template_name) as name:
        database = server_under_test.get_database(name)
        play(database, read_scenario("shuangliu"))
        project(database)
        yield name


@pytest.fixture
def shuangliu(server_under_test: ServerUnderTest, shuangliu_name: str) -> Iterator[Database]:
    """Yield a ledger of the test's own in which Shuangliu was played."""
    with _new_database(server_under_test, shuangliu_name) as name:
        yield server_under_test.get_database(name)
