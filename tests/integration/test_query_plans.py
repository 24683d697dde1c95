"""What people read daily costs no more in a large ledger: every plan goes by index.

The statements are taken from the connections while the API and the command line answer, so that
a new one is judged without being listed here.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from starlette.testclient import TestClient

from api.services import Services
from commands.failures import Exit
from commands.main import run
from domain.vocabulary import Role
from ledger.database import Database
from ledger.database import Role as DatabaseRole
from ledger.migrate import migrate
from replay.rebuild import rebuild
from scenarios.generating import generate
from scenarios.invented_log import InventedLog
from tests.api_clients import Api, app_of
from tests.integration.query_plans import Asked, Scan, growing_tables, recording, whole_scans
from tests.integration.test_report_command import connect_by

pytestmark = pytest.mark.timeout(900)

PETITIONS_LEN = 10_000
NOW = datetime(2025, 12, 31, 15, 59, tzinfo=UTC)
BY_DAY = frozenset({"rate"})
"""Grows with days and groups, not with petitions."""

MONTH = "from=2025-11-01&to=2025-11-30"
READS = (
    *(
        f"/v1/rates?by={by}{more}"
        for by in ("unit", "type", "channel", "region", "total")
        for more in ("", "&as_of=2025-11-30T16:00:00Z", f"&{MONTH}", "&as_of=2025-06-03T04:05:06Z")
    ),
    "/v1/rates?by=type&unit=transport",
    "/v1/ranking",
    "/v1/ranking?as_of=2025-11-30T16:00:00Z",
    f"/v1/ranking?{MONTH}",
    "/v1/worklist?unit=transport",
    "/v1/worklist",
    "/v1/deadline-board",
    "/v1/deadline-board?unit=transport",
    "/v1/promises",
    "/v1/promises?unit=transport",
    "/v1/promises?state=overdue",
    "/v1/promises?state=open&unit=housing",
    "/v1/backlog",
    "/v1/backlog?ever=true",
    "/v1/upward-reports",
    "/v1/supervision-ledger",
    "/v1/assessment-appeals",
    "/v1/public-replies",
    "/v1/session-board",
    "/v1/policy-inbox",
    "/v1/activity-counts?from=2025-01-01T00:00:00Z&to=2026-01-01T00:00:00Z",
    "/v1/enterprise-profiles",
    "/v1/custody",
    "/v1/units",
    "/v1/metrics",
    "/v1/events?after=100000&limit=100",
    "/v1/petitions?number=G-00006610",
    "/v1/petitions/{petition}",
    "/v1/petitions/{petition}/custody",
    "/v1/petitions/{petition}/deadlines/reply",
)
COMMANDS = (
    "report closure --by unit",
    "report closure --by unit --from 2025-11-01 --to 2025-11-30",
    "report ontime --by type",
    "report satisfaction --by unit",
    "report callback --by unit",
    "report claim-gap --by unit",
    "report flow --from 2025-11-01 --to 2025-11-30",
    "report ranking",
    "report ranking --from 2025-11-01 --to 2025-11-30",
    "report handling-time --by unit --from 2025-11-01 --to 2025-11-30",
    "board deadlines",
    "board promises",
    "board backlog",
    "board public-replies",
    "board custody",
    "petition show {petition}",
)


@pytest.fixture(scope="module")
def city(module_database: Database) -> Database:
    """Return a ledger with the statistics of a city's, read models and all."""
    database = replace(module_database, ledger="demo_plans")
    migrate(database)
    generate(database, InventedLog(PETITIONS_LEN, 7, database.ledger, lives_per_day=1))
    rebuild(database)
    with database.connect(DatabaseRole.OWNER, autocommit=True) as connection:
        connection.execute("ANALYZE")
    return database


@pytest.fixture(scope="module")
def petition(city: Database) -> UUID:
    """Return a petition that a unit handled."""
    with city.connect(DatabaseRole.APP) as connection:
        row = connection.execute(
            "SELECT petition_id FROM petition_facts WHERE unit = 'transport' AND state = 'closed'"
            " ORDER BY number LIMIT 1"
        ).fetchone()
    assert row is not None
    return UUID(str(row[0]))


@pytest.fixture(scope="module")
def api(city: Database) -> Iterator[Api]:
    """Return the API of that ledger."""
    app = app_of(Services.of(city, lambda: NOW, uuid4, lambda _: "E-test"))
    with TestClient(app) as client:
        yield Api(app, client, city)


def _scans(database: Database, asked: list[Asked]) -> list[Scan]:
    with database.connect(DatabaseRole.APP) as connection:
        tables = growing_tables(connection) - BY_DAY
        assert {"event", "petition_facts", "petition_step", "promise"} <= tables
        return [scan for each in asked for scan in whole_scans(connection, each, tables)]


@pytest.mark.parametrize("path", READS)
def test_page_of_the_api_reads_no_table_as_a_whole(
    path: str, api: Api, petition: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither for the supervision office nor for a unit."""
    for role, unit in ((Role.SUPERVISION, None), (Role.HANDLER, "transport")):
        api.headers(role, unit)
        with recording(monkeypatch) as asked:
            response = api.read(path.format(petition=petition), role, unit)
        if response.status_code == 403:
            continue
        assert response.status_code == 200, response.text
        assert asked
        assert _scans(api.database, asked) == []


@pytest.mark.parametrize("line", COMMANDS)
def test_command_reads_no_table_as_a_whole(
    line: str, city: Database, petition: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the command line prints asks the same questions."""
    environ = {**connect_by(city), "TAIZHANG_LEDGER": city.ledger}
    arguments = line.format(petition=petition).split()
    with recording(monkeypatch) as asked:
        assert run(arguments, environ, version="0") == Exit.DONE
    assert asked
    assert _scans(city, asked) == []


def test_scan_is_noticed_where_there_is_one(
    city: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The median over all petitions needs them all: the one report that reads the facts whole."""
    environ = {**connect_by(city), "TAIZHANG_LEDGER": city.ledger}
    with recording(monkeypatch) as asked:
        assert run(["report", "handling-time"], environ, version="0") == Exit.DONE
    tables = {(scan.table, scan.query) for scan in _scans(city, asked)}
    assert {table for table, _ in tables} == {"petition_facts"}
