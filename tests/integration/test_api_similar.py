"""Similar petitions over HTTP: to whom, of whom, and how much of them."""

from collections.abc import Iterator

import pytest

from domain.vocabulary import Role
from ledger.database import Database
from ledger.database import Role as DatabaseRole
from replay.demand_documents import refresh_words
from tests.api_clients import Api, running_api
from tests.integration.test_api_reads import ACCEPTANCE, dispatched

OTHERS = ("食堂排队太久", "夜间施工噪音", "希望增加公交班次")


@pytest.fixture
def api(database: Database) -> Iterator[Api]:
    """Return the API of a ledger with petitions on parking and on other matters."""
    with running_api(database) as api:
        for subject in OTHERS:
            api.file(subject=subject, text=f"{subject}，影响员工上下班。")
        yield api


def read_words(api: Api) -> None:
    """Bring words and read models up to the log."""
    api.project()
    with api.database.connect(DatabaseRole.APP, autocommit=True) as connection:
        refresh_words(connection)


def answered(api: Api) -> str:
    """File a petition on parking, answer it on the spot and return its id."""
    petition_id = api.file(petition_type="consultation")
    path = f"/v1/petitions/{petition_id}"
    api.write(f"{path}/registration", {}, Role.INTAKE, version=1)
    acceptance = {**ACCEPTANCE, "petition_type": "consultation"}
    api.write(f"{path}/acceptance", acceptance, Role.INTAKE, version=2)
    reply = {"text": "东门外已增设车位。"}
    response = api.write(f"{path}/spot-answers", reply, Role.INTAKE, version=3, unit="hub")
    assert response.status_code == 200, response.text
    return petition_id


def test_past_petition_is_found_with_its_reply(api: Api) -> None:
    """Score, words in common, outcome, days and reply stand in one answer."""
    past, new = answered(api), api.file(subject="停车位不够", text="厂区停车位不足，请协调。")
    read_words(api)
    response = api.read(f"/v1/petitions/{new}/similar", Role.INTAKE)
    assert response.status_code == 200, response.text
    view = response.json()
    (first, *_) = view["items"]
    assert first["petition_id"] == past
    assert first["reply"] == "东门外已增设车位。"
    assert "停车位" in first["shared"]
    assert first["days_to_reply"] == "0.0"
    assert view["petitions_with_text"] == len(OTHERS) + 2
    assert view["words_position"] == int(response.headers["Ledger-Position"])
    again = {"If-None-Match": response.headers["ETag"]}
    assert api.read(f"/v1/petitions/{new}/similar", Role.INTAKE, **again).status_code == 304


def test_role_that_opens_no_text_sees_neither_reply_nor_words(api: Api) -> None:
    """A statistician learns that there was such a petition, and not what it says."""
    past, new = answered(api), api.file()
    read_words(api)
    view = api.read(f"/v1/petitions/{new}/similar", Role.STATISTICIAN).json()
    (first, *_) = view["items"]
    assert (first["petition_id"], first["shared"], first["reply"]) == (past, [], None)


def test_petitioner_may_not_ask(api: Api) -> None:
    """Other people's petitions are for staff alone."""
    response = api.read(f"/v1/petitions/{api.file()}/similar", Role.PETITIONER)
    assert response.status_code == 403


def test_handler_finds_the_own_units_petitions_alone(api: Api) -> None:
    """What another unit handles is not shown, and may not be asked about either."""
    answered(api)
    own, asked, foreign = (dispatched(api, unit) for unit in ("bureau", "bureau", "station"))
    read_words(api)
    view = api.read(f"{asked}/similar", Role.HANDLER).json()
    assert [item["petition_id"] for item in view["items"]] == [own.rpartition("/")[2]]
    assert api.read(f"{foreign}/similar", Role.HANDLER).status_code == 404


def test_peer_is_shown_no_petition_that_was_shared_with_a_group(api: Api) -> None:
    """Whoever may follow its course alone finds neither its words nor those like it."""
    asked, shared = (dispatched(api, unit) for unit in ("bureau", "station"))
    body = {"group": "liaisons", "members": [f"{Role.HANDLER}-1"]}
    given = api.write(f"{shared}/group-shares", body, Role.DISPATCHER, version=4)
    assert given.status_code == 200, given.text
    read_words(api)
    assert api.read(shared, Role.HANDLER).status_code == 200
    assert api.read(f"{asked}/similar", Role.HANDLER).json()["items"] == []
    assert api.read(f"{shared}/similar", Role.HANDLER).status_code == 404


def test_confidential_petition_is_never_shown(api: Api) -> None:
    """Neither one filed so, nor one marked after its words were read."""
    born = api.file(confidential=True)
    marked, new = api.file(), api.file()
    read_words(api)
    with api.database.connect(DatabaseRole.APP) as connection:
        rows = connection.execute("SELECT petition_id::text FROM demand_document").fetchall()
    assert len(rows) == len(OTHERS) + 2
    assert (born,) not in rows
    path = f"/v1/petitions/{new}/similar"
    assert marked in api.read(path, Role.SUPERVISION).text
    assert born not in api.read(path, Role.SUPERVISION).text
    mark = {"reason": "涉及举报人"}
    response = api.write(f"/v1/petitions/{marked}/confidentiality", mark, Role.INTAKE, version=1)
    assert response.status_code == 200, response.text
    for role in (Role.SUPERVISION, Role.LEADER, Role.INTAKE):
        assert marked not in api.read(path, role).text


def test_words_that_were_never_read_say_what_to_do(api: Api) -> None:
    """Before the first refresh nothing is answered, least of all an empty list."""
    response = api.read(f"/v1/petitions/{api.file()}/similar", Role.INTAKE)
    assert (response.status_code, response.json()["code"]) == (503, "words-not-read")
    assert "demand refresh" in response.text
