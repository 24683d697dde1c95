"""Whatever is sent, the answer is a success or a problem of the client's, never a defect."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.examples import example_body
from domain.catalogue import PETITION_COMMANDS
from domain.command import Command
from domain.filing import SubmitPetition
from domain.vocabulary import Role
from ledger.database import Database
from tests.api_clients import Api, running_api

KINDS: tuple[type[Command], ...] = (SubmitPetition, *PETITION_COMMANDS)
NASTY: st.SearchStrategy[object] = st.sampled_from(
    [
        "\0",
        "a\0b",
        "\ud800",
        "",
        " ",
        "x" * 300,
        "字" * 20_000,
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "2026-09-18T09:00:00+23:59",
        "2026-09-18T09:00:00+08:00",
        "2026-09-18T09:00:00.123456789Z",
        "-0001-01-01T00:00:00Z",
        "hub",
        "bureau",
        "nowhere",
        2**53,
        -(2**63),
        10**400,
        0,
        -1,
        1.5,
        True,
        None,
        [],
        {},
    ]
)
VALUES = st.one_of(
    NASTY,
    st.text(max_size=40),
    st.integers(),
    st.recursive(
        st.none() | st.booleans() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
        max_leaves=6,
    ),
)


@pytest.fixture(scope="module")
def shared_names() -> dict[type[Command], tuple[str, ...]]:
    """Return the fields of every command."""
    return {kind: kind.__struct_fields__ for kind in KINDS}


@pytest.fixture
def api(database: Database) -> Iterator[Api]:
    """Return the API of a ledger of the test's own."""
    with running_api(database) as api:
        yield api


def _encoded(body: object) -> bytes:
    import json

    return json.dumps(body, ensure_ascii=True).encode()


def test_no_body_is_answered_by_a_defect(
    api: Api, shared_names: dict[type[Command], tuple[str, ...]]
) -> None:
    """Any value in any field of any command, in any state, is 2xx or 4xx and problem+json."""
    path = f"/v1/petitions/{api.file()}"
    headers = {role: api.headers(role) for role in Role}
    version = 1

    @settings(
        max_examples=300,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        kind=st.sampled_from(KINDS),
        changes=st.lists(st.tuples(st.integers(0, 30), VALUES), max_size=3),
        extra=st.dictionaries(st.text(max_size=3), VALUES, max_size=1),
    )
    def send(
        kind: type[Command], changes: list[tuple[int, object]], extra: dict[str, object]
    ) -> None:
        nonlocal version
        names = shared_names[kind]
        body: dict[str, Any] = {**example_body(kind), **extra}
        body |= {names[place % len(names)]: value for place, value in changes}
        role = min(kind.roles)
        target = "/v1/petitions" if kind is SubmitPetition else f"{path}/{kind.path}"
        response = api.client.post(
            target,
            content=_encoded(body),
            headers={
                **headers[role],
                "Content-Type": "application/json",
                "Idempotency-Key": str(uuid4()),
                "If-Match": f'"{version}"',
            },
        )
        assert response.status_code < 500, (kind, body, response.text)
        if response.status_code == 200:
            version = int(response.json()["version"])
        if response.status_code >= 400:
            assert response.headers["Content-Type"] == "application/problem+json"
            problem = msgspec.json.decode(response.content)
            assert problem["code"] not in {"domain-error", "ledger-error"}, problem

    send()
    assert api.failures == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.__name__))
def test_example_of_the_documentation_is_understood(shared_api: Api, kind: type[Command]) -> None:
    """What the page shows is refused, if at all, by a rule and not for its shape."""
    path = (
        "/v1/petitions"
        if kind is SubmitPetition
        else f"/v1/petitions/{shared_api.file()}/{kind.path}"
    )
    version = None if kind is SubmitPetition else 1
    response = shared_api.write(path, example_body(kind), min(kind.roles), version=version)
    assert response.json().get("code") != "invalid-body", response.text
    assert response.status_code < 500
