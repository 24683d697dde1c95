"""The full run: what must be shown at ten million events, on ledgers that its parts share.

Each ledger is filled once, the least first, and each part does once what it measures: at this
size noise is small beside the work. A part has a budget, and one that no longer fits into the
run's time is not begun; its row says so.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from statistics import median
from time import perf_counter
from typing import Final, NamedTuple

from benchmarks.apart import run_apart
from benchmarks.bench import CITY, Bench
from benchmarks.city import OPENED_LEN, City, open_city
from benchmarks.foundation import open_recorder
from benchmarks.generator import LifeSource
from benchmarks.growth import look_at_log
from benchmarks.history import import_lives
from benchmarks.large_rebuild import RATE_GOAL, large_rebuild_rows
from benchmarks.large_replays import large_report_rows, large_verification_rows
from benchmarks.live_waits import LiveWaits
from benchmarks.model_rebuild import TWO_PROCESSES, UNIT, measure_copy_out, measure_rebuild
from benchmarks.report_queries import asked_rows
from benchmarks.rounds import Contender, say
from benchmarks.rows import Figures, Goal, NotRunError, Row, failed_row
from benchmarks.writers import measure_writers
from ledger.database import Database
from replay.filling import Progress
from scenarios.decided_life import decide_lives
from scenarios.scenario import read_scenario

MILLION: Final = 1_000_000
FILL_S: Final = 900.0
"""Seconds to record a million petitions, some thirteen million events, on two cores."""
RUN_S: Final = 55 * 60.0
"""After which nothing begins that would not end in time."""
_TURNS: Final = 3
_BUDGET_MIN_S: Final = 120.0
_SOME_S: Final = 10.0
"""What a part takes however small its ledger is."""


class Part(NamedTuple):
    """One part of the run.

    Attributes:
        name: What ``--only`` calls it.
        rows: Measures it on a ledger.
        expected_s: Seconds that it takes at a million petitions on two cores.
        is_for_least: Whether it is done on the least ledger as well.
    """

    name: str
    rows: Callable[[City], Iterator[Row]]
    expected_s: float
    is_for_least: bool = False

    def expected_at(self, petitions_len: int) -> float:
        """Return the seconds it takes at a size; pure."""
        return _SOME_S + self.expected_s * petitions_len / MILLION


class OutOfTimeError(NotRunError):
    """A part would not have ended in the run's time."""


def growth_rows(city: City) -> Iterator[Row]:
    """Yield what recording took, and what an append takes on that log. Blocking."""
    position = city.read_position()
    writers = [partial(_write, append) for append in city.appends.writers]
    rates = [measure_writers(writers, city.bench.sizes.turn_s) for _ in range(_TURNS)]
    growth = look_at_log(city.database, city.record_rate, median(rates))
    city.bench.growths.append(growth)
    work = f"invented history recorded, {position:,} events"
    figures = Figures({"ours": [city.record_rate]})
    yield Row("P2", work, "events/s", figures, size=position, series="invented history")
    work = f"recorder, 8 writers, on a log of {position:,} events"
    figures = Figures({"ours": rates})
    yield Row("P1", work, "commands/s", figures, size=position, series="recorder, 8 writers")


def _write(append: Callable[[], int]) -> None:
    append()


def import_wait_rows(city: City) -> Iterator[Row]:
    """Yield how long live commands wait while history comes in. Blocking."""
    events_len, position = city.bench.sizes.import_events_len, city.read_position()
    work = partial(import_apart, seed=city.bench.seed + 1, events_len=events_len)
    with LiveWaits(city.appends.live) as waits:
        run_apart("P2 import", work, city.database, budget_s=city.budget_s)
    meanwhile = f"during an import of {events_len:,} events onto {position:,}"
    yield from waits.rows("P2", meanwhile, position)


def import_apart(database: Database, _: Progress, *, seed: int, events_len: int) -> int:
    """Record petitions of a city in bulk, and return how many events they should have."""
    lives = tuple(decide_lives(read_scenario(CITY)))
    source = LifeSource(lives, seed, OPENED_LEN)
    with closing(open_recorder(database)) as recorder:
        import_lives(recorder, source.draw_events(events_len))
    return events_len


def rebuild_rows(city: City) -> Iterator[Row]:
    """Yield what rebuilds take; the largest ledger's is killed and resumed as well. Blocking."""
    if city.is_largest:
        yield from large_rebuild_rows(city)
        return
    position = city.read_position()
    work = f"rebuild of all models, {position:,} events"
    figures = city.bench.alternate(
        [
            Contender("ours", lambda _: measure_rebuild(city.database, jobs=1)),
            Contender(TWO_PROCESSES, lambda _: measure_rebuild(city.database, jobs=2)),
            Contender("limit", lambda _: measure_copy_out(city.database)),
        ],
        title=f"P3 {work}",
    )
    (city.rebuild_rate,) = figures.rounds["ours"]
    goals = (RATE_GOAL, Goal(1.7, against="ours", of=TWO_PROCESSES))
    charted = ("ours", TWO_PROCESSES, "limit")
    yield Row("P3", work, UNIT, figures, goals, position, "rebuild", charted)


def query_rows(city: City) -> Iterator[Row]:
    """Yield what people read daily. Blocking."""
    city.project()
    yield from asked_rows(city.bench, city.database, city.petitions_len, city.small)


PARTS: Final = (
    # Before any live command: commitments of those that benchmarks record are another petition's.
    Part("P6", large_verification_rows, 230),
    Part("growth", growth_rows, 40, is_for_least=True),
    Part("waits", import_wait_rows, 20),
    Part("P3", rebuild_rows, 780),
    Part("P4", query_rows, 110, is_for_least=True),
    Part("P8", large_report_rows, 450),
)
"""In the order in which they are done."""

PART_NAMES: Final = tuple(part.name for part in PARTS)


def expected_s(bench: Bench, only: str | None) -> float:
    """Return the seconds that a run takes on two cores; pure."""
    return sum(
        FILL_S * petitions_len / MILLION
        + sum(part.expected_at(petitions_len) for part in _parts(bench, petitions_len, only))
        for petitions_len in bench.sizes.petitions_lens
    )


def full_rows(bench: Bench, only: str | None) -> Iterator[Row]:
    """Yield the rows of all parts, or of one, ledger by ledger. Blocking."""
    stop_at_s = perf_counter() + RUN_S
    left_s = expected_s(bench, only)
    say(f"This takes about {left_s / 60:.0f} minutes on two cores with nothing else to do.")
    small: dict[str, list[float]] = {}
    for petitions_len in bench.sizes.petitions_lens:
        with open_city(bench, petitions_len, small) as city:
            left_s -= FILL_S * petitions_len / MILLION
            for part in _parts(bench, petitions_len, only):
                say(f"{part.name} on {petitions_len:,} petitions; all: {left_s / 60:.0f} min left")
                yield from _run(part, city, stop_at_s)
                left_s -= part.expected_at(petitions_len)


def _parts(bench: Bench, petitions_len: int, only: str | None) -> list[Part]:
    is_least = petitions_len == bench.sizes.petitions_lens[0]
    chosen = [part for part in PARTS if only in (None, part.name)]
    return [part for part in chosen if part.is_for_least or not is_least]


def _run(part: Part, city: City, stop_at_s: float) -> Iterator[Row]:
    benchmark = part.name if part.name.startswith("P") else "P2"
    work = f"full run: {part.name}, {city.petitions_len:,} petitions"
    part_s = part.expected_at(city.petitions_len)
    left_s = stop_at_s - perf_counter()
    if part_s > left_s:
        error = OutOfTimeError(f"it takes {part_s:,.0f} s, and the run had {left_s:,.0f} s left")
        yield failed_row(benchmark, work, error)
        return
    city.budget_s = max(_BUDGET_MIN_S, 2 * part_s)
    try:
        yield from part.rows(city)
    except Exception as error:  # noqa: BLE001 - the others shall run all the same
        yield failed_row(benchmark, work, error)
