"""Writing through the API: every header, every refusal, once and only once."""

import json
import threading
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from httpx2 import Response

from api.bodies import BODY_LEN_MAX
from domain.vocabulary import Role
from ledger.database import Database
from ledger.ledger_application import LedgerApplication
from ledger.remembered_streams import RememberedStreams
from tests.api_clients import SUBMISSION, Api, running_api

ACCEPTANCE = {"petition_type": "appeal", "category": "parking"}


@pytest.fixture
def api(database: Database) -> Iterator[Api]:
    """Return the API of a ledger of the test's own."""
    with running_api(database) as api:
        yield api


def raw(api: Api, body: bytes, **headers: str) -> Response:
    """File a petition by its bytes."""
    sent = {
        **api.headers(Role.INTAKE),
        "Idempotency-Key": str(uuid4()),
        "Content-Type": "application/json",
        **headers,
    }
    return api.client.post("/v1/petitions", content=body, headers=sent)


def test_filing_a_petition_answers_with_its_address(api: Api) -> None:
    """The answer names the petition, its version and its place in the log."""
    response = api.write("/v1/petitions", SUBMISSION, Role.INTAKE)
    written = response.json()
    assert response.status_code == 201
    assert written["state"] == "submitted"
    assert written["version"] == 1
    assert response.headers["ETag"] == '"1"'
    assert response.headers["Location"] == f"/v1/petitions/{written['petition_id']}"
    assert response.headers["Ledger-Position"] == str(written["last_position"])


def test_registering_answers_with_the_number(api: Api) -> None:
    """The caller learns the number that the ledger gave."""
    path = f"/v1/petitions/{api.file()}"
    response = api.write(f"{path}/registration", {}, Role.INTAKE, version=1)
    assert response.status_code == 200
    assert response.json()["number"] == "20260921000001"
    assert response.json()["state_label"] == {"zh": "已登记", "en": "registered"}


def test_repeated_write_gets_the_first_answer(api: Api) -> None:
    """The same key and body record once, and the second answer says so."""
    first = api.write("/v1/petitions", SUBMISSION, Role.INTAKE, key="once")
    again = api.write("/v1/petitions", SUBMISSION, Role.INTAKE, key="once")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json()["petition_id"] == first.json()["petition_id"]
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"


def test_repeated_command_is_answered_although_its_version_is_old(api: Api) -> None:
    """Who repeats after a lost answer gets it, with the version of that time."""
    path = f"/v1/petitions/{api.file()}/registration"
    first = api.write(path, {}, Role.INTAKE, version=1, key="once")
    again = api.write(path, {}, Role.INTAKE, version=1, key="once")
    assert again.status_code == 200
    assert again.json() == {**first.json(), "replayed": True}


def test_key_reused_with_another_body_is_refused(api: Api) -> None:
    """A key stands for one request; the first answer stands."""
    api.write("/v1/petitions", SUBMISSION, Role.INTAKE, key="once")
    response = api.write("/v1/petitions", {**SUBMISSION, "subject": "x"}, Role.INTAKE, key="once")
    assert response.status_code == 422
    assert response.json()["code"] == "idempotency-key-reused"


def test_key_of_another_account_is_another_key(api: Api) -> None:
    """Two accounts may happen on the same key."""
    first = api.write("/v1/petitions", SUBMISSION, Role.INTAKE, key="once")
    other = api.write("/v1/petitions", SUBMISSION, Role.INTAKE, key="once", account="intake-2")
    assert first.json()["petition_id"] != other.json()["petition_id"]


def test_failed_write_does_not_use_up_its_key(api: Api) -> None:
    """A refused request may be corrected under the same key."""
    refused = api.write("/v1/petitions", {**SUBMISSION, "subject": ""}, Role.INTAKE, key="once")
    assert refused.status_code == 422
    mended = api.write("/v1/petitions", SUBMISSION, Role.INTAKE, key="once")
    assert mended.status_code == 201


def test_key_in_flight_is_refused_with_a_time_to_wait(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the first request is under way a second one is told to come again."""
    entered, go_on = threading.Event(), threading.Event()
    execute = LedgerApplication.execute

    def wait_before(self: LedgerApplication, *args: Any, **kwargs: Any) -> object:  # noqa: ANN401
        entered.set()
        go_on.wait(10)
        return execute(self, *args, **kwargs)

    api.headers(Role.INTAKE)
    monkeypatch.setattr(LedgerApplication, "execute", wait_before)
    answers: list[int] = []
    first = threading.Thread(
        target=lambda: answers.append(
            api.write("/v1/petitions", SUBMISSION, Role.INTAKE, key="once").status_code
        )
    )
    first.start()
    assert entered.wait(10)
    second = api.write("/v1/petitions", SUBMISSION, Role.INTAKE, key="once")
    go_on.set()
    first.join()
    assert (second.status_code, second.json()["code"]) == (409, "idempotency-key-in-flight")
    assert second.headers["Retry-After"] == "1"
    assert answers == [201]


@pytest.mark.parametrize(
    ("key", "code"),
    [(None, "idempotency-key-missing"), ("", "idempotency-key-invalid")]
    + [(key, "idempotency-key-invalid") for key in ("x" * 256, "\x01", "ключ".encode())],
)
def test_write_without_a_proper_key_is_refused(
    shared_api: Api, key: str | bytes | None, code: str
) -> None:
    """A key is 1 to 255 printable ASCII characters."""
    headers: dict[Any, Any] = {**shared_api.headers(Role.INTAKE)}
    if key is not None:
        headers["Idempotency-Key"] = key
    response = shared_api.client.post("/v1/petitions", json=SUBMISSION, headers=headers)
    assert (response.status_code, response.json()["code"]) == (400, code)


@pytest.mark.parametrize(
    ("match", "status", "code"),
    [
        (None, 428, "if-match-missing"),
        ("1", 400, "if-match-invalid"),
        ("*", 400, "if-match-invalid"),
        ('W/"1"', 400, "if-match-invalid"),
        ('"7"', 412, "stale-version"),
    ],
)
def test_command_without_the_right_version_is_refused(
    shared_api: Api, match: str | None, status: int, code: str
) -> None:
    """A command names the version it was decided on, and that must be the latest."""
    path = f"/v1/petitions/{shared_api.file()}/registration"
    headers = {**shared_api.headers(Role.INTAKE), "Idempotency-Key": "x"}
    if match is not None:
        headers["If-Match"] = match
    response = shared_api.client.post(path, json={}, headers=headers)
    assert (response.status_code, response.json()["code"]) == (status, code)


def test_command_in_a_wrong_state_is_a_conflict(api: Api) -> None:
    """The text says in which state the petition is and in which it must be."""
    path = f"/v1/petitions/{api.file()}/acceptance"
    response = api.write(path, ACCEPTANCE, Role.INTAKE, version=1)
    problem = response.json()
    assert (response.status_code, problem["code"]) == (409, "impossible-transition")
    assert "已提交" in problem["texts"]["zh"]
    assert "submitted" in problem["texts"]["en"]


def test_command_on_an_unknown_petition_is_not_found(api: Api) -> None:
    """A missing petition is no defect."""
    path = f"/v1/petitions/{uuid4()}/registration"
    response = api.write(path, {}, Role.INTAKE, version=1)
    assert response.status_code in {404, 412}


@pytest.mark.parametrize(
    ("changes", "status", "code", "pointer"),
    [
        ({"occurred_at": "2099-01-01T00:00:00+08:00"}, 422, "date-in-future", None),
        ({"occurred_at": "2026-09-01T00:00:00"}, 422, "invalid-body", "/occurred_at"),
        ({"occurred_at": "0001-01-01T00:00:00+14:00"}, 422, "invalid-body", "/occurred_at"),
        ({"occurred_at": "2026-09-01T00:00:00+23:59"}, 422, "invalid-body", "/occurred_at"),
        ({"enterprise": "91510100MA0000001X"}, 422, "invalid-credit-code", None),
        ({"channel": "telepathy"}, 422, "invalid-body", "/channel"),
        ({"channel": "fax"}, 422, "channel-not-in-pack", None),
        ({"subject": "a\0b"}, 422, "invalid-body", "/subject"),
        ({"subject": "  "}, 422, "invalid-body", "/subject"),
        ({"subject": 5}, 422, "invalid-body", "/subject"),
        ({"surprise": 1}, 422, "invalid-body", "/surprise"),
        ({"text": "字" * 20_001}, 422, "invalid-body", "/text"),
        ({"attachments": [{"name": "x"}]}, 422, "invalid-body", "/attachments/0/sha256"),
    ],
)
def test_bad_value_is_refused_at_its_place(
    api: Api, changes: dict[str, object], status: int, code: str, pointer: str | None
) -> None:
    """The answer has the code and, where a field is wrong, its JSON pointer."""
    position = api.services.ledger.reader.read_position()
    response = api.write("/v1/petitions", {**SUBMISSION, **changes}, Role.INTAKE)
    problem = response.json()
    assert (response.status_code, problem["code"]) == (status, code), problem
    pointers = [] if pointer is None else [pointer]
    assert [fault["pointer"] for fault in problem.get("errors", [])] == pointers
    assert api.services.ledger.reader.read_position() == position


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[",
        b"null",
        b"[]",
        b"\xff\xfe",
        b'{"subject":"\\ud800"}',
        b"[" * 50_000,
        json.dumps({**SUBMISSION, "subject": "x\ud800y"}).encode(),
        json.dumps(SUBMISSION).encode("utf-16"),
    ],
)
def test_body_that_is_no_json_object_is_refused(shared_api: Api, body: bytes) -> None:
    """Broken JSON, lone surrogates and other encodings are the client's fault."""
    response = raw(shared_api, body)
    assert (response.status_code, response.json()["code"]) == (422, "invalid-body")


def test_body_over_a_mebibyte_is_refused(api: Api) -> None:
    """Announced or not, what is too large is not read to its end."""
    body = json.dumps({**SUBMISSION, "text": "x" * BODY_LEN_MAX}).encode()
    read = 0

    def pieces() -> Iterator[bytes]:
        nonlocal read
        for place in range(0, len(body) * 4, 65_536):
            read += 65_536
            yield body[place % len(body) :][:65_536]

    whole = raw(api, body)
    assert (whole.status_code, whole.json()["code"]) == (413, "body-too-large")
    headers = {**api.headers(Role.INTAKE), "Idempotency-Key": "x"}
    headers["Content-Type"] = "application/json"
    parts = api.client.post("/v1/petitions", content=pieces(), headers=headers)
    assert (parts.status_code, parts.json()["code"]) == (413, "body-too-large")


def test_body_of_exactly_a_mebibyte_is_read(api: Api) -> None:
    """The limit itself is allowed; the value in it is then too long."""
    body = json.dumps({**SUBMISSION, "text": ""}).encode()
    body = body.replace(b'"text": ""', b'"text": "' + b"x" * (BODY_LEN_MAX - len(body)) + b'"')
    assert len(body) == BODY_LEN_MAX
    assert raw(api, body).json()["code"] == "invalid-body"


@pytest.mark.parametrize(
    "media_type",
    ["text/plain", "", "application/x-www-form-urlencoded", "application/json; charset=gbk"],
)
def test_other_media_type_is_refused(shared_api: Api, media_type: str) -> None:
    """Bodies are UTF-8 JSON and say so."""
    response = raw(shared_api, json.dumps(SUBMISSION).encode(), **{"Content-Type": media_type})
    assert (response.status_code, response.json()["code"]) == (415, "unsupported-media-type")


def test_event_over_sixty_thousand_bytes_is_refused(api: Api) -> None:
    """What the log cannot hold is refused by its size, and nothing is recorded."""
    note = {
        "name": "x",
        "sha256": "0" * 64,
        "media_type": f"application/{'x' * 80}",
        "size_bytes": 2**40,
    }
    notes = [note] * 200
    response = api.write("/v1/petitions", {**SUBMISSION, "attachments": notes}, Role.INTAKE)
    assert (response.status_code, response.json()["code"]) == (422, "event-too-large")


def test_unknown_unit_is_refused(api: Api) -> None:
    """A petition is never sent to a unit that is not on the roster."""
    path = f"/v1/petitions/{api.file()}"
    api.write(f"{path}/registration", {}, Role.INTAKE, version=1)
    api.write(f"{path}/acceptance", ACCEPTANCE, Role.INTAKE, version=2)
    response = api.write(f"{path}/dispatches", {"lead": "nowhere"}, Role.DISPATCHER, version=3)
    assert (response.status_code, response.json()["code"]) == (422, "unknown-unit")


def test_lost_race_is_a_conflict_with_a_time_to_wait(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who passed the check and was overtaken before the append is told to come again."""
    path = f"/v1/petitions/{api.file()}"
    append = LedgerApplication._append  # noqa: SLF001
    overtaken: list[int] = []

    def overtake(self: LedgerApplication, *args: Any, **kwargs: Any) -> object:  # noqa: ANN401
        if not overtaken:
            overtaken.append(1)
            api.write(f"{path}/registration", {}, Role.INTAKE, version=1, account="rival")
        return append(self, *args, **kwargs)

    api.headers(Role.INTAKE, account="rival")
    monkeypatch.setattr(LedgerApplication, "_append", overtake)
    # Of a petition that this process did not write, the version is read and checked first.
    monkeypatch.setattr(RememberedStreams, "recall", lambda *_: None)
    response = api.write(f"{path}/registration", {}, Role.INTAKE, version=1)
    assert (response.status_code, response.json()["code"]) == (409, "version-conflict")
    assert response.headers["Retry-After"] == "1"


def test_defect_is_answered_by_an_id_and_no_detail(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nobody foresaw is logged under an id; the client sees neither trace nor secret."""

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("password=hunter2")

    monkeypatch.setattr(LedgerApplication, "execute", fail)
    response = api.write("/v1/petitions", SUBMISSION, Role.INTAKE)
    assert response.status_code == 500
    assert response.json()["error_id"] == "E-test"
    assert "hunter2" not in response.text
    assert "Traceback" not in response.text
    assert [str(error) for error in api.failures] == ["password=hunter2"]


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("GET", "/v1/nothing", "not-found"),
        ("GET", "/v1/units/", "not-found"),
        ("GET", "/v1/petitions/x", "invalid-request"),
        ("DELETE", "/v1/units", "method-not-allowed"),
    ],
)
def test_wrong_address_is_answered_as_a_problem(
    shared_api: Api, method: str, path: str, code: str
) -> None:
    """Every answer but success is problem+json with safe headers, whatever made it."""
    response = shared_api.client.request(method, path, headers=shared_api.headers(Role.INTAKE))
    problem = response.json()
    assert response.headers["Content-Type"] == "application/problem+json"
    assert problem["code"] == code
    assert problem["instance"] == path
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert shared_api.client.get(problem["type"]).json()["status"] == response.status_code


def test_problem_speaks_the_language_of_the_request(api: Api) -> None:
    """Chinese by default, English where it is preferred, both always at hand."""
    for accepted, title in (("", "没有此地址"), ("en-GB,en;q=0.9,zh;q=0.3", "No such address")):
        headers = {**api.headers(Role.INTAKE), "Accept-Language": accepted}
        problem = api.client.get("/v1/nothing", headers=headers).json()
        assert problem["title"] == title
        assert set(problem["texts"]) == {"zh", "en"}
