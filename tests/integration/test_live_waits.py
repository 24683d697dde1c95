"""A live append waits shortly while history comes in or read models are made anew.

The wait that is promised is 250 ms on a machine that does nothing else; the bound here is a
hundred times as long, since tests share theirs. Run with ``-s`` to read the figure. That the
lock is given back after every chunk is what ``test_bulk_append`` is about.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from statistics import median
from time import perf_counter, sleep

import pytest

from benchmarks.generator import LifeSource, prepare_life
from ledger.bulk_append import CHUNK_EVENTS_MAX, append_in_bulk
from ledger.database import Database, Role
from replay.rebuild import rebuild
from scenarios.decided_life import decide_lives
from scenarios.scenario import read_scenario
from tests.integration.appending import one_event, open_recorder, stream

WAIT_MAX_S = 25.0
EVENTS = 10_000


@pytest.fixture(scope="module")
def source() -> LifeSource:
    """Return petitions to import."""
    return LifeSource(list(decide_lives(read_scenario("shuangliu"))), 11)


@pytest.mark.parametrize("chunk_events_len", [1_000, CHUNK_EVENTS_MAX])
def test_live_append_waits_shortly_during_an_import(
    database: Database, source: LifeSource, chunk_events_len: int
) -> None:
    """A chunk holds the append lock only while the server writes it."""
    lives = list(source.draw_events(EVENTS))

    def import_lives() -> None:
        for _ in append_in_bulk(
            lambda: database.connect(Role.APP, autocommit=True),
            (prepare_life("main", life) for life in lives),
            chunk_events_len=chunk_events_len,
        ):
            pass

    _hold(database, import_lives, f"import by {chunk_events_len:,} events")


def test_live_append_waits_shortly_during_a_rebuild(database: Database, source: LifeSource) -> None:
    """A rebuild reads by short pages and never holds the append lock."""
    with closing(open_recorder(database)) as recorder:
        for _ in recorder.append_bulk(
            prepare_life("main", life) for life in source.draw_events(EVENTS)
        ):
            pass
    _hold(database, lambda: rebuild(database), "rebuild")


def _hold(database: Database, work: Callable[[], object], title: str) -> None:
    waits_s: list[float] = []
    with closing(open_recorder(database)) as recorder, ThreadPoolExecutor(1) as pool:
        recorder.append(one_event(stream(7), 1))
        working = pool.submit(work)
        while not working.done():
            began_at_s = perf_counter()
            recorder.append(one_event(stream(7), len(waits_s) + 2))
            waits_s.append(perf_counter() - began_at_s)
            sleep(0.005)
        working.result()
    said = f"{len(waits_s)} appends, median {median(waits_s):.3f} s, longest {max(waits_s):.3f} s"
    print(f"\n{title}: {said}")  # noqa: T201 - the figure is what a run is for
    assert len(waits_s) > 1
    assert max(waits_s) < WAIT_MAX_S
