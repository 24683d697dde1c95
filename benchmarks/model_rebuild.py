"""P3: all read models are made anew from the log."""

from collections.abc import Iterator
from contextlib import ExitStack
from time import perf_counter

from eventsourcing.projection import ProjectionRunner

from benchmarks.arena import LIMITS
from benchmarks.bench import Bench
from benchmarks.peer import open_peer, save_lives
from benchmarks.peer_petition import PeerPetitions
from benchmarks.peer_projection import PetitionProjection, PetitionRows
from benchmarks.rebuild_memory import measure_rebuild_memory
from benchmarks.rounds import Contender
from benchmarks.rows import Figures, Goal, LateError, Row, failed_row
from ledger.database import Database, Role
from replay.rebuild import rebuild

UNIT = "events/s"
TWO_PROCESSES = "ours, 2 processes"
GOALS = (
    Goal(100_000),
    Goal(60, against="eventsourcing"),
    Goal(1.7, against="ours", of=TWO_PROCESSES),
)
MEMORY_GOAL = Goal(600)
GOAL_EVENTS_LEN = 100_000
"""A shorter log is rebuilt before the second process has started."""

_TIMEOUT_S = 600.0


class RebuiltPetitions(PeerPetitions):
    """The peer's application whose log its read model is made from."""

    name = "p3rebuilt"


def model_rebuild_rows(bench: Bench) -> Iterator[Row]:
    """Yield a row per length of the log, then the memory at the greatest. Blocking."""
    env = bench.arena.peer_env()
    log_lens = bench.sizes.log_lens
    with ExitStack() as stack:
        peer = stack.enter_context(open_peer(env, RebuiltPetitions))
        peer_events_len = save_lives(peer, bench.sizes.peer_events_len)
        runner = Contender("eventsourcing", lambda _: _measure_runner(bench, env, peer_events_len))
        for done_len, log_len in enumerate(log_lens):
            work = f"rebuild of all models, {log_len:,} events"
            try:
                yield _row(bench, work, runner, log_len, len(log_lens) - done_len)
            except LateError as error:
                yield failed_row("P3", work, error, UNIT, _goals(log_len))
    yield _memory_row(bench, log_lens[-1])


def _row(bench: Bench, work: str, runner: Contender, log_len: int, rows_left: int) -> Row:
    database = bench.history.grow(log_len)
    figures = bench.alternate(
        [
            Contender("ours", lambda _: measure_rebuild(database, jobs=1)),
            Contender(TWO_PROCESSES, lambda _: measure_rebuild(database, jobs=2)),
            # Its log is the same whatever ours is, so that small ones need not wait for it.
            *([runner] if _goals(log_len) or rows_left == 1 else []),
            Contender("limit", lambda _: measure_copy_out(database)),
        ],
        title=f"P3 {work}",
        rows_left=rows_left,
    )
    return Row(
        "P3",
        work,
        UNIT,
        figures,
        _goals(log_len),
        size=log_len,
        series="rebuild",
        charted=("ours", TWO_PROCESSES, "limit"),
    )


def _goals(log_len: int) -> tuple[Goal, ...]:
    return GOALS if log_len >= GOAL_EVENTS_LEN else ()


def _memory_row(bench: Bench, log_len: int) -> Row:
    work = f"peak memory of a rebuild in one process, {log_len:,} events"
    try:
        peak_mib = measure_rebuild_memory(bench.history.grow(log_len))
    except LateError as error:
        return failed_row("P3", work, error, "MiB", (MEMORY_GOAL,))
    return Row("P3", work, "MiB", Figures({"ours": [peak_mib]}), (MEMORY_GOAL,))


def measure_rebuild(database: Database, *, jobs: int) -> float:
    """Rebuild all models, and return the events per second. Blocking."""
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


def measure_copy_out(database: Database) -> float:
    """Copy the event table out, and return the rows per second. Blocking."""
    with database.connect(Role.OWNER) as connection, connection.cursor() as cursor:
        started_at_s = perf_counter()
        with cursor.copy(LIMITS["copy_log_out"]) as copy:
            rows_len = sum(1 for _ in copy)
        return rows_len / (perf_counter() - started_at_s)
