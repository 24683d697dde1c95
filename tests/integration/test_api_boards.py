"""The lists of cases over HTTP: what they say, page by page, and from whom they hide it."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest

from domain.vocabulary import Role
from ledger.database import Database
from tests.api_clients import Api, running_api
from tests.integration.board_case import OTHER, SECRET, beside, open_story, secret_story
from tests.integration.logged_petitions import append_events, open_recorder
from tests.integration.test_api_access import READERS
from tests.integration.test_api_reads import dispatched
from tests.unit.given_when_then import MINUTE, START

NAMING = {
    "/v1/deadline-board": "",
    "/v1/promises": "",
    "/v1/backlog": "?ever=true",
    "/v1/upward-reports": "",
    "/v1/supervision-ledger": "",
    "/v1/assessment-appeals": "",
}
"""Lists that name petitions, and the question under which ours is on them."""


@pytest.fixture
def api(database: Database) -> Iterator[Api]:
    """Return the API of a ledger of the test's own."""
    with running_api(database) as api:
        yield api


@pytest.fixture(scope="module")
def filled_api(shared_api: Api) -> Api:
    """Return an API of something on every list, and of one petition more, all in read models."""
    record(shared_api, open_story().history, beside())
    shared_api.file()
    shared_api.project()
    return shared_api


def record(api: Api, *logs: Any) -> None:  # noqa: ANN401 - events of any aggregate
    """Append events and bring the read models up to them."""
    recorder = open_recorder(api.database)
    for log in logs:
        append_events(recorder, log)
    recorder.close()
    api.project()


def listed(api: Api, path: str, role: Role, unit: str | None = None) -> Any:  # noqa: ANN401 - JSON
    """Return what a list answers."""
    response = api.read(path + NAMING.get(path, ""), role, unit)
    assert response.status_code == 200, response.text
    return response.json()


def test_confidential_petition_never_reaches_the_accused_unit(api: Api) -> None:
    """Whatever the role: no list, count, sum or proof tells the bureau of it; others see it."""
    record(api, secret_story().history, open_story(OTHER.int).history, beside())
    for path in NAMING:
        assert SECRET in str(listed(api, path, Role.SUPERVISION)), path
    for path, readers in READERS.items():
        for role in readers & {Role.HANDLER, Role.DEPARTMENT_HEAD, Role.SUPERVISION, Role.LEADER}:
            assert SECRET not in str(listed(api, path, role, "bureau")), (path, role)
    orders = listed(api, "/v1/supervision-ledger", Role.DEPARTMENT_HEAD)["items"]
    assert [each["petitions"] for each in orders] == [[str(OTHER)]]
    for path in ("custody", "deadlines/reply"):
        for role, unit, status in ((Role.LEADER, "bureau", 404), (Role.LEADER, None, 200)):
            found = api.read(f"/v1/petitions/{SECRET}/{path}", role, unit)
            assert found.status_code == status, path
    for unit, count in (("bureau", 0), ("station", 1), (None, 1)):
        (firm,) = listed(api, "/v1/enterprise-profiles", Role.LEADER, unit)["items"]
        assert sum(each["petitions"] for each in firm["petitions"]) == count + 1
        board = listed(api, "/v1/session-board", Role.LEADER, unit)
        assert board["items"][0]["petitions"] == board["participation"]["petitions"] == count


def test_unit_reads_on_every_list_what_is_its_own(api: Api) -> None:
    """Unless the petition accuses it, the bureau reads all of it."""
    record(api, open_story().history, beside())
    for path in NAMING:
        role = Role.DEPARTMENT_HEAD
        if path != "/v1/deadline-board":
            assert SECRET in str(listed(api, path, role)), path


def test_promise_of_a_session_is_shown_to_the_unit_that_made_it(api: Api) -> None:
    """Also where the petition it is about was never ordered to that unit; others' stay hidden."""
    record(api, beside())
    (line,) = listed(api, "/v1/promises", Role.HANDLER)["items"]
    assert (line["kind"], line["petition_id"], line["unit"]) == ("session", SECRET, "bureau")
    assert line["state_label"] == {"zh": "已兑现", "en": "kept"}


def test_delay_is_shown_with_its_steps_and_the_compliance_of_its_unit(api: Api) -> None:
    """Explained, told and reported in time, without a receipt that was due."""
    record(api, open_story().history)
    page = listed(api, "/v1/upward-reports", Role.SUPERVISION)
    (line,) = page["items"]
    assert line["compliant"]
    for step in ("explained", "informed", "reported"):
        assert line[step]["in_time"], step
        assert line[step]["done_at"]
    assert line["acknowledged"]["done_at"] is None
    (share,) = page["compliance"]
    assert (share["unit"], share["share"]["n"], share["share"]["d"]) == ("roads", 1, 1)
    rates = api.read("/v1/rates?metric=upward_report_compliance", Role.LEADER)
    assert rates.json()["total"]["shares"][0]["n"] == 1


def test_list_is_walked_page_by_page_by_its_own_cursors_alone(api: Api) -> None:
    """Every line comes once; a cursor of another question is refused, the next link works."""
    record(api, *(open_story(number).history for number in range(11, 16)))
    whole = listed(api, "/v1/promises", Role.LEADER)["items"]
    assert len(whole) == 5
    lines: list[Any] = []
    following: str | None = "/v1/promises?limit=2"
    while following:
        page = api.read(following, Role.LEADER).json()
        lines += page["items"]
        following = page["next"]
    assert lines == whole
    cursor = api.read("/v1/promises?limit=1", Role.LEADER).json()["next_cursor"]
    for path in (
        f"/v1/promises?limit=1&unit=station&cursor={cursor}",
        f"/v1/promises?limit=1&state=open&cursor={cursor}",
        f"/v1/backlog?limit=1&cursor={cursor}",
        "/v1/promises?cursor=x",
    ):
        refused = api.read(path, Role.LEADER)
        assert (refused.status_code, refused.json()["code"]) == (422, "invalid-cursor"), path


@pytest.mark.parametrize("path", sorted(READERS))
def test_every_list_pages_and_answers_not_changed(filled_api: Api, path: str) -> None:
    """A walk by single lines ends; the tag holds while the ledger stands still."""
    role = min(READERS[path])
    address, steps = f"{path}?limit=1", 0
    while address:
        response = filled_api.read(address, role)
        assert response.status_code == 200, response.text
        address, steps = response.json().get("next"), steps + 1
        assert steps < 20, "the walk does not end"
    tag = filled_api.read(path, role).headers["ETag"]
    again = filled_api.read(path, role, **{"If-None-Match": tag})
    # Deliveries are no events: the list of messages is always read anew.
    assert again.status_code in ({200, 304} if path == "/v1/outbox" else {304})


@pytest.mark.parametrize("path", sorted(READERS))
def test_wait_for_is_taken_by_every_list(filled_api: Api, path: str) -> None:
    """Whoever has just written reads the own write, of whichever read models it takes."""
    position = filled_api.services.ledger.reader.read_position()
    response = filled_api.read(f"{path}?wait_for={position}", min(READERS[path]))
    assert response.status_code == 200, response.text
    assert int(response.headers["Ledger-Position"]) >= position


def test_custody_of_a_petition_sums_to_its_whole(api: Api) -> None:
    """Hub and bureau had it; a period's sums are those of the petitions closed in it."""
    record(api, open_story().history)
    path = f"/v1/petitions/{SECRET}"
    # The petitioner's own; nobody else of that role reads it.
    assert api.read(f"{path}/custody", Role.PETITIONER).status_code == 200
    stranger = api.headers(Role.PETITIONER, account="petitioner-9")
    assert api.client.get(f"{path}/custody", headers=stranger).status_code == 404
    view = api.read(f"{path}/custody", Role.HANDLER).json()
    assert view["whole_minutes"] == sum(each["minutes"] for each in view["parts"]) > 0
    assert {each["holder"] for each in view["parts"]} == {"hub", "unit"}
    assert {each["unit"] for each in view["parts"]} == {"", "bureau", "roads"}
    then = quote((START + 2 * MINUTE).isoformat())
    early = api.read(f"{path}/custody?as_of={then}", Role.HANDLER).json()
    assert [(each["holder"], each["minutes"]) for each in early["parts"]] == [("hub", 2)]
    sums = api.read("/v1/custody?from=2026-09-01&to=2026-09-30", Role.STATISTICIAN).json()
    assert (sums["petitions"], sums["whole_minutes"], sums["parts"]) == (0, 0, [])
    assert api.read("/v1/custody?from=2026-09-30&to=2026-09-01", Role.LEADER).status_code == 422
    assert api.read(f"/v1/petitions/{uuid4()}/custody", Role.LEADER).status_code == 404


def test_deadline_is_explained_day_by_day_with_its_notice(api: Api) -> None:
    """Ten working days over the holidays of autumn 2026: each day says why, by which notice."""
    path = dispatched(api)
    view = api.read(f"{path}/deadlines/reply", Role.HANDLER).json()
    (deadline,) = view["deadlines"]
    assert (deadline["agrees"], deadline["topic"]) == (True, "petition.accepted")
    assert deadline["limit"] == {"zh": "10个工作日", "en": "10 working days"}
    counted = [day for day in deadline["days"] if day["counted"]]
    assert len(counted) == counted[-1]["number"] == 10
    holiday = next(day for day in deadline["days"] if day["day"] == "2026-10-01")
    assert not holiday["counted"]
    assert holiday["notice"]
    assert "国庆" in holiday["reason"]["zh"]
    assert api.read(f"{path}/deadlines/callback", Role.HANDLER).json()["deadlines"] == []
    assert api.read(f"{path}/deadlines/nothing", Role.HANDLER).status_code == 422
    assert api.read(f"{path}/deadlines/reply", Role.HANDLER, "station").status_code == 404


def test_deadline_board_names_holder_rule_and_what_is_spent(api: Api) -> None:
    """A dispatched appeal runs against its pack's limit, in the bureau's hands."""
    dispatched(api)
    api.project()
    items = listed(api, "/v1/deadline-board", Role.HANDLER)["items"]
    reply = next(each for each in items if each["clock"] == "reply")
    assert (reply["holder"], reply["holder_unit"]) == ("unit", "bureau")
    assert reply["rule"].startswith("s2_quanzhou@1/appeal")
    assert not reply["overdue"]
    record(api, open_story().history)
    late = api.read("/v1/deadline-board?overdue=true", Role.LEADER).json()["items"]
    assert {each["petition_id"] for each in late} == {SECRET}
    assert "promise" in {each["clock"] for each in late}
    assert all(each["overdue"] for each in late)


@pytest.mark.parametrize(
    "question",
    [
        "promises?as_of=0001-01-01T00:00:00Z",
        "promises?as_of=2026-12-01T00:00:00Z",
        "promises?state=nothing",
        "backlog?limit=501",
        "session-board?from=2026-02-01&to=2026-01-01",
        "session-board?kind=nothing",
        "activity-counts?from=9999-12-31",
        "deadline-board?clock=nothing",
        "enterprise-profiles?group=%00",
    ],
)
def test_impossible_question_is_refused(shared_api: Api, question: str) -> None:
    """A wrong parameter is the client's fault, and the answer names it."""
    response = shared_api.read(f"/v1/{question}", Role.STATISTICIAN)
    assert (response.status_code, response.json()["code"]) == (422, "invalid-request")
