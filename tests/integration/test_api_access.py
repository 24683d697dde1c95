"""Who may do what through the API: nobody without a key, and each role its own part."""

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from starlette.routing import BaseRoute

from api import key_ring
from domain.catalogue import PETITION_COMMANDS, RESOURCES
from domain.command import Command
from domain.filing import SubmitPetition
from domain.roster import RosterState, UnknownUnitError
from domain.vocabulary import Role
from ledger.api_keys import KeyGrant, KeyGrantError, issue_key, list_keys, revoke_key
from ledger.database import Database
from ledger.database import Role as DatabaseRole
from ledger.key_text import parse_key_text
from tests.api_clients import NOW, SUBMISSION, Api, running_api

OPEN_PATHS = {
    "/docs",
    "/docs/assets",
    "/errors/{code}",
    "/favicon.ico",
    "/health/live",
    "/health/ready",
    "/openapi.json",
    "/v1/health",
}
ACTS: list[tuple[str, type[Command]]] = [
    *(
        (f"/v1/{each.path}/{kind.path}".rstrip("/"), kind)
        for each in RESOURCES
        for kind in each.opening
    ),
    *(
        (f"/v1/{each.path}/{uuid4()}/{kind.path}", kind)
        for each in RESOURCES
        for kind in each.commands
    ),
]
"""Every route that writes to something else than a petition, with its command."""
FOR_STAFF = (
    "/v1/worklist",
    "/v1/rates",
    "/v1/ranking",
    "/v1/metrics",
    "/v1/claim-gaps",
    "/v1/exports/rates",
    "/v1/exports/ranking",
)
P, IN, DP, HD = Role.PETITIONER, Role.INTAKE, Role.DISPATCHER, Role.HANDLER
DH, RV, CB, TP = Role.DEPARTMENT_HEAD, Role.REVIEWER, Role.CALLBACK, Role.THIRD_PARTY
LD, SO, ST, AD, SYS = Role.LEADER, Role.SUPERVISION, Role.STATISTICIAN, Role.ADMIN, Role.SYSTEM
OF_CASES = {IN, DP, HD, DH, RV, CB, LD, SO, ST, SYS}
# Written from the roles of domain.md §4; never from the code.
READERS = {
    "/v1/deadline-board": OF_CASES,
    "/v1/promises": OF_CASES,
    "/v1/backlog": OF_CASES,
    "/v1/upward-reports": OF_CASES,
    "/v1/custody": OF_CASES,
    "/v1/public-replies": set(Role),
    "/v1/session-board": OF_CASES,
    "/v1/enterprise-profiles": OF_CASES,
    "/v1/supervision-ledger": {DP, HD, DH, RV, LD, SO, ST, SYS},
    "/v1/assessment-appeals": {DH, RV, LD, SO, ST},
    "/v1/activity-counts": OF_CASES | {TP, AD},
    "/v1/policy-inbox": set(Role),
    "/v1/outbox": {AD},
    "/v1/samples": {RV, CB, TP, LD, SO, ST, SYS},
}
"""Every list, and the roles that may read it; everybody else is refused."""
WHAT_IF = {
    "/v1/what-if/rates?pack=s2_quanzhou": {SO, ST},
    "/v1/what-if/ranking?pack=s2_quanzhou": {SO, ST},
}
"""What is read of a history under other rules, by whom; no list, and with no page after it."""
UNREAD_BY = {"samples": {P, IN, DP, HD, DH, AD}}
"""Who may not read one of a kind; of other kinds staff may, and petitioners who may act."""
FOR_FEED = {Role.SUPERVISION, Role.STATISTICIAN, Role.ADMIN, Role.SYSTEM}


@pytest.fixture
def api(database: Database) -> Iterator[Api]:
    """Return the API of a ledger of the test's own."""
    with running_api(database) as api:
        yield api


def routes_of(api: Api) -> list[tuple[str, str]]:
    """Return every method and path that the application answers."""
    found = [
        (method, str(getattr(route, "path", "")))
        for route in _flat(api.app.routes)
        for method in getattr(route, "methods", None) or {"GET"}
    ]
    assert len(found) > len(PETITION_COMMANDS)
    return found


def _flat(routes: list[BaseRoute]) -> Iterator[BaseRoute]:
    for route in routes:
        inner = getattr(route, "original_router", None) or getattr(route, "router", None)
        if inner is None:
            yield route
        else:
            yield from _flat(inner.routes)


def test_every_route_is_closed_without_a_key(api: Api) -> None:
    """Without a key nothing answers but health, documentation and the pages of errors."""
    closed = 0
    for method, path in routes_of(api):
        address = re.sub(r"\{(petition|resource)_id\}", str(uuid4()), path)
        response = api.client.request(method, address)
        if path in OPEN_PATHS:
            assert response.status_code != 401, path
            continue
        closed += 1
        assert response.status_code == 401, path
        assert response.json()["code"] == "unauthenticated"
        assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert closed >= len(PETITION_COMMANDS) + 8 + len(ACTS) + len(RESOURCES)


def test_unknown_address_is_closed_without_a_key(api: Api) -> None:
    """Who has no key does not even learn which addresses exist."""
    assert api.client.get("/v1/secrets").status_code == 401
    assert api.client.get("/docs/../v1/units").status_code == 401


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Basic abc", "Bearer tz_1_2_3"])
def test_malformed_key_is_refused(shared_api: Api, header: str) -> None:
    """Whatever is no key opens nothing."""
    response = shared_api.client.get("/v1/units", headers={"Authorization": header})
    assert response.status_code == 401


def test_key_with_another_secret_is_refused(api: Api) -> None:
    """The public part alone opens nothing, also while the key is remembered."""
    good = api.headers(Role.INTAKE)
    assert api.client.get("/v1/units", headers=good).status_code == 200
    parts = parse_key_text(good["Authorization"].removeprefix("Bearer "))
    assert parts is not None
    forged = parts._replace(secret="0" * 64).text
    response = api.client.get("/v1/units", headers={"Authorization": f"Bearer {forged}"})
    assert response.status_code == 401


def test_expired_key_is_refused(api: Api) -> None:
    """A key opens nothing from the instant of its expiry."""
    roster = api.services.ledger.reference.roster().state
    expires_at = NOW - timedelta(seconds=1)
    grant = KeyGrant(label="old", role=Role.INTAKE, actor_id="old", expires_at=expires_at)
    text = issue_key(api.database, grant, roster, NOW - timedelta(days=1))
    response = api.client.get("/v1/units", headers={"Authorization": f"Bearer {text}"})
    assert response.status_code == 401


def test_revoked_key_is_refused_after_a_moment(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the API remembers of a key lasts seconds, then the revocation counts."""
    headers = api.headers(Role.INTAKE)
    assert api.client.get("/v1/units", headers=headers).status_code == 200
    (key,) = list_keys(api.database)
    assert revoke_key(api.database, key.key_id, NOW)
    assert not revoke_key(api.database, key.key_id, NOW)
    monkeypatch.setattr(key_ring, "KEPT_S", 0.0)
    assert api.client.get("/v1/units", headers=headers).status_code == 401


def test_key_remembers_its_last_use(api: Api) -> None:
    """An operator sees which keys are still in use."""
    headers = api.headers(Role.INTAKE)
    assert list_keys(api.database)[0].last_used_at is None
    api.client.get("/v1/units", headers=headers)
    assert list_keys(api.database)[0].last_used_at == NOW


def test_only_the_hash_of_a_key_is_stored(api: Api) -> None:
    """Whoever reads the table cannot call the API with what is there."""
    text = api.headers(Role.INTAKE)["Authorization"].removeprefix("Bearer ")
    parts = parse_key_text(text)
    assert parts is not None
    with api.database.connect(DatabaseRole.OWNER) as connection:
        row = connection.execute("SELECT api_key::text FROM api_key").fetchone()
    assert row is not None
    assert parts.key_id in row[0]
    assert parts.secret not in row[0]


def test_api_cannot_make_or_change_keys(api: Api) -> None:
    """The login the API runs with may read keys and mark their use, no more."""
    api.headers(Role.INTAKE)
    for statement in (
        "UPDATE api_key SET role = 'admin'",
        "DELETE FROM api_key",
        "INSERT INTO api_key (key_id) VALUES ('x')",
    ):
        with (
            api.database.connect(DatabaseRole.APP) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(statement.encode())


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"label": " "}, KeyGrantError),
        ({"label": "a\nb"}, KeyGrantError),
        ({"actor_id": "with space"}, KeyGrantError),
        ({"role": Role.HANDLER}, KeyGrantError),
        ({"role": Role.PETITIONER, "unit": "bureau"}, KeyGrantError),
        ({"unit": "nowhere"}, UnknownUnitError),
        ({"expires_at": NOW}, KeyGrantError),
    ],
)
def test_unlawful_key_is_not_made(
    database: Database, changes: dict[str, object], error: type[Exception]
) -> None:
    """A key is bound to a unit of the roster where its role needs one, and to a future."""
    fields = {"label": "x", "role": Role.INTAKE, "actor_id": "a", **changes}
    with pytest.raises(error):
        issue_key(database, KeyGrant(**fields), RosterState(), NOW)  # type: ignore[arg-type]
    assert list_keys(database) == []


def test_every_write_is_open_to_the_roles_of_its_command_alone(api: Api) -> None:
    """Each command's own list of roles decides, before anything else is looked at."""
    commands = [("/v1/petitions", SubmitPetition.roles)]
    commands += [(f"/v1/petitions/{uuid4()}/{each.path}", each.roles) for each in PETITION_COMMANDS]
    commands += [(path, kind.roles) for path, kind in ACTS]
    for role in Role:
        headers = api.headers(role)
        for path, allowed in commands:
            # An allowed role gets as far as the missing key.
            response = api.client.post(path, headers=headers)
            expected = 400 if role in allowed else 403
            assert response.status_code == expected, (role, path, response.text)


def test_every_read_is_open_to_its_roles_alone(api: Api) -> None:
    """A petitioner reads no worklist and no figures, and few may follow the log."""
    for role in Role:
        for path in FOR_STAFF:
            expected = 403 if role is Role.PETITIONER else 200
            assert api.read(path, role).status_code == expected, (role, path)
        for path, readers in (READERS | WHAT_IF).items():
            expected = 200 if role in readers else 403
            assert api.read(path, role).status_code == expected, (role, path)
        expected = 200 if role in FOR_FEED else 403
        assert api.read("/v1/events", role).status_code == expected, role


def test_every_list_is_in_the_table_of_readers(api: Api) -> None:
    """A list that nobody decided about would be open to whom its author forgot."""
    known = {
        "/v1/units",
        "/v1/petitions",
        "/v1/reports",
        "/v1/events",
        "/v1/events/stream",
        "/v1/health",
    }
    lists = {path for method, path in routes_of(api) if method == "GET" and "{" not in path}
    decided = {path.partition("?")[0] for path in READERS | WHAT_IF}
    assert {path for path in lists if path.startswith("/v1/")} <= {*decided, *FOR_STAFF, *known}


def test_handler_reads_the_lines_of_their_own_unit_alone(api: Api) -> None:
    """A key bound to a unit lists no other unit's deadlines, promises, delays or orders."""
    for path in (
        "/v1/deadline-board",
        "/v1/promises",
        "/v1/backlog",
        "/v1/upward-reports",
        "/v1/supervision-ledger",
    ):
        assert api.read(path, HD).json()["unit"] == "bureau"
        assert api.read(f"{path}?unit=station", HD).status_code == 403, path
        assert api.read(f"{path}?unit=station", SO).json()["unit"] == "station"
        assert api.read(path, SO).json()["unit"] is None
    assert api.read("/v1/assessment-appeals", DH).json()["unit"] == "bureau"
    assert api.read("/v1/assessment-appeals?unit=station", DH).status_code == 403


def test_every_resource_is_read_by_staff_and_by_petitioners_who_may_act_on_it(api: Api) -> None:
    """One that is not there is not found; whoever may not read at all is told so."""
    for resource in RESOURCES:
        kinds = (*resource.opening, *resource.commands)
        hidden_from = UNREAD_BY.get(resource.path, set())
        for role in Role:
            response = api.read(f"/v1/{resource.path}/{uuid4()}", role)
            is_reader = role is not Role.PETITIONER or any(role in kind.roles for kind in kinds)
            is_reader = is_reader and role not in hidden_from
            expected = (404, resource.unknown_code) if is_reader else (403, "not-permitted")
            assert (response.status_code, response.json()["code"]) == expected, (
                resource.path,
                role,
            )


def test_handler_lists_the_work_of_their_own_unit_alone(api: Api) -> None:
    """A key bound to a unit does not show another unit's work."""
    assert api.read("/v1/worklist", Role.HANDLER).json()["unit"] == "bureau"
    assert api.read("/v1/worklist?unit=station", Role.HANDLER).status_code == 403
    assert api.read("/v1/worklist?unit=station", Role.SUPERVISION).status_code == 200


def test_petitioner_sees_their_own_petition_alone(api: Api) -> None:
    """Somebody else's petition is as unknown as one that does not exist."""
    own = api.write("/v1/petitions", SUBMISSION, Role.PETITIONER, account="owner-1")
    path = own.headers["Location"]
    mine = api.client.get(path, headers=api.headers(Role.PETITIONER, account="owner-1"))
    other = api.client.get(path, headers=api.headers(Role.PETITIONER, account="owner-2"))
    absent = api.client.get(
        f"/v1/petitions/{uuid4()}", headers=api.headers(Role.PETITIONER, account="owner-2")
    )
    assert mine.status_code == 200
    assert (other.status_code, other.json()["code"]) == (404, "unknown-petition")
    assert absent.json()["title"] == other.json()["title"]


def test_handler_of_another_unit_does_not_see_a_petition(api: Api) -> None:
    """A unit sees what it was ever ordered to handle."""
    path = f"/v1/petitions/{api.file()}"
    assert api.read(path, Role.HANDLER).status_code == 404
    assert api.read(path, Role.DISPATCHER).status_code == 200


def test_personal_values_are_shown_to_those_who_work_on_the_case(api: Api) -> None:
    """Statisticians, third parties and administrators see commitments and no name."""
    path = f"/v1/petitions/{api.file()}"
    closed = {Role.STATISTICIAN, Role.THIRD_PARTY, Role.ADMIN, Role.SYSTEM}
    hidden = {Role.PETITIONER, Role.HANDLER, Role.DEPARTMENT_HEAD}
    for role in set(Role) - hidden:
        text = api.read(path, role).text
        assert ("示例诉求人" in text) is (role not in closed), role
        assert "commitment" in text
