"""The database goes and comes back under a running API."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from httpx2 import Response

from domain.vocabulary import Role
from ledger.database import Database
from ledger.embedded import EmbeddedServer
from ledger.migrate import migrate
from ledger.server_tree import ServerTree
from tests.api_clients import SUBMISSION, Api, running_api
from tests.programs import wait_until

READY_MAX_S = 20.0
"""Ten times what it takes the API to notice that the database is gone: tests share theirs."""


@pytest.fixture
def server(server_folder: Path, server_tree: ServerTree) -> Iterator[EmbeddedServer]:
    """Yield a database server of the test's own, which it may kill."""
    with EmbeddedServer(server_folder, tree=server_tree) as server:
        yield server


@pytest.fixture
def api(server: EmbeddedServer) -> Iterator[Api]:
    """Return the API of a ledger on that server."""
    database = Database.on_server(server, "main")
    migrate(database)
    with running_api(database) as api:
        api.headers(Role.INTAKE)
        api.headers(Role.SUPERVISION)
        api.project()
        yield api


def kill(server: EmbeddedServer) -> None:
    """Let the server die without a word."""
    assert server.postmaster_pid is not None
    os.kill(server.postmaster_pid, signal.SIGKILL)
    wait_until(lambda: server.postmaster_pid is None)


def ready(api: Api) -> Response:
    """Ask whether the API is ready."""
    return api.client.get("/health/ready")


def test_api_notices_that_the_database_is_gone_and_back(api: Api, server: EmbeddedServer) -> None:
    """Soon it is not ready; once the database is back it is, without a restart."""
    wait_until(lambda: ready(api).status_code == 200)
    key = str(uuid4())
    assert api.write("/v1/petitions", SUBMISSION, Role.INTAKE, key=key).status_code == 201
    kill(server)
    gone_at = time.monotonic()
    wait_until(lambda: ready(api).status_code == 503)
    assert time.monotonic() - gone_at < READY_MAX_S
    assert api.client.get("/health/live").status_code == 200
    assert api.client.get("/v1/health").json()["status"] == "unavailable"
    server.start()
    wait_until(lambda: ready(api).status_code == 200)
    again = api.write("/v1/petitions", SUBMISSION, Role.INTAKE, key=key)
    assert (again.status_code, again.headers["Idempotency-Replayed"]) == (201, "true")
    assert api.read("/v1/worklist", Role.SUPERVISION).status_code == 200


def test_requests_without_a_database_are_told_to_come_again(
    api: Api, server: EmbeddedServer
) -> None:
    """Reads, writes and unknown keys get 503 with a time to wait, never a trace."""
    kill(server)
    responses = [
        api.read("/v1/worklist", Role.SUPERVISION),
        api.read("/v1/units", Role.SUPERVISION),
        api.read("/v1/events", Role.SUPERVISION),
        api.read(f"/v1/petitions/{uuid4()}", Role.SUPERVISION),
        api.write("/v1/petitions", SUBMISSION, Role.INTAKE),
    ]
    for response in responses:
        assert response.status_code == 503, response.text
        assert response.json()["code"] == "ledger-unavailable"
        assert response.headers["Retry-After"] == "2"
        assert "socket" not in response.text
    assert api.failures == []
    server.start()
