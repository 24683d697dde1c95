"""P5: what people do over HTTP, beside the least that the framework can do."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final, NamedTuple
from uuid import uuid4

import psycopg
from msgspec.json import encode

from benchmarks.arena import QUERIES as SERVER
from benchmarks.bare_app import QUERIES as BARE
from benchmarks.bench import Bench
from benchmarks.cities import invent_city, project_city
from benchmarks.http_clients import Request, measure_requests
from benchmarks.http_servers import serve_bare, serve_ours, serving
from benchmarks.latency import Latencies
from benchmarks.report_queries import QUERIES as REPORTS
from benchmarks.rounds import Contender
from benchmarks.rows import Figures, Goal, Row
from domain.vocabulary import Role as ActorRole
from ledger.api_keys import KeyGrant, issue_key
from ledger.application import PetitionLedger
from ledger.database import Database, Role

PETITIONS_LEN: Final = 1_000
BARE_APP: Final = "bare FastAPI + psycopg"
RATE_GOAL: Final = Goal(0.6, against=BARE_APP)
P99_GOAL: Final = Goal(3, against=BARE_APP)
_HUB = "hub"
_SUBMISSION = {
    "channel": "web",
    "petition_type": "appeal",
    "subject": "厂区门口停车位不足",
    "text": "员工停车困难, 请协调增设车位。",
    "petitioner_name": "虚构诉求人",
    "petitioner_phone": "000-0000",
}


class Pair(NamedTuple):
    """The same kind of work asked of both."""

    name: str
    ours: Request
    bare: Request


def http_request_rows(bench: Bench) -> Iterator[Row]:
    """Yield two rows per kind of request. Blocking."""
    database = invent_city(bench, "p5", min(PETITIONS_LEN, bench.sizes.petitions_lens[-1]))
    project_city(database)
    with ExitStack() as stack:
        admin = stack.enter_context(psycopg.connect(bench.arena.admin_dsn, autocommit=True))
        admin.execute(SERVER["create_peer_schema"])
        admin.execute(BARE["create_rows"])
        row = {"id": uuid4(), "subject": _SUBMISSION["subject"], "text": _SUBMISSION["text"]}
        admin.execute(BARE["insert_row"], row)
        ours = stack.enter_context(serving(serve_ours, replace(database, server=None)))
        bare = stack.enter_context(serving(serve_bare, bench.arena.admin_dsn))
        for pair in _pairs(database, row["id"]):
            yield from _rows(bench, pair, ours, bare)


def _pairs(database: Database, row_id: object) -> list[Pair]:
    with database.connect(Role.APP) as connection:
        ((petition_id,),) = connection.execute(REPORTS["find_long_petition"]).fetchall()
    filing, reading = (_headers(database, role) for role in (ActorRole.INTAKE, ActorRole.LEADER))
    rates = "/v1/rates?by=unit&as_of=2025-11-30T16:00:00Z"
    bare_read = Request("GET", f"/rows/{row_id}")
    texts = {name: _SUBMISSION[name] for name in ("subject", "text")}
    return [
        Pair(
            "file a petition",
            Request("POST", "/v1/petitions", 201, encode(_SUBMISSION), filing),
            Request("POST", "/rows", 201, encode(texts)),
        ),
        Pair("read a rate", Request("GET", rates, headers=reading), bare_read),
        Pair(
            "read a timeline",
            Request("GET", f"/v1/petitions/{petition_id}", headers=reading),
            bare_read,
        ),
    ]


def _headers(database: Database, role: ActorRole) -> dict[str, str]:
    now = datetime.now(UTC)
    with PetitionLedger(database, lambda: now) as ledger:
        roster = ledger.reference.roster().state
    grant = KeyGrant(label=f"bench {role}", role=role, actor_id=f"bench-{role}", unit=_HUB)
    return {"Authorization": f"Bearer {issue_key(database, grant, roster, now)}"}


def _rows(bench: Bench, pair: Pair, ours: int, bare: int) -> Iterator[Row]:
    times, work = Latencies(), f"HTTP, {bench.sizes.clients_len} clients: {pair.name}"

    def turn(name: str, port: int, request: Request) -> Callable[[int], float]:
        def measure(_: int) -> float:
            clients = [request] * bench.sizes.clients_len
            per_s, times_s = measure_requests(port, clients, bench.sizes.turn_s)
            times.note(name, times_s)
            return per_s

        return measure

    figures = bench.alternate(
        [
            Contender("ours", turn("ours", ours, pair.ours)),
            Contender(BARE_APP, turn(BARE_APP, bare, pair.bare)),
        ],
        title=f"P5 {work}",
    )
    yield Row("P5", work, "requests/s", figures, (RATE_GOAL,))
    p99s = Figures({name: times.p99s[name] for name in figures.rounds}, figures.absent)
    yield Row("P5", f"{work}, p99", "ms", p99s, (P99_GOAL,))
