"""P3 at full size: killed in the middle, resumed, and done once more to compare.

Live commands are recorded while the first one is killed and resumed; the second is left
alone, and gives rate and memory.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from time import monotonic, sleep
from typing import Final

from benchmarks.apart import Apart, run_apart
from benchmarks.cities import analyze
from benchmarks.city import City
from benchmarks.live_waits import LiveWaits
from benchmarks.model_digest import Digest, digest_models
from benchmarks.model_rebuild import MEMORY_GOAL, UNIT
from benchmarks.rounds import say
from benchmarks.rows import Figures, Goal, Row
from ledger.database import Database, Role
from projections.engine import Engine
from projections.models import MODELS
from replay.filling import Progress
from replay.rebuild import rebuild
from replay.shadow import Purpose, ReplayBusyError, Shadow
from replay.slices import finished_slices

RATE_GOAL: Final = Goal(100_000)
KILL_AT: Final = 0.5
_NOTICE_S: Final = 60.0
"""Most seconds until the server has noticed that a client died."""


class RebuiltOtherwiseError(Exception):
    """A resumed rebuild did not give the rows of one that was not interrupted."""


@dataclass(frozen=True)
class Resumed:
    """A rebuild that was killed and resumed.

    Attributes:
        kept: Events in the slices that were finished when it was killed.
        total: Events that it was to replay.
        resume: What the second call took.
    """

    kept: int
    total: int
    resume: Apart[int]


def large_rebuild_rows(city: City) -> Iterator[Row]:
    """Yield what rebuilds of a large ledger take. Blocking.

    Raises:
        RebuiltOtherwiseError: the resumed one gave other rows.
    """
    with LiveWaits(city.appends.live) as waits:
        resumed = rebuild_twice_begun(city.database, budget_s=city.budget_s)
    position = city.read_position()
    yield from waits.rows("P3", f"during a rebuild of {position:,} events", position)
    share = resumed.kept / resumed.total
    work = f"rebuild of {resumed.total:,} events, killed and resumed in 2 processes"
    yield _row(f"{work}: kept of the first", "%", 100 * share)
    yield _row(f"{work}: time of the second", "s", resumed.resume.took_s)
    yield _row(f"{work}: memory of the second", "MiB", resumed.resume.peak_mib, MEMORY_GOAL)
    with city.database.connect(Role.PROJECTOR, autocommit=True) as connection:
        Engine(connection, MODELS).catch_up()
    expected = digest_models(city.database)
    whole = run_apart(
        f"P3 rebuild of {position:,} events",
        partial(rebuild_apart, jobs=1),
        city.database,
        budget_s=city.budget_s,
    )
    check_same_rows(city.database, expected)
    analyze(city.database)
    city.rebuild_rate = position / whole.took_s
    work = f"rebuild of all models, {position:,} events"
    figures = Figures({"ours": [city.rebuild_rate]})
    yield Row("P3", work, UNIT, figures, (RATE_GOAL,), size=position, series="rebuild")
    work = f"peak memory of a rebuild in one process, {position:,} events"
    yield _row(work, "MiB", whole.peak_mib, MEMORY_GOAL)


def rebuild_twice_begun(database: Database, *, budget_s: float) -> Resumed:
    """Kill a rebuild with all its processes halfway, and resume it in two. Blocking."""
    killed = run_apart(
        "P3 rebuild to be killed",
        partial(rebuild_apart, jobs=1),
        database,
        budget_s=budget_s,
        kill_at=KILL_AT,
    )
    kept, total = _read_kept(database)
    say(f"P3: killed after {killed.took_s:,.0f} s with {kept:,} of {total:,} events in place")
    resume = run_apart(
        "P3 resumed rebuild", partial(rebuild_apart, jobs=2), database, budget_s=budget_s
    )
    return Resumed(kept, total, resume)


def check_same_rows(database: Database, expected: Digest) -> None:
    """See that the read models hold what they held. Blocking, reads every row.

    Raises:
        RebuiltOtherwiseError: they do not.
    """
    found = digest_models(database)
    if found != expected:
        tables = sorted(table for table in found if found[table] != expected[table])
        raise RebuiltOtherwiseError(f"other rows in {', '.join(tables)}")
    rows_len = sum(rows_len for rows_len, _ in found.values())
    say(f"P3: the resumed rebuild gave the same {rows_len:,} rows in {len(found)} tables")


def rebuild_apart(database: Database, progress: Progress, *, jobs: int) -> int:
    """Rebuild all models, and return the position. Blocking."""
    return rebuild(database, jobs=jobs, progress=progress).position


def _read_kept(database: Database) -> tuple[int, int]:
    """Return the events of finished slices, and of all, once the killed one holds no lock."""
    shadow = Shadow(database, Purpose.REBUILD, ())
    until_s = monotonic() + _NOTICE_S
    while True:
        with ExitStack() as stack:
            try:
                owner = stack.enter_context(shadow.hold())
            except ReplayBusyError:
                if monotonic() > until_s:
                    raise
                sleep(0.1)
                continue
            plan = shadow.prepare(owner)
            with shadow.enter() as connection:
                return sum(finished_slices(connection).values()), plan.position


def _row(work: str, unit: str, figure: float, *goals: Goal) -> Row:
    return Row("P3", work, unit, Figures({"ours": [figure]}), goals)
