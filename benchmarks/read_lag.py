"""P7: how long an event takes from its durable append to its being in every read model."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from functools import partial
from time import perf_counter, sleep
from typing import Final

from eventsourcing.projection import ProjectionRunner

from benchmarks.bench import Bench
from benchmarks.foundation import found_ledger, open_recorder
from benchmarks.latency import Latencies
from benchmarks.open_petitions import Append, open_petitions
from benchmarks.peer_petition import PeerPetitions
from benchmarks.peer_projection import PetitionProjection, PetitionRows
from benchmarks.rounds import Contender
from benchmarks.rows import Goal, Row
from benchmarks.steady_load import SteadyLoad
from commands.language import Language
from commands.projector_process import ProjectorProcess
from ledger.database import Role
from projections.engine import Engine
from projections.models import MODELS
from projections.positions import positions

P50_GOAL: Final = Goal(20)
P99_GOAL: Final = Goal(200)
WRITERS_LEN: Final = 8
"""Threads that share the load; one alone is too slow where a commit takes long."""

PEER: Final = "eventsourcing"
TEXT: Final = "已到现场核实情况, 正在协调增设车位。"
_LOOK_EVERY_S = 0.001
_WARM_UP_S = 0.5
_TIMEOUT_S = 60.0


class LagPetitions(PeerPetitions):
    """The peer's application whose read model is followed."""

    name = "p7lag"

    def append_progress(self, number: str) -> Append:
        """Begin a petition, and return what records one more step of it."""
        petition = self.begin(number)
        self.save(petition)

        def append() -> int:
            petition.record_progress("bureau", TEXT)
            return int(self.save(petition)[-1].notification.id)

        return append


def read_lag_rows(bench: Bench) -> Iterator[Row]:
    """Yield the rows of both percentiles. Blocking."""
    times, per_s = Latencies(), bench.sizes.appended_per_s
    work = f"appended → in every read model, {per_s:,} events/s"
    with ExitStack() as stack:
        figures = bench.alternate(
            [
                Contender("ours", _turn(bench, times, "ours", *_open_ours(bench, stack))),
                Contender(
                    "eventsourcing", _turn(bench, times, "eventsourcing", *_open_peer(bench, stack))
                ),
            ],
            title=f"P7 {work}",
        )
    yield Row("P7", f"{work}, p99", "ms", figures, (P99_GOAL,))
    yield Row("P7", f"{work}, p50", "ms", times.medians(figures), (P50_GOAL,))


Await = Callable[[int], None]
"""Waits until the event of a position can be read everywhere."""


def _turn(
    bench: Bench, times: Latencies, name: str, appends: list[Append], await_seen: Await
) -> Callable[[int], float]:
    """Return a turn that follows one event after the other while others are appended."""
    sample, *others = appends
    writers = [partial(_write, append) for append in others]

    def measure(_: int) -> float:
        await_seen(sample())
        lags_s: list[float] = []
        with SteadyLoad(writers, bench.sizes.appended_per_s):
            sleep(min(_WARM_UP_S, bench.sizes.turn_s))
            stop_at_s = perf_counter() + bench.sizes.turn_s
            while not lags_s or perf_counter() < stop_at_s:
                position = sample()
                started_at_s = perf_counter()
                await_seen(position)
                lags_s.append(perf_counter() - started_at_s)
        return times.note(name, lags_s)

    return measure


def _write(append: Append) -> None:
    append()


def _open_ours(bench: Bench, stack: ExitStack) -> tuple[list[Append], Await]:
    database = bench.arena.open_ledger("p7")
    found_ledger(database, bench.scenario).close()
    recorder = open_recorder(database)
    stack.callback(recorder.close)
    appends = open_petitions(recorder, bench.lives, bench.seed, WRITERS_LEN + 1)
    with database.connect(Role.PROJECTOR, autocommit=True) as connection:
        Engine(connection, MODELS).catch_up()
    stack.enter_context(ProjectorProcess(database, Language.EN))
    looking = stack.enter_context(database.connect(Role.APP, autocommit=True))

    def await_seen(position: int) -> None:
        stop_at_s = perf_counter() + _TIMEOUT_S
        while min(positions(looking).values()) < position:
            if perf_counter() > stop_at_s:
                raise TimeoutError(f"event {position} was in no read model after {_TIMEOUT_S} s")
            sleep(_LOOK_EVERY_S)

    return appends, await_seen


def _open_peer(bench: Bench, stack: ExitStack) -> tuple[list[Append], Await]:
    env = bench.arena.peer_env()
    peer = stack.enter_context(closing(LagPetitions(env)))
    appends = [peer.append_progress(f"N-{number}") for number in range(WRITERS_LEN + 1)]
    runner = stack.enter_context(
        ProjectionRunner(
            application_class=LagPetitions,
            projection_class=PetitionProjection,
            view_class=PetitionRows,
            env=env,
        )
    )
    return appends, lambda position: runner.wait(position, timeout=_TIMEOUT_S)
