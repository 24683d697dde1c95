"""Without this file each benchmark of a city would invent it in its own way."""

from typing import Final

from benchmarks.bench import Bench
from benchmarks.eta import Eta
from benchmarks.rounds import say
from ledger.database import Database, Role
from ledger.queries import load_queries
from replay.rebuild import rebuild
from scenarios.generating import generate
from scenarios.invented_log import InventedLog

QUERIES = load_queries("benchmarks", "report_queries")

EVENTS_PER_PETITION: Final = 12
"""A little fewer than an invented petition has."""

_LIVES_PER_DAY = 2


def invent_city(bench: Bench, name: str, petitions_len: int) -> Database:
    """Return a ledger of its own with invented petitions, its models empty. Blocking."""
    database = bench.arena.open_ledger(f"demo_{name}_{petitions_len}")
    say(f"Inventing {petitions_len:,} petitions ...")
    log = InventedLog(petitions_len, bench.seed, database.ledger, _LIVES_PER_DAY)
    generate(database, log, Eta(f"Inventing {petitions_len:,} petitions").tell)
    return database


def project_city(database: Database, *, jobs: int = 1) -> None:
    """Make its read models, and let the server know what there is. Blocking."""
    rebuild(database, jobs=jobs, progress=Eta(f"Read models of {database.ledger}").tell)
    analyze(database)


def analyze(database: Database) -> None:
    """Let the server know what there is. Blocking."""
    with database.connect(Role.OWNER, autocommit=True) as connection:
        connection.execute(QUERIES["analyze_ledger"])
