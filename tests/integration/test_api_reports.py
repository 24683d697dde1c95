"""Publishing reports over HTTP: figures come from the log, whatever a caller sends."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import quote
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from api.services import Services
from domain.vocabulary import Role
from ledger.database import Database
from tests.api_clients import NOW, Api, app_of, running_api
from tests.integration.test_api_reads import dispatched

ORDER = {
    "number": 1,
    "kind": "closure",
    "by": "unit",
    "as_of": NOW.isoformat(),
    "approver_id": "st-2",
    "cases_min": 1,
}


@pytest.fixture
def api(database: Database) -> Iterator[Api]:
    """Return the API of a ledger with two petitions, one of them sent to a unit."""
    with running_api(database) as api:
        dispatched(api)
        api.file()
        yield api


def test_report_is_published_from_the_log_and_verified(api: Api) -> None:
    """The order names a question; the event holds the figures, and they come out again."""
    response = api.write("/v1/reports", ORDER, Role.STATISTICIAN)
    assert response.status_code == 201, response.text
    path = response.headers["Location"]
    (event,) = api.read(path, Role.SUPERVISION).json()["timeline"]
    figures = {
        (cell["group"], cell["figure"]): (cell["n"], cell["d"]) for cell in event["fields"]["cells"]
    }
    assert figures["bureau", "closure_rate@1"] == (0, 1)
    assert figures[None, "received"] == (2, None)
    (line,) = api.read("/v1/reports", Role.SUPERVISION).json()["items"]
    assert (line["number"], line["kind"], line["state"]) == (1, "closure", "published")
    assert path.endswith(line["report_id"])
    verified = api.read(f"{path}/verification", Role.SUPERVISION).json()
    assert verified["differences"] == []
    assert verified["figures"] == len(figures)
    assert api.read("/v1/reports?after=1", Role.SUPERVISION).json()["items"] == []


def test_figures_cannot_be_sent(api: Api) -> None:
    """An order with cells of its own is no order."""
    cells = [{"group": None, "figure": "closure_rate@1", "n": 1, "d": 1, "printed": "100.00"}]
    response = api.write("/v1/reports", {**ORDER, "cells": cells}, Role.STATISTICIAN)
    assert response.status_code == 422
    assert api.read("/v1/reports", Role.STATISTICIAN).json()["items"] == []


def test_report_number_is_used_once_and_without_gaps(api: Api) -> None:
    """The same order with the same key is one report; a second one takes the next number."""
    first = api.write("/v1/reports", ORDER, Role.STATISTICIAN, key="one")
    again = api.write("/v1/reports", ORDER, Role.STATISTICIAN, key="one")
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["Idempotency-Replayed"] == "true"
    taken = api.write("/v1/reports", ORDER, Role.STATISTICIAN)
    assert taken.json()["code"] == "already-opened"
    gap = api.write("/v1/reports", {**ORDER, "number": 3}, Role.STATISTICIAN)
    assert gap.json()["code"] == "report-number"
    assert api.write("/v1/reports", {**ORDER, "number": 2}, Role.STATISTICIAN).status_code == 201


def test_report_of_an_unknown_id_is_not_verified(api: Api) -> None:
    """Nor is the id of something else that of a report."""
    for resource_id in (uuid4(), api.file()):
        response = api.read(f"/v1/reports/{resource_id}/verification", Role.STATISTICIAN)
        assert response.status_code == 404


@pytest.mark.parametrize("role", [Role.PETITIONER, Role.HANDLER, Role.ADMIN, Role.SUPERVISION])
def test_report_is_published_by_statisticians_alone(api: Api, role: Role) -> None:
    """Everybody else is told so."""
    assert api.write("/v1/reports", ORDER, role, unit=None).status_code == 403


def test_rates_are_given_as_they_were_known(api: Api) -> None:
    """Before anything was on record there is no figure; then those of that moment."""
    api.project()
    late = app_of(Services.of(api.database, lambda: datetime.now(UTC), uuid4, lambda _: "E"))
    with TestClient(late) as client:
        headers = api.headers(Role.STATISTICIAN)
        question = "/v1/rates?by=total&metric=closure_rate"
        known = quote((datetime.now(UTC) - timedelta(microseconds=1)).isoformat())
        api.file()
        api.project()
        now = client.get(question, headers=headers).json()
        then = client.get(f"{question}&known_at={known}", headers=headers).json()
        assert then["position"] < now["position"]
        ranking = client.get(f"/v1/ranking?known_at={known}", headers=headers)
        assert ranking.json()["position"] == then["position"]
        early = client.get(f"{question}&known_at=2001-01-01T00:00:00Z", headers=headers)
        assert (early.status_code, early.json()["code"]) == (422, "nothing-known")
