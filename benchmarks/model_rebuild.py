"""P3: all read models are made anew from the log."""

from collections.abc import Iterator
from contextlib import ExitStack
from time import perf_counter

from eventsourcing.projection import ProjectionRunner

from benchmarks.arena import LIMITS
from benchmarks.bench import Bench
from benchmarks.foundation import found_ledger, open_recorder
from benchmarks.generator import LifeSource
from benchmarks.history_import import import_lives
from benchmarks.peer import open_peer, save_lives
from benchmarks.peer_petition import PeerPetitions
from benchmarks.peer_projection import PetitionProjection, PetitionRows
from benchmarks.rounds import Contender, Goal, Row, alternate, say
from ledger.database import Database, Role
from ledger.recorder import LedgerRecorder
from replay.rebuild import rebuild

GOAL = Goal("eventsourcing", 50)
_FILL_EVENTS_LEN = 50_000
_TIMEOUT_S = 600.0


class RebuiltPetitions(PeerPetitions):
    """The peer's application whose log its read model is made from."""

    name = "p3rebuilt"


def model_rebuild_rows(bench: Bench) -> Iterator[Row]:
    """Yield a row per length of the log. Blocking."""
    env = bench.arena.peer_env()
    with ExitStack() as stack:
        database = bench.arena.open_ledger("p3")
        ledger = found_ledger(database, bench.scenario)
        stack.callback(ledger.close)
        recorder = open_recorder(database)
        stack.callback(recorder.close)
        peer = stack.enter_context(open_peer(env, RebuiltPetitions))
        peer_events_len = save_lives(peer, bench.sizes.peer_events_len)
        source = bench.source()
        for log_len in bench.sizes.log_lens:
            _fill(recorder, source, log_len)
            with database.connect(Role.OWNER, autocommit=True) as connection:
                connection.execute(LIMITS["analyze_log"])
            yield _row(bench, database, env, log_len, peer_events_len)


def _row(
    bench: Bench, database: Database, env: dict[str, str], log_len: int, peer_events_len: int
) -> Row:
    work = f"rebuild of all models, {log_len:,} events"
    rates = alternate(
        [
            Contender("ours", lambda _: _measure_rebuild(database, jobs=1)),
            Contender("ours, 2 processes", lambda _: _measure_rebuild(database, jobs=2)),
            Contender("eventsourcing", lambda _: _measure_runner(bench, env, peer_events_len)),
            Contender("limit", lambda _: _measure_copy_out(database)),
        ],
        bench.sizes.rounds_len,
        title=f"P3 {work}",
        before_turn=bench.arena.write_checkpoint,
    )
    return Row("P3", work, "events", rates, GOAL)


def _fill(recorder: LedgerRecorder, source: LifeSource, log_len: int) -> None:
    """Append petitions until the log has so many events."""
    while (position := recorder.log.read_position()) < log_len:
        lives = source.draw_events(min(_FILL_EVENTS_LEN, log_len - position))
        rate = import_lives(recorder, list(lives))
        say(f"P3 filling the log: {position:,}/{log_len:,} at {rate:,.0f}/s")


def _measure_rebuild(database: Database, *, jobs: int) -> float:
    started_at_s = perf_counter()
    rebuilt = rebuild(database, jobs=jobs)
    return rebuilt.position / (perf_counter() - started_at_s)


def _measure_runner(bench: Bench, env: dict[str, str], events_len: int) -> float:
    """Let the library's runner make its model of its whole log, from nothing."""
    bench.arena.forget_peer_rows()
    started_at_s = perf_counter()
    with ProjectionRunner(
        application_class=RebuiltPetitions,
        projection_class=PetitionProjection,
        view_class=PetitionRows,
        env=env,
    ) as runner:
        runner.wait(events_len, timeout=_TIMEOUT_S)
        return events_len / (perf_counter() - started_at_s)


def _measure_copy_out(database: Database) -> float:
    with database.connect(Role.OWNER) as connection, connection.cursor() as cursor:
        started_at_s = perf_counter()
        with cursor.copy(LIMITS["copy_log_out"]) as copy:
            rows_len = sum(1 for _ in copy)
        return rows_len / (perf_counter() - started_at_s)
