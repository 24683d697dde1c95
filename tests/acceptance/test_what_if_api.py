"""The what-if over HTTP: both figures side by side, for whom it is, and never for too long."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from api import what_if_question
from api.services import Services
from commands.failures import Exit
from commands.main import run
from domain.metric_orders import METRIC_DEFINITIONS, RetireMetric
from domain.vocabulary import Role
from ledger.database import Database
from ledger.database import Role as DatabaseRole
from replay.figures import head_position
from scenarios.player import play
from scenarios.scenario import read_scenario
from tests.acceptance.played_ledger import project
from tests.api_clients import Api, app_of
from tests.conftest import ServerUnderTest, _new_database
from tests.integration.test_metric_definitions import ADMIN as DEFINER
from tests.integration.test_metric_definitions import define
from tests.integration.test_report_command import connect_by

AS_OF = "2026-10-31T15:59:59.999999Z"
LANGFANG = f"pack=S4_langfang&as_of={AS_OF}"
RATES = "/v1/what-if/rates"
RANKING = "/v1/what-if/ranking"


@pytest.fixture(scope="module")
def quanzhou(server_under_test: ServerUnderTest, template_name: str) -> Iterator[Database]:
    """Yield a ledger in which Quanzhou was played."""
    with _new_database(server_under_test, template_name) as name:
        database = server_under_test.get_database(name)
        play(database, read_scenario("quanzhou"))
        project(database)
        yield database


@pytest.fixture
def api(quanzhou: Database) -> Iterator[Api]:
    """Return the API of it, a day after the last act."""
    failures: list[BaseException] = []

    def report(error: BaseException) -> str:
        failures.append(error)
        return "E-test"

    app = app_of(Services.of(quanzhou, lambda: datetime.now(UTC), uuid4, report))
    with TestClient(app) as client:
        yield Api(app, client, quanzhou, failures)
    assert failures == []


def printed(database: Database, capsys: pytest.CaptureFixture[str], *options: str) -> Any:  # noqa: ANN401 - JSON
    """Return what the command says of the same question."""
    capsys.readouterr()
    command = ["replay", "what-if", *options, "--as-of", AS_OF, "--json"]
    assert run(command, connect_by(database), version="0") == Exit.DONE
    return json.loads(capsys.readouterr().out)


def head(database: Database) -> int:
    """Return the last position of the log."""
    with database.connect(DatabaseRole.APP) as connection:
        return head_position(connection)


def test_rates_stand_side_by_side_and_the_ledger_is_as_it_was(
    api: Api, capsys: pytest.CaptureFixture[str]
) -> None:
    """The figures of the command, group by group; not one event more."""
    before = head(api.database)
    response = api.read(f"{RATES}?by=unit&{LANGFANG}&cases_min=1", Role.STATISTICIAN)
    assert response.status_code == 200, response.text
    view = response.json()
    assert view["supposed"]["pack"].startswith("s4_langfang@")
    asked = ("--pack", "S4_langfang", "--by", "unit", "--min-cases", "1")
    groups = printed(api.database, capsys, *asked)["groups"]
    for row, group in zip([*view["rows"], view["total"]], groups, strict=True):
        for share in row["shares"]:
            expected = group["rates"][share["real"]["metric"]]
            for side in ("real", "what_if"):
                assert (share[side]["n"], share[side]["d"]) == (
                    expected[side]["n"],
                    expected[side]["d"],
                )
            assert share["points"] == expected["points"]
    total = view["total"]["shares"][0]
    assert (total["real"]["n"], total["real"]["d"]) == (9, 15)
    assert (total["what_if"]["n"], total["what_if"]["d"]) == (2, 16)
    assert (head(api.database), response.headers["Ledger-Position"]) == (before, str(before))


def test_ranking_stands_side_by_side(api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    """Other weights give other scores, beside the real ones."""
    weights = "weight=ontime_rate.effective%3D0.6&weight=satisfaction_rate.strict%3D0.4"
    view = api.read(f"{RANKING}?{weights}&as_of={AS_OF}&cases_min=1", Role.SUPERVISION).json()
    assert view["weights"] == {"ontime_rate.effective": "0.6", "satisfaction_rate.strict": "0.4"}
    by_pack = api.read(f"{RANKING}?{LANGFANG}&cases_min=1", Role.SUPERVISION).json()
    asked = ("--pack", "S4_langfang", "--report", "ranking", "--min-cases", "1")
    units = printed(api.database, capsys, *asked)["units"]
    assert [(unit["real"], unit["what_if"]) for unit in by_pack["units"]] == [
        (unit["real"], unit["what_if"]) for unit in units
    ]
    assert any(unit["real"] != unit["what_if"] for unit in by_pack["units"])


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SUPERVISION, Role.STATISTICIAN}))
def test_only_supervision_and_statisticians_may_suppose(api: Api, role: Role) -> None:
    """Everybody else is refused, whatever they ask."""
    unit = None if role is Role.PETITIONER else read_scenario("quanzhou").units[0].unit_id
    for path in (RATES, RANKING):
        response = api.read(f"{path}?{LANGFANG}", role, unit)
        assert (response.status_code, response.json()["code"]) == (403, "not-permitted")


@pytest.mark.parametrize(
    ("question", "status", "code"),
    [
        (f"{RATES}?pack=nowhere", 404, "unknown-pack"),
        (f"{RATES}?pack=xinfang@9", 404, "unknown-pack"),
        (f"{RATES}?pack=s2_quanzhou@9", 422, "unknown-pack-version"),
        (f"{RATES}?pack=uk_lgo&calendar=moon@1", 422, "unknown-calendar-edition"),
        (f"{RATES}?pack=xinfang&as_of=2999-01-01T00:00:00Z", 422, "invalid-request"),
        (f"{RATES}?pack=xinfang&known_at=2999-01-01T00:00:00Z", 422, "invalid-request"),
        (f"{RATES}?pack=xinfang&known_at=2001-01-01T00:00:00Z", 422, "nothing-known"),
        (f"{RATES}?pack=xinfang&metric=no_such_rate", 422, "invalid-request"),
        (RATES, 422, "invalid-request"),
        (RANKING, 422, "invalid-request"),
        (f"{RANKING}?weight=closure_rate%3D0.9", 422, "invalid-weights"),
        (f"{RANKING}?weight=closure_rate", 422, "invalid-weights"),
        (f"{RANKING}?pack=xinfang&by=region", 422, "invalid-request"),
    ],
)
def test_what_cannot_be_supposed_is_refused(
    api: Api, question: str, status: int, code: str
) -> None:
    """By a code of its own, in both languages."""
    response = api.read(question, Role.STATISTICIAN)
    assert (response.status_code, response.json()["code"]) == (status, code), response.text
    assert response.json()["texts"]["zh"]


def test_large_log_is_refused_at_once(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """The route names the command that has no such bound, and tells nothing twice."""
    monkeypatch.setattr(what_if_question, "EVENTS_MAX", head(api.database) - 1)
    monkeypatch.setattr(what_if_question, "tell_what_if", None)
    response = api.read(f"{RATES}?{LANGFANG}", Role.STATISTICIAN)
    assert (response.status_code, response.json()["code"]) == (422, "what-if-too-large")
    assert "taizhang replay what-if" in response.json()["texts"]["en"]


def test_one_what_if_runs_at_a_time(api: Api) -> None:
    """A second one is told to come again; the first one's turn is given back."""
    with api.services.replays:
        response = api.read(f"{RATES}?{LANGFANG}", Role.STATISTICIAN)
    assert (response.status_code, response.json()["code"]) == (503, "what-if-busy")
    assert response.headers["Retry-After"] == "5"
    for question in ("pack=nowhere", LANGFANG):
        api.read(f"{RATES}?{question}", Role.STATISTICIAN)
    assert not api.services.replays.locked()


def test_retired_definition_is_refused(
    server_under_test: ServerUnderTest, template_name: str
) -> None:
    """A rate that the ledger has given up enters no new figure, supposed or real."""
    with _new_database(server_under_test, template_name) as name:
        database = server_under_test.get_database(name)
        play(database, read_scenario("quanzhou"))
        app = app_of(Services.of(database, lambda: datetime.now(UTC), uuid4, lambda _: "E"))
        with TestClient(app) as client:
            api = Api(app, client, database)
            stream = define(api.services.ledger)
            retire = RetireMetric(reason="停用", approver_id="ad-2")
            api.services.ledger.give(METRIC_DEFINITIONS, stream, retire, DEFINER)
            project(database)
            for path in (f"{RATES}?{LANGFANG}&metric=swift_rate", "/v1/rates?metric=swift_rate"):
                response = api.read(path, Role.STATISTICIAN)
                assert (response.status_code, response.json()["code"]) == (
                    422,
                    "retired-definition",
                )
