"""The scenario of Shuangliu as data: its totals, its order, and that it is always the same."""

from collections import Counter
from itertools import pairwise
from random import Random

import msgspec
import pytest

from domain.credit_code import validate_credit_code
from domain.filing import SubmitPetition
from domain.vocabulary import Channel
from scenarios.course import Course
from scenarios.dealing import deal_petitions
from scenarios.enterprise import make_enterprises
from scenarios.pack_files import read_pack
from scenarios.scenario import Scenario, read_scenario
from scenarios.scenario_files import Names, ScenarioFiles, list_cities, read_files
from scenarios.script import PetitionScript


@pytest.fixture(scope="module")
def files() -> ScenarioFiles:
    """Return the files of Shuangliu."""
    return read_files("shuangliu")


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """Return the play of Shuangliu."""
    return read_scenario("shuangliu")


def _submission(script: PetitionScript) -> SubmitPetition:
    command = script.steps[0].command
    assert isinstance(command, SubmitPetition)
    return command


def test_scenario_files_list_the_city() -> None:
    """Shuangliu can be played."""
    assert "shuangliu" in list_cities()


def test_scenario_files_agree_on_their_totals(files: ScenarioFiles) -> None:
    """Sessions, volumes and petitions add up to the same 130, over 15 sessions."""
    frame = files.frame
    assert len(frame.sessions) == 15
    assert sum(session.raised for session in frame.sessions) == 130
    assert sum(frame.volumes.values()) == 130
    assert len(deal_petitions(files)) == 130


def test_scenario_files_deal_each_unit_its_volume(files: ScenarioFiles) -> None:
    """Each unit leads as many petitions as the file says; at least 12 units, some below 10."""
    dealt = Counter(plan.matter.lead for plan in deal_petitions(files))
    assert dealt == files.frame.volumes
    assert len(dealt) >= 12
    assert min(dealt.values()) < 10 <= max(dealt.values())


def test_scenario_files_name_units_of_the_roster_only(files: ScenarioFiles) -> None:
    """Every unit of a matter is on the roster, and a petition never begins where it stays."""
    known = {unit.unit_id for unit in files.units}
    for matter in (*files.matters, *files.cases):
        wrong = {matter.wrong} - {None}
        assert {matter.lead, *matter.co_handlers, *wrong} <= known
        assert matter.lead not in {*matter.co_handlers, *wrong}


def test_scenario_files_deal_every_course(files: ScenarioFiles) -> None:
    """Each turn is taken as often as the file says, and two petitions stay open."""
    dealt = Counter(plan.course for plan in deal_petitions(files))
    assert files.frame.courses.items() <= dealt.items()
    assert dealt[Course.OPEN] == 2
    # The published totals have no room for these; invented ledgers take them.
    elsewhere = {Course.EXTENDED, Course.WITHDRAWN, Course.DECLINED, Course.REFERRED}
    assert dealt.keys() == set(Course) - elsewhere


def test_scenario_has_123_enterprises_with_valid_codes(scenario: Scenario) -> None:
    """The petitions come from 123 fictional enterprises; every code has its check digit."""
    codes = [_submission(script).enterprise for script in scenario.petitions]
    assert len(set(codes)) == 123
    for code in codes:
        assert code is not None
        assert validate_credit_code(code) == code


def test_scenario_raises_every_petition_at_a_main_session(scenario: Scenario) -> None:
    """The published rates cover main sessions only, so all petitions come from one."""
    submissions = [_submission(script) for script in scenario.petitions]
    assert {submission.channel for submission in submissions} == {Channel.MAIN_SESSION}
    sessions = {submission.session_id for submission in submissions}
    assert len(sessions) == 15
    assert "main-2018-09-28" in sessions
    assert len({submission.region for submission in submissions}) >= 5
    assert len({submission.petition_type for submission in submissions}) >= 5


def test_scenario_fills_every_placeholder(scenario: Scenario) -> None:
    """No text shows a brace of its template."""
    for script in scenario.petitions:
        for step in script.steps:
            assert b"{road}" not in (body := msgspec.json.encode(step.command))
            assert b"{count}" not in body
            assert b"{region}" not in body


def test_scenario_goes_forward_in_time(scenario: Scenario) -> None:
    """No act precedes the one before it, and nothing happens after the figures are judged."""
    for script in scenario.petitions:
        times = [step.command.occurred_at for step in script.steps]
        for earlier, later in pairwise(times):
            assert earlier is not None
            assert later is not None
            assert scenario.opened_at < earlier <= later <= scenario.as_of


def test_scenario_uses_each_key_once(scenario: Scenario) -> None:
    """Ids and idempotency keys are unique, so a second play finds the answers of the first."""
    scripts = (*scenario.first, *scenario.petitions, *scenario.activities)
    keys = [step.idempotency_key for script in scripts for step in script.steps]
    assert len(set(keys)) == len(keys) == scenario.commands
    assert max(map(len, keys)) <= 255
    assert len({script.petition_id for script in scenario.petitions}) == 130


def test_scenario_is_the_same_each_time(scenario: Scenario) -> None:
    """Chance is seeded: reading the files again gives equal acts at equal minutes."""
    assert read_scenario("shuangliu") == scenario


def test_scenario_shows_a_petition_it_has(scenario: Scenario) -> None:
    """The timeline that is shown belongs to the left-turn lane."""
    (shown,) = [each for each in scenario.petitions if each.petition_id == scenario.shown_petition]
    assert "左转" in _submission(shown).subject


def test_scenario_uses_channels_and_types_of_its_pack(scenario: Scenario) -> None:
    """The shipped pack handles every petition of the play."""
    pack = read_pack(scenario.pack)
    handled = {rules.petition_type for rules in pack.types}
    for script in scenario.petitions:
        assert _submission(script).channel in pack.channels
        assert _submission(script).petition_type in handled


def test_scenario_file_refuses_an_unknown_key() -> None:
    """A misspelt key is an error and not silently without effect."""
    with pytest.raises(msgspec.ValidationError, match="firm_word"):
        msgspec.toml.decode(b"firm_word = ['a']", type=Names)


def test_enterprises_are_refused_when_names_run_out(files: ScenarioFiles) -> None:
    """More firms than names can be made of is an error in the file."""
    with pytest.raises(ValueError, match="larger than population"):
        make_enterprises(files.names, (), 10_000, Random(1))  # noqa: S311 - no secret
