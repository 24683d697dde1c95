"""Samples over HTTP: committed, drawn by somebody else, verified, and kept from units."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from starlette.testclient import TestClient

from api.services import Services
from domain.callbacks import CompleteCallback
from domain.sample_draw import seed_digest
from domain.vocabulary import Resolution, Role, Satisfaction
from ledger.database import Database
from tests.api_clients import NOW, Api, app_of
from tests.integration.test_sample_command import SAID
from tests.integration.waiting_petitions import acting_on, fill, person

SEED = "17" * 32
ORDER = {"number": 1, "purpose": "callback", "seed_sha256": seed_digest(SEED), "size_each": 2}


@pytest.fixture
def api(database: Database) -> Iterator[Api]:
    """Return the API of a ledger in which nine petitions wait for their callback."""
    fill(database)
    failures: list[BaseException] = []

    def report(error: BaseException) -> str:
        failures.append(error)
        return "E-test"

    app = app_of(Services.of(database, lambda: NOW, uuid4, report))
    with TestClient(app) as client:
        yield Api(app, client, database, failures)


def test_sample_is_committed_drawn_verified_and_estimated(api: Api) -> None:
    """The list comes out again, and the estimate says how many answered."""
    response = api.write("/v1/samples", ORDER, Role.STATISTICIAN)
    assert response.status_code == 201, response.text
    path = response.headers["Location"]
    undrawn = api.read(f"{path}/estimate", Role.STATISTICIAN)
    assert (undrawn.status_code, undrawn.json()["code"]) == (409, "sample-not-drawn")
    wrong = api.write(f"{path}/draw", {"seed": "00" * 32}, Role.REVIEWER, version=1, unit="hub")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "seed-mismatch")
    drawn = api.write(f"{path}/draw", {"seed": SEED}, Role.REVIEWER, version=1, unit="hub")
    assert drawn.status_code == 200, drawn.text
    timeline = api.read(path, Role.CALLBACK, "hub").json()["timeline"]
    lists = {
        entry["fields"]["stratum"]: entry["fields"]["petition_ids"]
        for entry in timeline
        if entry["topic"] == "sample.stratum_drawn"
    }
    assert {name: len(ids) for name, ids in lists.items()} == {"bureau": 2, "roads": 2}
    verified = api.read(f"{path}/verification", Role.SUPERVISION).json()
    assert (verified["drawn"], verified["faults"]) == (4, [])
    with acting_on(api.database) as ledger:
        for ids in lists.values():
            for petition_id in ids:
                command = CompleteCallback(
                    resolution=Resolution.RESOLVED,
                    satisfaction=Satisfaction.SATISFIED,
                    occurred_at=SAID,
                )
                ledger.apply(UUID(petition_id), command, person(Role.CALLBACK))
    estimate = api.read(f"{path}/estimate", Role.LEADER).json()
    assert (estimate["population"], estimate["drawn"], estimate["answered"]) == (9, 4, 4)
    strict = estimate["questions"][0]
    assert strict["rate_id"] == "satisfaction_rate.strict"
    assert strict["estimate_percent"] == "100.00"
    assert strict["interval_percent"][1] == "100.00"
    assert strict["strata"][0] == {
        "name": "bureau",
        "population": 6,
        "drawn": 2,
        "answers": 2,
        "hits": 2,
    }
    (line,) = api.read("/v1/samples", Role.SUPERVISION).json()["items"]
    assert (line["number"], line["state"], line["seed"]) == (1, "drawn", SEED)
    assert api.read("/v1/samples?after=1", Role.SUPERVISION).json()["items"] == []


def test_frame_cannot_be_sent_and_a_number_is_used_once(api: Api) -> None:
    """Petitions named by the caller are no part of an order; numbers have no gaps."""
    chosen = {**ORDER, "petition_ids": [str(uuid4())]}
    assert api.write("/v1/samples", chosen, Role.STATISTICIAN).status_code == 422
    gap = api.write("/v1/samples", {**ORDER, "number": 2}, Role.STATISTICIAN)
    assert gap.json()["code"] == "sample-number"
    assert api.write("/v1/samples", ORDER, Role.STATISTICIAN).status_code == 201
    other = {**ORDER, "seed_sha256": seed_digest("01" * 32)}
    assert api.write("/v1/samples", other, Role.STATISTICIAN).json()["code"] == "already-opened"
    reused = api.write("/v1/samples", {**ORDER, "number": 2}, Role.STATISTICIAN)
    assert reused.json()["code"] == "claim-taken"


@pytest.mark.parametrize(
    "role", [Role.PETITIONER, Role.HANDLER, Role.DEPARTMENT_HEAD, Role.DISPATCHER]
)
def test_unit_cannot_learn_who_will_be_asked_about_it(api: Api, role: Role) -> None:
    """Whoever neither draws, asks, audits nor counts reads no list, check or estimate."""
    path = api.write("/v1/samples", ORDER, Role.STATISTICIAN).headers["Location"]
    for address in ("/v1/samples", path, f"{path}/verification", f"{path}/estimate"):
        assert api.read(address, role).status_code == 403


def test_sample_of_an_unknown_id_is_not_found(api: Api) -> None:
    """Nor is the id of something else that of a sample."""
    for what in ("verification", "estimate"):
        for sample_id in (uuid4(), UUID(int=1, version=4)):
            response = api.read(f"/v1/samples/{sample_id}/{what}", Role.STATISTICIAN)
            assert response.status_code == 404
