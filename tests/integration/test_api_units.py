"""Units join and leave the roster of a running ledger, over HTTP."""

from collections.abc import Iterator
from typing import Any

import pytest

from domain.vocabulary import Role
from ledger.database import Database
from ledger.reference import ROSTER_ID
from tests.api_clients import Api, running_api
from tests.integration.test_api_reads import ACCEPTANCE, dispatched

ROSTER = f"/v1/rosters/{ROSTER_ID}"
UNIT = {
    "unit": "data-bureau",
    "name_zh": "示例市数据局",
    "name_en": "City Data Bureau",
    "tier": "city",
    "kind": "department",
}


@pytest.fixture
def api(database: Database) -> Iterator[Api]:
    """Return the API of a ledger of the test's own."""
    with running_api(database) as api:
        yield api


def _change(api: Api, path: str, body: dict[str, Any]) -> None:
    version = api.read(ROSTER, Role.ADMIN).json()["version"]
    response = api.write(f"{ROSTER}/{path}", body, Role.ADMIN, version=version)
    assert response.status_code == 200, response.text


def test_new_unit_works_until_it_is_closed(api: Api) -> None:
    """It is listed, receives petitions and answers them; closed, it receives nothing more."""
    _change(api, "units", UNIT)
    held = dispatched(api, "data-bureau")
    _change(api, "closures", {"unit": "data-bureau", "reason": "机构改革"})
    api.project()
    lines = api.read("/v1/units", Role.LEADER).json()["items"]
    (line,) = [each for each in lines if each["unit"] == "data-bureau"]
    assert line["name"] == {"zh": "示例市数据局", "en": "City Data Bureau"}
    assert (line["tier"], line["kind"], line["parent"]) == ("city", "department", None)
    assert line["closed_at"] is not None
    assert (
        api.read(held, Role.SUPERVISION).json()["facts"]["assignments"][0]["unit"] == "data-bureau"
    )
    new = f"/v1/petitions/{api.file()}"
    api.write(f"{new}/registration", {}, Role.INTAKE, version=1)
    api.write(f"{new}/acceptance", ACCEPTANCE, Role.INTAKE, version=2)
    refused = api.write(f"{new}/dispatches", {"lead": "data-bureau"}, Role.DISPATCHER, version=3)
    assert (refused.status_code, refused.json()["code"]) == (422, "unit-closed")


def test_roster_is_changed_by_the_administrator_alone(api: Api) -> None:
    """Whoever else asks changes nothing."""
    version = api.read(ROSTER, Role.ADMIN).json()["version"]
    for role in (Role.SUPERVISION, Role.LEADER, Role.DISPATCHER):
        response = api.write(f"{ROSTER}/units", UNIT, role, version=version)
        assert (response.status_code, response.json()["code"]) == (403, "not-permitted")
    assert api.read(ROSTER, Role.ADMIN).json()["version"] == version
