"""Reading through the API: figures, lists, the log; fresh, cached and page by page."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from api import reading
from domain.vocabulary import Role
from ledger.database import Database
from projections.models import MODELS
from tests.api_clients import SUBMISSION, Api, running_api

ACCEPTANCE = {"petition_type": "appeal", "category": "parking"}


@pytest.fixture
def api(database: Database) -> Iterator[Api]:
    """Return the API of a ledger of the test's own."""
    with running_api(database) as api:
        yield api


def dispatched(api: Api, lead: str = "bureau") -> str:
    """File a petition, send it to a unit and return its path."""
    path = f"/v1/petitions/{api.file()}"
    api.write(f"{path}/registration", {}, Role.INTAKE, version=1)
    api.write(f"{path}/acceptance", ACCEPTANCE, Role.INTAKE, version=2)
    response = api.write(f"{path}/dispatches", {"lead": lead}, Role.DISPATCHER, version=3)
    assert response.status_code == 200, response.text
    return path


def test_petition_is_read_with_its_timeline(api: Api) -> None:
    """Facts, clocks and every event stand in one answer; its tag is the version."""
    path = dispatched(api)
    response = api.read(path, Role.DISPATCHER)
    view = response.json()
    assert response.headers["ETag"] == '"4"'
    assert [entry["topic"] for entry in view["timeline"]] == [
        "petition.submitted",
        "petition.registered",
        "petition.accepted",
        "petition.dispatched",
    ]
    assert view["timeline"][3]["label"] == {"zh": "派单", "en": "dispatched"}
    assert {clock["clock"] for clock in view["timeline"][3]["running"]} >= {"reply"}
    assert view["facts"]["assignments"][0]["unit"] == "bureau"
    again = api.read(path, Role.DISPATCHER, **{"If-None-Match": '"4"'})
    assert (again.status_code, again.content) == (304, b"")


def test_tag_of_a_petition_serves_as_the_version_of_the_next_command(api: Api) -> None:
    """What a read answers as ETag is what the next write sends as If-Match."""
    path = f"/v1/petitions/{api.file()}"
    tag = api.read(path, Role.INTAKE).headers["ETag"]
    headers = {**api.headers(Role.INTAKE), "Idempotency-Key": "x", "If-Match": tag}
    assert api.client.post(f"{path}/registration", json={}, headers=headers).status_code == 200


def test_petitioner_reads_what_was_said_to_them(api: Api) -> None:
    """Own words are open, the offices' names and notes are not."""
    filed = api.write("/v1/petitions", SUBMISSION, Role.PETITIONER, account="owner-1")
    path = filed.headers["Location"]
    api.write(f"{path}/registration", {}, Role.INTAKE, version=1)
    api.write(f"{path}/acceptance", ACCEPTANCE, Role.INTAKE, version=2)
    api.write(f"{path}/dispatches", {"lead": "bureau"}, Role.DISPATCHER, version=3)
    body = {"handler_id": "h-7", "handler_name": "示例承办人"}
    signed = api.write(f"{path}/signatures", body, Role.HANDLER, version=4)
    assert signed.status_code == 200, signed.text
    shown = api.client.get(path, headers=api.headers(Role.PETITIONER, account="owner-1")).text
    assert "请协调增设车位" in shown
    assert "示例承办人" not in shown
    assert "示例承办人" in api.read(path, Role.HANDLER).text


def test_petition_is_found_by_its_number(api: Api) -> None:
    """The number on the receipt leads to the petition, for those who may see it."""
    path = dispatched(api, "station")
    api.project()
    number = api.read(path, Role.INTAKE).json()["number"]
    (found,) = api.read(f"/v1/petitions?number={number}", Role.INTAKE).json()["items"]
    assert path.endswith(found["petition_id"])
    assert api.read("/v1/petitions?number=none", Role.INTAKE).json()["items"] == []
    for role in (Role.PETITIONER, Role.HANDLER):
        assert api.read(f"/v1/petitions?number={number}", role).json()["items"] == []


def test_worklist_is_walked_page_by_page(api: Api) -> None:
    """Every item is met once, next deadline first, whatever the size of a page."""
    for _ in range(5):
        dispatched(api)
    api.project()
    whole = api.read("/v1/worklist", Role.HANDLER).json()
    items: list[Any] = []
    following: str | None = "/v1/worklist?limit=2"
    while following:
        page = api.read(following, Role.HANDLER).json()
        items += page["items"]
        following = page["next"]
    assert items == whole["items"]
    assert whole["next"] is None
    assert len({item["petition_id"] for item in items}) == 5
    dues = [item["due_at"] for item in items if item["due_at"]]
    assert dues == sorted(dues)
    assert items[0]["task_label"]["zh"]


def test_cursor_serves_its_own_question_alone(api: Api) -> None:
    """A cursor that was changed, or is used for another unit, is refused."""
    for _ in range(2):
        dispatched(api)
    api.project()
    cursor = api.read("/v1/worklist?limit=1", Role.HANDLER).json()["next_cursor"]
    for question in (
        f"limit=1&cursor={cursor[:-2]}AA",
        "limit=1&cursor=x",
        "limit=1&cursor=%00",
        "limit=1&cursor=%E4%BD%A0",
    ):
        response = api.read(f"/v1/worklist?{question}", Role.HANDLER)
        assert (response.status_code, response.json()["code"]) == (422, "invalid-cursor"), question
    other = api.read(f"/v1/worklist?unit=station&cursor={cursor}", Role.SUPERVISION)
    assert other.json()["code"] == "invalid-cursor"
    assert api.read(f"/v1/worklist?limit=9&cursor={cursor}", Role.HANDLER).status_code == 200


@pytest.mark.parametrize("limit", ["0", "501", "x", "-1", "9" * 30])
def test_page_length_has_bounds(shared_api: Api, limit: str) -> None:
    """A page has 1 to 500 items."""
    response = shared_api.read(f"/v1/worklist?limit={limit}", Role.SUPERVISION)
    assert (response.status_code, response.json()["code"]) == (422, "invalid-request")
    assert response.json()["errors"][0]["pointer"] == "#query/limit"


def test_rates_name_their_definitions(api: Api) -> None:
    """A figure is two integers with a definition, an instant and a log position."""
    dispatched(api)
    api.project()
    response = api.read("/v1/rates?by=unit&metric=closure_rate", Role.STATISTICIAN)
    view = response.json()
    assert response.headers["Ledger-Position"] == str(view["position"])
    assert view["metrics"] == [
        {
            "metric": "closure_rate",
            "reference": "closure_rate@1",
            "label": {"zh": "办结率", "en": "closure rate"},
        }
    ]
    (row,) = view["rows"]
    assert row["label"]["zh"] == "示例bureau"
    (share,) = row["shares"]
    assert (share["n"], share["d"], share["percent"]) == (0, 1, "0.00")
    assert share["shown"]["zh"] == "0.00 %"


@pytest.mark.parametrize("by", ["total", "unit", "type", "channel", "region"])
def test_rates_are_grouped_by_every_dimension(api: Api, by: str) -> None:
    """Each dimension answers, also for a cohort and at an instant."""
    dispatched(api)
    api.project()
    question = f"/v1/rates?by={by}&from=2026-09-01&to=2026-09-30&as_of=2026-09-21T09:00:00%2B08:00"
    response = api.read(question, Role.STATISTICIAN)
    assert response.status_code == 200, response.text
    assert response.json()["total"]["shares"][0]["d"] == 1
    assert response.json()["accepted_before"] == "2026-10-01T00:00:00+08:00"


@pytest.mark.parametrize(
    "question",
    [
        "rates?by=nothing",
        "rates?metric=nothing",
        "rates?as_of=2026-09-22T00:00:00",
        "rates?as_of=0001-01-01T00:00:00Z",
        "rates?as_of=9999-12-31T23:59:59Z",
        "rates?as_of=2026-12-31T00:00:00Z",
        "rates?known_at=2026-12-31T00:00:00Z",
        "rates?from=9999-12-31",
        "rates?from=2026-02-01&to=2026-01-01",
        "rates?unit=%00",
        "rates?accepted_from=2026-02-01",
        "ranking?form=2026-02-01",
        "claim-gaps?metric=closure_rate",
        "exports/rates?cases=1",
        "what-if/rates?calendar=cn@2026&units=bureau",
        "rates?" + "&".join(["metric=closure_rate"] * 99),
        "ranking?by=total",
        "ranking?by=region",
        "ranking?metric=nothing",
        "ranking?cases_min=0",
        "units?wait_for=-1",
        "petitions",
        "petitions?number=",
    ],
)
def test_impossible_question_is_refused(shared_api: Api, question: str) -> None:
    """A wrong parameter is the client's fault, and the answer names it."""
    response = shared_api.read(f"/v1/{question}", Role.STATISTICIAN)
    assert (response.status_code, response.json()["code"]) == (422, "invalid-request")


@pytest.mark.parametrize("scope", ["region", "unit"])
@pytest.mark.parametrize(
    "question",
    [
        "rates?",
        "rates?known_at=2026-09-20T00:00:00Z&",
        "ranking?",
        "claim-gaps?",
        "exports/rates?",
        "exports/ranking?metric=closure_rate&",
        "what-if/rates?calendar=cn@2026&",
        "what-if/ranking?calendar=cn@2026&",
    ],
)
def test_scope_that_nothing_has_is_refused(shared_api: Api, question: str, scope: str) -> None:
    """A mistyped region or unit gives no 0 of 0; the answer names the regions there are."""
    dispatched(shared_api)
    shared_api.project()
    response = shared_api.read(f"/v1/{question}{scope}=nowhere", Role.STATISTICIAN)
    assert (response.status_code, response.json()["code"]) == (422, f"unknown-{scope}")
    assert "nowhere" in response.json()["detail"]


def test_known_scope_and_an_empty_one_are_answered(api: Api) -> None:
    """What petitions have, and what lies in no region or at no unit, can be asked for."""
    api.file(region="示例镇")
    dispatched(api)
    api.project()
    for scope in ("region=%E7%A4%BA%E4%BE%8B%E9%95%87", "region=", "unit=bureau", "unit="):
        response = api.read(f"/v1/rates?{scope}", Role.STATISTICIAN)
        assert response.status_code == 200, response.text


def test_ranking_lists_those_with_few_cases_without_a_place(api: Api) -> None:
    """One petition gives no place, unless the question says so."""
    dispatched(api)
    api.project()
    usual = api.read("/v1/ranking", Role.SUPERVISION).json()
    assert usual["metric"]["reference"] == "unit_score@2"
    assert usual["ranked"] == []
    assert [line["key"] for line in usual["unranked"]] == ["bureau"]
    chosen = api.read("/v1/ranking?metric=closure_rate&cases_min=1", Role.SUPERVISION).json()
    assert [(line["key"], line["rank"]) for line in chosen["ranked"]] == [("bureau", 1)]


def test_units_are_listed_with_their_names(api: Api) -> None:
    """Codes and names come from the roster."""
    api.project()
    items = api.read("/v1/units", Role.PETITIONER).json()["items"]
    assert [item["unit"] for item in items] == ["bureau", "hub", "station"]
    assert items[2]["parent"] == "bureau"


def test_unchanged_answer_is_not_sent_again(api: Api) -> None:
    """The tag holds until the read model moves, for the caller whose answer it names."""
    api.project()
    first = api.read("/v1/worklist", Role.SUPERVISION)
    tag = first.headers["ETag"]
    again = api.read("/v1/worklist", Role.SUPERVISION, **{"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    other = api.read("/v1/worklist", Role.LEADER, **{"If-None-Match": tag})
    assert other.status_code == 200
    dispatched(api)
    api.project()
    assert api.read("/v1/worklist", Role.LEADER, **{"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("question", ["rates?by=unit", "worklist?unit=bureau"])
def test_answer_is_made_anew_once_its_read_models_have_moved(api: Api, question: str) -> None:
    """What was kept under the positions before is no answer any more, nor is it unchanged."""
    dispatched(api)
    api.project()
    before, again = (api.read(f"/v1/{question}", Role.SUPERVISION) for _ in range(2))
    assert (before.content, before.headers["ETag"]) == (again.content, again.headers["ETag"])
    dispatched(api)
    api.project()
    known = {"If-None-Match": before.headers["ETag"]}
    after = api.read(f"/v1/{question}", Role.SUPERVISION, **known)
    assert after.status_code == 200
    assert after.content != before.content
    assert int(after.headers["Ledger-Position"]) > int(before.headers["Ledger-Position"])


def test_feed_is_dense_and_holds_no_personal_value(api: Api) -> None:
    """Positions rise by one from page to page, and names are commitments."""
    dispatched(api)
    items: list[Any] = []
    while True:
        after = items[-1]["position"] if items else 0
        page = api.read(f"/v1/events?after={after}&limit=3", Role.SUPERVISION)
        if not page.json()["items"]:
            break
        items += page.json()["items"]
    assert [item["position"] for item in items] == list(range(1, len(items) + 1))
    assert page.headers["Ledger-Position"] == str(len(items))
    text = json.dumps(items, ensure_ascii=False)
    assert "commitment" in text
    assert "示例诉求人" not in text


def test_feed_comes_as_lines_where_they_are_asked_for(api: Api) -> None:
    """One event a line, for programs that read line by line."""
    response = api.read("/v1/events", Role.SUPERVISION, Accept="application/x-ndjson")
    assert response.headers["Content-Type"] == "application/x-ndjson"
    lines = response.text.splitlines()
    assert [json.loads(line)["position"] for line in lines] == list(range(1, len(lines) + 1))


def test_wait_for_gives_up_with_a_time_to_come_again(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A read model that does not come as far is said to be behind; the write stands."""
    monkeypatch.setattr(reading, "WAIT_MAX_S", 0.2)
    api.file()
    position = api.services.ledger.reader.read_position()
    response = api.read(f"/v1/worklist?wait_for={position}", Role.SUPERVISION)
    assert (response.status_code, response.json()["code"]) == (504, "wait-for-timeout")
    assert response.headers["Retry-After"] == "1"
    api.project()
    answered = api.read(f"/v1/worklist?wait_for={position}", Role.SUPERVISION)
    assert answered.status_code == 200
    assert int(answered.headers["Ledger-Position"]) >= position


def test_health_tells_how_far_read_models_are_behind(api: Api) -> None:
    """Without a key one learns positions and lag, no case."""
    api.project()
    api.file()
    position = api.services.ledger.reader.read_position()
    api.read(f"/v1/petitions/{api.file()}?wait_for={position + 1}", Role.INTAKE)
    view = api.client.get("/v1/health").json()
    assert view["status"] == "healthy"
    assert view["position"] == position + 1
    lags = {model["model"]: model["lag"] for model in view["models"]}
    assert lags == {model.name: 2 for model in MODELS}
