"""Guangyuan as it is played: a hotline, a secret tip-off, a fair and a project."""

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from api.services import Services
from commands.demo_stage import content_lines
from domain.dimension import Dimension
from domain.exhibition_advice import EXHIBITIONS, FollowUpExhibition
from domain.filing import SubmitPetition
from domain.rate import Rate
from domain.rates import RATES
from domain.scope import SCOPES, DeclareScope
from domain.vocabulary import Channel, Clock, Role
from ledger.database import Database
from ledger.database import Role as Account
from projections.activity_counts import ActivityCount, read_counts, read_reach
from projections.rate_queries import read_counts as read_petition_counts
from scenarios.cast import ADMIN, staff
from scenarios.enterprise import firm_code
from scenarios.player import open_stage
from scenarios.scenario import Scenario, read_scenario
from tests.acceptance.played_ledger import played_city, project
from tests.api_clients import Api, app_of

ACCUSED = "trading"
SECRETS = ("GY-tender-tip-off", "倾向性条款")


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """Return the play of Guangyuan."""
    return read_scenario("guangyuan")


@pytest.fixture(scope="module")
def guangyuan(scenario: Scenario) -> Iterator[Database]:
    """Yield a ledger in which Guangyuan was played once."""
    with played_city(scenario) as database:
        yield database


@pytest.fixture(scope="module")
def api(guangyuan: Database, scenario: Scenario) -> Iterator[Api]:
    """Yield the API of that ledger."""
    failures: list[BaseException] = []

    def report(error: BaseException) -> str:
        failures.append(error)
        return "E-test"

    services = Services.of(guangyuan, lambda: scenario.as_of, uuid4, report)
    app = app_of(services)
    with TestClient(app) as client:
        yield Api(app, client, guangyuan, failures)


def activities(database: Database) -> dict[tuple[str, str], ActivityCount]:
    """Return what was done, by topic and key."""
    project(database)
    with database.connect(Account.APP) as connection:
        return {(count.topic, count.key): count for count in read_counts(connection)}


def read_paths(api: Api, petition_id: str) -> list[str]:
    """Return every read route, with the petition's id wherever an id belongs.

    The stream is left out: it never ends, and gives the entries of the feed.
    """
    paths = [
        re.sub(r"\{\w+\}", petition_id, path.replace("{clock}", Clock.REPLY))
        for path, operations in api.app.openapi()["paths"].items()
        if "get" in operations and not path.endswith("/stream")
    ]
    return [
        *paths,
        f"/v1/petitions?number={SECRETS[0]}",
        "/v1/events?limit=500",
        f"/v1/worklist?unit={ACCUSED}",
    ]


def test_guangyuan_plays_hotline_fax_fair_and_project(
    guangyuan: Database, scenario: Scenario
) -> None:
    """Four petitions over three channels, two consultations, one follow-up, four phases."""
    done = activities(guangyuan)
    with guangyuan.connect(Account.APP) as connection:
        counts = read_petition_counts(
            connection, Dimension.CHANNEL, as_of=scenario.as_of, zone=scenario.zone
        )
        assert read_reach(connection, ("exhibition.consulted",)).enterprises == 2
    assert RATES["closure_rate"].of(counts.total) == Rate(4, 4)
    assert {*counts.rows} == {Channel.HOTLINE, Channel.PHONE, Channel.FAX}
    assert done["exhibition.consulted", ""].items == 2
    assert done["exhibition.followed_up", ""].items == 1
    entered = sum(
        each.items for (topic, _), each in done.items() if topic.endswith("phase_entered")
    )
    assert done["matchmaking.opened", "planning"].items + entered == 4
    assert done["matchmaking.concluded", "agreed"].items == 1
    text = "\n".join(content_lines(guangyuan, scenario))
    assert "GY-tender-clarification" in text
    assert SECRETS[0] not in text


def test_guangyuan_prints_what_its_hotline_does(guangyuan: Database, scenario: Scenario) -> None:
    """Clarification and tip-off by the city's own words, the fair, and four phases."""
    text = "\n".join(content_lines(guangyuan, scenario))
    lines = [" ".join(line.split()) for line in text.splitlines()]
    for expected in (
        "招标答疑 consultation 1 1",
        "招标举报 tip-off 1 –",
        "问题反馈 appeal 1 1",
        "non-local enterprises: 2",
        "served in German: 1",
        "exhibition consultation 2 – – 2",
        "matchmaking opened·planning 1 – – 2",
        "project phase entered·tendering 1 – – –",
        "project phase entered·construction 1 – – –",
        "project phase entered·operation 1 – – –",
    ):
        assert expected in lines


@pytest.mark.parametrize("role", [Role.HANDLER, Role.DEPARTMENT_HEAD, Role.SUPERVISION])
def test_tip_off_shows_itself_to_the_accused_unit_on_no_read_route(
    api: Api, scenario: Scenario, role: Role
) -> None:
    """Neither id, number nor text reaches a key of the accused unit; supervision sees it."""
    (tip_off,) = (each for each in scenario.petitions if each.key == "tender-tip-off")
    petition_id = str(tip_off.petition_id)
    submission = tip_off.steps[0].command
    assert isinstance(submission, SubmitPetition)
    assert submission.confidential
    assert submission.accused_unit == ACCUSED
    open_to = api.read(f"/v1/petitions/{petition_id}", Role.SUPERVISION, "discipline")
    assert open_to.status_code == 200
    assert SECRETS[0] in open_to.text
    paths = read_paths(api, petition_id)
    assert len(paths) > 20
    for path in paths:
        answer = api.read(path, role, ACCUSED)
        assert not any(secret in answer.text for secret in SECRETS), path
        if petition_id not in path:
            assert petition_id not in answer.text, path
        elif path.startswith("/v1/petitions/"):
            assert answer.status_code in {403, 404}, path
    assert api.failures == []


def test_enterprises_carry_where_they_come_from_and_their_languages(scenario: Scenario) -> None:
    """A foreign, two non-local enterprises and service in German and English are on record."""
    joined = [
        getattr(step.command, "group", None) for script in scenario.first for step in script.steps
    ]
    assert joined.count("non_local_enterprise") == 2
    assert joined.count("foreign_enterprise") == 1
    assert {"service_language.de", "service_language.en", "bidder"} <= {*joined}
    filed = [script.steps[0].command for script in scenario.petitions]
    assert "德文传真" in {
        (each.medium or "")[:4] for each in filed if isinstance(each, SubmitPetition)
    }


def test_guangyuan_counts_one_more_follow_up(guangyuan: Database, scenario: Scenario) -> None:
    """No figure is a constant: a second follow-up of the fair is counted."""
    (fair,) = (each for each in scenario.activities if each.key == "fair")
    follow_up = FollowUpExhibition(enterprise=firm_code(2), text="补签意向一项。")
    with open_stage(guangyuan) as (ledger, clock):
        clock.now = scenario.as_of + timedelta(days=1)
        handler = staff(Role.HANDLER, "commerce")
        ledger.give(EXHIBITIONS, fair.steps[0].target, follow_up, handler)
    assert activities(guangyuan)["exhibition.followed_up", ""].items == 2


def test_guangyuan_prints_no_rate_once_its_intake_is_declared_incomplete(
    guangyuan: Database, scenario: Scenario
) -> None:
    """Another city, another made-up scope: counts stay, every rate gives way to the reason."""
    assert "100.00" in "\n".join(content_lines(guangyuan, scenario))
    declaring = DeclareScope(intake_complete=False, reason="只登记已办结的来电（虚构口径）")
    with open_stage(guangyuan) as (ledger, clock):
        clock.now = scenario.as_of + timedelta(days=2)
        ledger.open(SCOPES, uuid4(), declaring, ADMIN)
    project(guangyuan)
    text = "\n".join(content_lines(guangyuan, scenario))
    assert "intake is incomplete" in text
    assert "虚构口径" in text
    assert "4 accepted, 4 closed, 0 open" in text
    assert "100.00" not in text
    assert "4/4" not in text
