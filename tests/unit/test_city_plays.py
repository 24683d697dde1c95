"""Without this file a city's files could contradict each other until somebody plays it."""

from itertools import pairwise

import pytest

from commands.demo_stage import key_holders
from domain.credit_code import validate_credit_code
from domain.filing import SubmitPetition
from domain.roster import UnitKind
from domain.vocabulary import Role
from scenarios.pack_files import read_pack
from scenarios.scenario import Scenario, read_scenario
from scenarios.scenario_files import list_cities

CITIES = ("chaoyang", "guangyuan", "langfang", "quanzhou", "shuangliu")


@pytest.fixture(scope="module", params=CITIES)
def scenario(request: pytest.FixtureRequest) -> Scenario:
    """Return the play of each city."""
    return read_scenario(str(request.param))


def submissions(scenario: Scenario) -> list[SubmitPetition]:
    """Return the first act of every petition."""
    first = [script.steps[0].command for script in scenario.petitions]
    return [command for command in first if isinstance(command, SubmitPetition)]


def test_five_cities_can_be_played() -> None:
    """The five systems that the ledger is measured by are all there."""
    assert list_cities() == [*CITIES]


def test_acts_go_forward_in_time_and_end_before_the_figures(scenario: Scenario) -> None:
    """No act precedes the one before it, and none comes after the figures are judged."""
    for script in (*scenario.first, *scenario.petitions, *scenario.activities):
        times = [step.command.occurred_at for step in script.steps]
        assert None not in times
        instants = [at for at in times if at is not None]
        assert scenario.opened_at < instants[0]
        assert instants[-1] <= scenario.as_of
        assert all(earlier <= later for earlier, later in pairwise(instants)), script.key


def test_each_act_has_a_key_of_its_own(scenario: Scenario) -> None:
    """A second play finds the answers of the first."""
    scripts = (*scenario.first, *scenario.petitions, *scenario.activities)
    keys = [step.idempotency_key for script in scripts for step in script.steps]
    assert len(set(keys)) == len(keys) == scenario.commands


def test_petitions_are_of_the_pack_and_of_fictional_firms(scenario: Scenario) -> None:
    """The shipped pack handles every channel and type; every code has its check digit."""
    pack = read_pack(scenario.pack)
    handled = {rules.petition_type for rules in pack.types}
    filed = submissions(scenario)
    assert len(filed) == len(scenario.petitions)
    for submission in filed:
        assert submission.channel in pack.channels
        assert submission.petition_type in handled
        if submission.enterprise is not None:
            assert "990116DEM" in validate_credit_code(submission.enterprise)


def test_city_has_who_reads_and_who_files(scenario: Scenario) -> None:
    """Keys of a demo are for units of its own roster: a supervision office and one hub."""
    kinds = {unit.unit_id: unit.kind for unit in scenario.units}
    holders = key_holders(scenario)
    assert [role for role, _ in holders] == [Role.SUPERVISION, Role.INTAKE]
    assert [kinds[unit] for _, unit in holders] == [UnitKind.SUPERVISION, UnitKind.HUB]
    assert [*kinds.values()].count(UnitKind.HUB) == 1


def test_city_shows_a_petition_it_has(scenario: Scenario) -> None:
    """The timeline that is printed belongs to a petition of the play."""
    assert scenario.shown_petition in {script.petition_id for script in scenario.petitions}
