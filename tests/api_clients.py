"""An opened ledger behind the real API, and a client with a key per role."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import Thread
from typing import Any
from uuid import uuid4

import uvicorn
from fastapi import FastAPI
from httpx2 import Response
from starlette.routing import BaseRoute
from starlette.testclient import TestClient

from api.app import create_app
from api.services import Services
from domain.principal import Principal
from domain.roster import Tier, Unit, UnitKind
from domain.text import Text
from domain.vocabulary import Role
from ledger.api_keys import KeyGrant, issue_key
from ledger.application import PetitionLedger
from ledger.database import Database
from ledger.database import Role as DatabaseRole
from ledger.foundation import adopt, open_ledger, publish, register_units
from ledger.startup import bind_port
from projections.engine import Engine
from projections.models import MODELS
from scenarios.pack_files import read_pack

START = datetime(2026, 9, 18, 1, 0, tzinfo=UTC)
NOW = START + timedelta(days=3)
ADMIN = Principal(actor_id="admin-1", role=Role.ADMIN)
_ROUTES: list[BaseRoute] = []
UNITS = {"hub": None, "bureau": None, "station": "bureau"}

SUBMISSION: dict[str, Any] = {
    "channel": "one_click_letter",
    "petition_type": "appeal",
    "subject": "厂区门口停车位不足",
    "text": "员工停车困难, 请协调增设车位。",
    "petitioner_name": "示例诉求人",
    "petitioner_phone": "000-0000",
}


@dataclass
class Api:
    """The API under test.

    Attributes:
        app: The application.
        client: Speaks to it without a key.
        database: Its ledger.
        failures: Errors it reported as unforeseen.
    """

    app: FastAPI
    client: TestClient
    database: Database
    failures: list[BaseException] = field(default_factory=list)
    _keys: dict[tuple[Role, str | None, str | None], str] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=count)

    def headers(
        self, role: Role, unit: str | None = None, account: str | None = None
    ) -> dict[str, str]:
        """Return the header of a key for a role; handlers speak for the bureau."""
        if unit is None and role in {Role.HANDLER, Role.DEPARTMENT_HEAD}:
            unit = "bureau"
        place = (role, unit, account)
        if place not in self._keys:
            grant = KeyGrant(
                label=f"test {role}", role=role, actor_id=account or f"{role}-1", unit=unit
            )
            roster = self.services.ledger.reference.roster().state
            self._keys[place] = issue_key(self.database, grant, roster, NOW)
        return {"Authorization": f"Bearer {self._keys[place]}"}

    @property
    def services(self) -> Services:
        """What its routes work with."""
        services = self.app.state.services
        assert isinstance(services, Services)
        return services

    def write(
        self,
        path: str,
        body: object,
        role: Role,
        *,
        version: int | None = None,
        key: str | None = None,
        unit: str | None = None,
        account: str | None = None,
    ) -> Response:
        """Send a command and return the response."""
        headers = self.headers(role, unit, account)
        headers["Idempotency-Key"] = key or f"test-{next(self._numbers)}-{uuid4()}"
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return self.client.post(path, json=body, headers=headers)

    def read(self, path: str, role: Role, unit: str | None = None, **more: str) -> Response:
        """Ask and return the response."""
        return self.client.get(path, headers={**self.headers(role, unit), **more})

    def file(self, **changes: object) -> str:
        """File a petition and return its id."""
        response = self.write("/v1/petitions", {**SUBMISSION, **changes}, Role.INTAKE)
        assert response.status_code == 201, response.text
        return str(response.json()["petition_id"])

    def project(self) -> None:
        """Bring the read models up to the log."""
        with self.database.connect(DatabaseRole.PROJECTOR, autocommit=True) as connection:
            Engine(connection, MODELS).catch_up()


def open_example_ledger(database: Database, units: Sequence[Unit] = ()) -> None:
    """Give a ledger three units and the pack of Quanzhou."""
    ledger = PetitionLedger(database, lambda: NOW)
    open_ledger(ledger, "Asia/Shanghai", Text("示例市", "Example City"), ADMIN, START)
    known = units or [
        Unit(
            unit_id=unit_id,
            name=Text(f"示例{unit_id}", f"Example {unit_id}"),
            tier=Tier.CITY if parent is None else Tier.COUNTY,
            parent=parent,
            kind=UnitKind.HUB if unit_id == "hub" else UnitKind.DEPARTMENT,
        )
        for unit_id, parent in UNITS.items()
    ]
    register_units(ledger, known, ADMIN, START)
    publish(ledger, read_pack("s2_quanzhou"), ADMIN, START)
    adopt(ledger, "s2_quanzhou", ADMIN, START)
    ledger.close()


def app_of(services: Services) -> FastAPI:
    """Return the API of one ledger, with the routes that any earlier one has used.

    FastAPI prepares a route when it is first asked for something, which takes a third of a
    second for all of them, in every application anew. They know no ledger: each request
    brings its own.
    """
    app = create_app(services)
    _ROUTES.extend(() if _ROUTES else app.router.routes)
    app.router.routes[:] = _ROUTES
    return app


@contextmanager
def served_api(api: Api) -> Iterator[str]:
    """Yield the address of a real HTTP server for the API, in a thread of its own."""
    bound = bind_port("127.0.0.1", 0)
    config = uvicorn.Config(
        api.app, http="h11", lifespan="off", log_config=None, timeout_graceful_shutdown=1, ws="none"
    )
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, args=([bound],))
    thread.start()
    try:
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        bound.close()


@contextmanager
def running_api(database: Database) -> Iterator[Api]:
    """Yield the API of an opened ledger, started as a server would start it."""
    failures: list[BaseException] = []

    def report(error: BaseException) -> str:
        failures.append(error)
        return "E-test"

    open_example_ledger(database)
    app = app_of(Services.of(database, lambda: NOW, uuid4, report))
    with TestClient(app) as client:
        yield Api(app, client, database, failures)
