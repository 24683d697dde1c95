"""Five cities under their own rules, where nothing may change, and under those of others."""

from collections.abc import Iterator

import pytest
from psycopg import sql

from domain.dimension import Dimension
from domain.supposition import Supposition
from ledger.database import Database, Role
from projections.rate_queries import read_counts
from replay.figures import head_position
from replay.known_rules import read_rules
from replay.twins import read_twins
from replay.what_if import tell_what_if
from scenarios.pack_files import read_pack
from scenarios.player import play
from scenarios.scenario import Scenario, read_scenario
from tests.acceptance.played_ledger import project
from tests.conftest import ServerUnderTest, _new_database
from tests.unit.test_city_plays import CITIES


@pytest.fixture(scope="module", params=CITIES)
def scenario(request: pytest.FixtureRequest) -> Scenario:
    """Return the play of each city."""
    return read_scenario(str(request.param))


@pytest.fixture(scope="module")
def city(
    scenario: Scenario, server_under_test: ServerUnderTest, template_name: str
) -> Iterator[Database]:
    """Yield a ledger in which the city was played."""
    with _new_database(server_under_test, template_name) as name:
        database = server_under_test.get_database(name)
        play(database, scenario)
        project(database)
        yield database


def contents(database: Database) -> dict[str, object]:
    """Return the rows of every table of the ledger."""
    with database.connect(Role.OWNER) as connection:
        tables = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
        ).fetchall()
        return {
            name: connection.execute(
                sql.SQL("SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM {} AS t").format(
                    sql.Identifier(name)
                )
            ).fetchone()
            for (name,) in tables
        }


@pytest.mark.parametrize("is_named", [False, True], ids=["pinned", "named"])
def test_a_city_under_its_own_pack_is_the_city_as_it_is(
    city: Database, scenario: Scenario, *, is_named: bool
) -> None:
    """Every due is counted again, and every fact of every petition comes out the same."""
    with city.connect(Role.APP) as connection:
        position = head_position(connection)
        rules = read_rules(connection, position)
        pack = rules.packs[scenario.pack].latest if is_named else None
        supposition = Supposition(rules.packs, pack)
        twins = list(read_twins(connection, supposition, rules, position))
    assert len(twins) >= len(scenario.petitions)
    assert [real for real, supposed in twins if real != supposed] == []


def test_real_figures_are_those_of_the_read_models_and_no_table_changes(
    city: Database, scenario: Scenario
) -> None:
    """A what-if under the rules of Langfang leaves the ledger as it was, to the last row."""
    before = contents(city)
    with city.connect(Role.APP) as connection:
        position = head_position(connection)
        rules = read_rules(connection, position)
        told = tell_what_if(
            connection,
            Supposition(rules.packs, read_pack("s4_langfang")),
            rules,
            Dimension.UNIT,
            as_of=scenario.as_of,
            position=position,
        )
        live = read_counts(connection, Dimension.UNIT, as_of=scenario.as_of, zone=scenario.zone)
        assert head_position(connection) == position
    assert told.real == live
    assert told.real.total["closed"] == told.supposed.total["closed"]
    assert told.dues_moved > 0 or scenario.pack == "s4_langfang"
    assert contents(city) == before
    assert before["event"] != (None,)
