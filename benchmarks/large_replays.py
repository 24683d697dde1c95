"""P6 and P8 at full size: each in a process of its own, whose memory is looked at."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from benchmarks.apart import Apart, run_apart
from benchmarks.city import City
from benchmarks.log_verification import measure_hashes, verify_whole
from benchmarks.replayed_reports import GOAL as REPORT_GOAL
from benchmarks.replayed_reports import REBUILD, Ask, ask_whole, count_known, count_supposed
from benchmarks.rows import Figures, Goal, Row

MEMORY_GOAL: Final = Goal(600)
VERIFY_GOAL: Final = Goal(1 / 3, against="limit")
ONE_PROCESS: Final = "one process"


def large_verification_rows(city: City) -> Iterator[Row]:
    """Yield rate and memory of a verification in two processes. Blocking.

    One process and the limit are measured beside all but the largest ledger, where each takes
    as long as the rest.
    """
    position = city.read_position()
    work = f"verify {position:,} events in 2 processes"
    seen = _verify(city, work, jobs=2)
    rounds = {"ours": [_rate(seen)]}
    if not city.is_largest:
        alone = _verify(city, f"verify {position:,} events", jobs=1)
        rounds |= {ONE_PROCESS: [_rate(alone)], "limit": [measure_hashes(city.database)]}
    goals = () if city.is_largest else (VERIFY_GOAL,)
    series = "verify, 2 processes"
    yield Row("P6", work, "events/s", Figures(rounds), goals, size=position, series=series)
    yield _memory_row("P6", work, seen)


def _verify(city: City, work: str, *, jobs: int) -> Apart[int]:
    verify = partial(verify_whole, jobs=jobs)
    return run_apart(f"P6 {work}", verify, city.database, budget_s=city.budget_s)


def large_report_rows(city: City) -> Iterator[Row]:
    """Yield rate and memory of the two replayed reports, beside the rebuild's rate. Blocking."""
    asked: tuple[tuple[str, Ask], ...] = (
        ("as-of report", count_known),
        ("what-if report", count_supposed),
    )
    position = city.read_position()
    for series, ask in asked:
        work = f"{series} over {position:,} events"
        seen = run_apart(
            f"P8 {work}", partial(ask_whole, ask=ask), city.database, budget_s=city.budget_s
        )
        rounds = {"ours": [_rate(seen)]}
        if city.rebuild_rate:
            rounds[REBUILD] = [city.rebuild_rate]
        goals = (REPORT_GOAL,) if city.rebuild_rate else ()
        yield Row("P8", work, "events/s", Figures(rounds), goals, size=position, series=series)
        yield _memory_row("P8", work, seen)


def _rate(seen: Apart[int]) -> float:
    return (seen.result or 0) / seen.took_s


def _memory_row(benchmark: str, work: str, seen: Apart[int]) -> Row:
    figures = Figures({"ours": [seen.peak_mib]})
    return Row(benchmark, f"{work}: memory", "MiB", figures, (MEMORY_GOAL,))
