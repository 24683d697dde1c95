"""Everything that is no petition is begun, acted on and read through generated routes."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx2 import Response
from msgspec import to_builtins
from msgspec.json import decode

from api.examples import example_body
from domain.catalogue import RESOURCES
from domain.delegation_commands import GrantDelegation
from domain.enterprise_commands import ENTERPRISES
from domain.principal import Principal
from domain.resource import AggregateCommand, OpeningCommand, Resource
from domain.roster_commands import ROSTERS
from domain.vocabulary import Role
from ledger.database import Database
from ledger.reference import ROSTER_ID
from tests.api_clients import NOW, Api, running_api
from tests.unit.resource_story import LIVES, Deed

DRAFT, PUBLISH = LIVES["policy"][:2]
SUBSCRIBE, UNSUBSCRIBE = LIVES["subscription"]
VISIT = LIVES["visit"][0]
HEAD = Principal(actor_id="head-1", role=Role.DEPARTMENT_HEAD, unit="bureau")
POSSIBLE = {200, 403, 409, 422}
"""How a command on something that is there may end: done, or refused by a rule."""


@pytest.fixture
def api(database: Database) -> Iterator[Api]:
    """Return the API of a ledger of the test's own."""
    with running_api(database) as api:
        yield api


def send(api: Api, deed: Deed, path: str, version: int | None = None, **more: Any) -> Response:  # noqa: ANN401
    """Give a command of a story over HTTP and return the response."""
    return api.write(path, to_builtins(deed.command), deed.role, version=version, **more)


def drafted(api: Api) -> str:
    """Draft a policy and return its address."""
    response = send(api, DRAFT, "/v1/policies")
    assert response.status_code == 201, response.text
    return response.headers["Location"]


def lend(api: Api, to_account: str, days: int) -> None:
    """Lend the department head's role from a day before now on."""
    start = NOW - timedelta(days=1)
    command = GrantDelegation(
        to_account=to_account,
        starts_at=start,
        ends_at=start + timedelta(days=days),
        occurred_at=start,
    )
    api.services.ledger.give(ROSTERS, ROSTER_ID, command, HEAD)


def test_policy_is_drafted_published_and_read(api: Api) -> None:
    """Each answer has the address, the version and the state for the next step."""
    first = send(api, DRAFT, "/v1/policies")
    assert (first.json()["kind"], first.json()["state"]) == ("policy", "drafted")
    path = first.headers["Location"]
    published = send(api, PUBLISH, f"{path}/publication", version=1)
    assert published.status_code == 200, published.text
    assert published.headers["ETag"] == '"2"'
    assert published.json()["state_label"] == {"zh": "已发布", "en": "published"}
    read = api.read(path, Role.SUPERVISION)
    topics = [each["topic"] for each in read.json()["timeline"]]
    assert topics == ["policy.drafted", "policy.published"]
    assert read.json()["state"] == "published"
    assert read.headers["ETag"] == '"2"'
    assert api.read(path, Role.SUPERVISION, **{"If-None-Match": '"2"'}).status_code == 304


def test_repeated_opening_and_command_get_their_first_answers(api: Api) -> None:
    """The id that the server draws is no part of what is repeated."""
    first = send(api, DRAFT, "/v1/policies", key="draft")
    again = send(api, DRAFT, "/v1/policies", key="draft")
    assert again.status_code == 201
    assert again.json() == {**first.json(), "replayed": True}
    path = f"{first.headers['Location']}/publication"
    done = send(api, PUBLISH, path, version=1, key="publish")
    repeated = send(api, PUBLISH, path, version=1, key="publish")
    assert repeated.json() == {**done.json(), "replayed": True}
    assert repeated.headers["Idempotency-Replayed"] == "true"


def test_claimed_number_is_not_given_twice(api: Api) -> None:
    """Two policies never share a document number."""
    for path, status in ((drafted(api), 200), (drafted(api), 409)):
        response = send(api, PUBLISH, f"{path}/publication", version=1)
        assert response.status_code == status, response.text


def test_named_aggregate_is_begun_once(api: Api) -> None:
    """One credit code has one enterprise; who records it again is told where it is."""
    (kind,) = ENTERPRISES.opening
    first = api.write("/v1/enterprises", example_body(kind), min(kind.roles))
    again = api.write("/v1/enterprises", example_body(kind), min(kind.roles))
    assert first.status_code == 201, first.text
    assert (again.status_code, again.json()["code"]) == (409, "already-opened")
    assert first.json()["id"] in again.json()["detail"]


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda each: str(each.path))
def test_command_on_an_unknown_or_another_aggregate_is_not_found(
    shared_api: Api, resource: Resource
) -> None:
    """An id of nothing, or of something else, is answered as unknown; nothing is recorded."""
    foreign = UUID(shared_api.file())
    end = shared_api.services.ledger.reader.read_position()
    for kind in resource.commands:
        for resource_id in (uuid4(), foreign):
            path = f"/v1/{resource.path}/{resource_id}"
            role = min(kind.roles)
            response = shared_api.write(f"{path}/{kind.path}", example_body(kind), role, version=1)
            assert response.status_code in {404, 412}, response.text
            if resource_id == foreign:
                assert response.json()["code"] == resource.unknown_code
            assert shared_api.read(path, Role.SUPERVISION).json()["code"] == resource.unknown_code
    assert shared_api.services.ledger.reader.read_position() == end


@pytest.mark.parametrize("name", sorted(LIVES))
def test_every_life_can_be_led_over_http(api: Api, name: str) -> None:
    """Each command of a resource reaches its own rules, and no route is a defect."""
    (resource,) = (each for each in RESOURCES if isinstance(LIVES[name][0].command, each.opening))
    path, version = f"/v1/{resource.path}", None
    for deed in LIVES[name]:
        command = deed.command
        assert isinstance(command, OpeningCommand | AggregateCommand)
        step = f"{path}/{command.path}".rstrip("/")
        response = send(api, deed, step, version)
        if version is None and response.status_code == 201:
            path = response.headers["Location"]
        elif response.status_code not in POSSIBLE or version is None:
            # The stories' roster has units that this ledger lacks, and it has no petitions.
            known = {"unknown-unit", "not-permitted", "nothing-to-publish", "frame-empty"}
            assert response.json()["code"] in known, response.text
            return
        version = api.read(path, Role.SUPERVISION).json()["version"]
    assert api.failures == []


def test_personal_values_are_shown_to_whom_they_concern_alone(api: Api) -> None:
    """Statisticians see commitments; another unit's handler too, its own one reads the text."""
    deed = Deed(LIVES["dossier"][0].command, Role.HANDLER)
    path = send(api, deed, "/v1/dossiers").headers["Location"]
    assert "概况" in api.read(path, Role.SUPERVISION).text
    assert "概况" in api.read(path, Role.HANDLER).text
    for role, unit in ((Role.HANDLER, "station"), (Role.STATISTICIAN, None), (Role.ADMIN, None)):
        text = api.read(path, role, unit).text
        assert "概况" not in text
        assert "commitment" in text


def test_petitioner_sees_their_own_subscription_alone(api: Api) -> None:
    """Somebody else's subscription is as unknown as one that does not exist."""
    path = send(api, SUBSCRIBE, "/v1/subscriptions", account="firm-1").headers["Location"]
    own = api.client.get(path, headers=api.headers(Role.PETITIONER, account="firm-1"))
    other = api.client.get(path, headers=api.headers(Role.PETITIONER, account="firm-2"))
    assert "firm@example.org" in own.text
    assert (other.status_code, other.json()["code"]) == (404, "unknown-subscription")


def test_lent_role_acts_for_its_holder(api: Api) -> None:
    """A deputy publishes in the head's role and unit, and the record says for whom."""
    path = drafted(api)
    body = to_builtins(PUBLISH.command)
    refused = api.write(f"{path}/publication", body, Role.REVIEWER, version=1, account="deputy")
    assert (refused.status_code, refused.json()["code"]) == (403, "not-permitted")
    lend(api, "deputy", days=3)
    done = api.write(f"{path}/publication", body, Role.REVIEWER, version=1, account="deputy")
    assert done.status_code == 200, done.text
    last = api.read(path, Role.SUPERVISION).json()["timeline"][-1]
    assert (last["actor_id"], last["actor_role"], last["actor_unit"], last["on_behalf_of"]) == (
        "deputy",
        "department_head",
        "bureau",
        "head-1",
    )


def test_lent_role_is_refused_outside_its_period(api: Api) -> None:
    """Yesterday's deputy hears that the delegation has ended, and nothing is recorded."""
    path = drafted(api)
    lend(api, "deputy", days=1)
    body = to_builtins(PUBLISH.command)
    response = api.write(f"{path}/publication", body, Role.REVIEWER, version=1, account="deputy")
    assert response.json()["code"] == "delegation-out-of-period", response.text
    assert api.read(path, Role.SUPERVISION).json()["version"] == 1


def test_lent_role_cannot_be_lent_on(api: Api) -> None:
    """A deputy names no deputy."""
    lend(api, "deputy", days=3)
    body = decode(
        b'{"to_account":"third","starts_at":"2026-09-21T00:00:00+08:00",'
        b'"ends_at":"2026-09-25T00:00:00+08:00"}'
    )
    path = f"/v1/rosters/{ROSTER_ID}/delegations"
    response = api.write(path, body, Role.INTAKE, version=1, account="deputy")
    assert (response.status_code, response.json()["code"]) == (403, "not-permitted")
