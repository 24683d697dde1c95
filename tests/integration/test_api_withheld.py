"""A petition that a caller may not know of shows itself on no read route."""

from collections.abc import Iterator

import pytest

from api import feed
from api.routes import petitions, worklist
from domain.petition_facts import PetitionFacts
from domain.principal import Principal
from domain.visibility import may_see
from domain.vocabulary import Role
from ledger.database import Database
from tests.api_clients import Api, running_api

ACCUSED = "bureau"


@pytest.fixture
def api(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    """Return the API with a rule that hides petitions of one subject's unit from that unit."""

    def hides(principal: Principal, facts: PetitionFacts) -> bool:
        is_secret = facts.region == "secret" and principal.unit == ACCUSED
        return may_see(principal, facts) and not is_secret

    for module in (feed, petitions, worklist):
        monkeypatch.setattr(module, "may_see", hides)
    with running_api(database) as api:
        yield api


def test_secret_petition_is_withheld_from_its_unit_on_every_read_route(api: Api) -> None:
    """The unit finds neither petition, number nor task; the feed keeps its places alone."""
    shown, secret = api.file(), api.file(region="secret")
    for petition_id in (shown, secret):
        path = f"/v1/petitions/{petition_id}/registration"
        assert api.write(path, {}, Role.INTAKE, version=1).status_code == 200
    api.project()
    number = api.read(f"/v1/petitions/{secret}", Role.SUPERVISION).json()["number"]
    for unit, is_open in ((None, True), ("station", True), (ACCUSED, False)):
        read = api.read(f"/v1/petitions/{secret}", Role.SUPERVISION, unit)
        assert read.status_code == (200 if is_open else 404)
        found = api.read(f"/v1/petitions?number={number}", Role.SUPERVISION, unit)
        assert len(found.json()["items"]) == int(is_open)
        tasks = api.read("/v1/worklist?unit=", Role.SUPERVISION, unit).json()["items"]
        assert (secret in {each["petition_id"] for each in tasks}) is is_open
        assert shown in {each["petition_id"] for each in tasks}
        page = api.read("/v1/events?limit=500", Role.SUPERVISION, unit)
        items = page.json()["items"]
        assert [each["position"] for each in items] == list(range(1, len(items) + 1))
        withheld = [each for each in items if each["type"] == "withheld"]
        assert len(withheld) == (0 if is_open else 2)
        assert all(set(each) == {"type", "position"} for each in withheld)
        assert (secret in page.text) is is_open


def test_feed_tag_changes_when_an_event_becomes_withheld(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is told to keep a copy of what they may no longer see."""
    api.file()
    tag = api.read("/v1/events", Role.SUPERVISION, ACCUSED).headers["ETag"]
    monkeypatch.setattr(feed, "may_see", lambda *_: False)
    after = api.read("/v1/events", Role.SUPERVISION, ACCUSED, **{"If-None-Match": tag})
    assert after.status_code == 200
    assert after.headers["ETag"] != tag
