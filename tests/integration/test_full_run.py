"""The full run goes to its end at a small size; nothing is timed."""

import os
from dataclasses import replace
from pathlib import Path
from time import sleep

import pytest

from benchmarks.apart import ApartError, OverBudgetError, run_apart
from benchmarks.arena import Arena
from benchmarks.bench import Bench, set_up
from benchmarks.cities import invent_city, project_city
from benchmarks.full_run import full_rows
from benchmarks.large_rebuild import RebuiltOtherwiseError, check_same_rows
from benchmarks.model_digest import digest_models
from benchmarks.sizes import FULL
from ledger.database import Database, Role
from replay.filling import Progress

SIZES = replace(FULL, turn_s=0.02, import_events_len=500, petitions_lens=(30, 2_100))
"""The larger has two slices, so that a rebuild can be killed between its ends."""


@pytest.fixture
def bench(database: Database, tmp_path: Path) -> Bench:
    """Return a bench whose figures mean nothing."""
    return set_up(Arena(database, tmp_path), SIZES, 1, tmp_path / "cache")


def test_full_run_measures_every_part(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ledgers are looked at, the larger is killed and resumed, and no row fails."""
    monkeypatch.setattr("benchmarks.large_rebuild.KILL_AT", 0.1)
    rows = list(full_rows(bench, None))
    assert [row.failure for row in rows] == [""] * len(rows)
    assert {row.benchmark for row in rows} == {"P1", "P2", "P3", "P4", "P6", "P8"}
    works = [row.work for row in rows]
    assert len(set(works)) == len(works)
    assert sum("longest wait" in work for work in works) == 2
    (kept,) = [row.median("ours") for row in rows if "kept of the first" in row.work]
    assert 10 < (kept or 0) < 90
    assert [growth.events_len > 30 for growth in bench.growths] == [True, True]
    names = [index.name for index in bench.growths[-1].indexes]
    assert names == ["event_originator_id_version_key", "event_pkey"]


def test_rebuild_with_other_rows_fails(bench: Bench) -> None:
    """One row that differs is enough, and its table is named."""
    database = invent_city(bench, "changed", SIZES.petitions_lens[0])
    project_city(database)
    expected = digest_models(database)
    assert sum(rows_len for rows_len, _ in expected.values()) > SIZES.petitions_lens[0]
    with database.connect(Role.PROJECTOR) as connection:
        connection.execute("UPDATE petition_facts SET version = 99 WHERE number = 'G-00000001'")
    found = digest_models(database)
    assert [table for table in found if found[table] != expected[table]] == ["petition_facts"]
    check_same_rows(database, found)
    with pytest.raises(RebuiltOtherwiseError, match="other rows in petition_facts"):
        check_same_rows(database, expected)


def test_part_that_does_not_fit_is_not_begun(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run ends in time, and says what it left out."""
    monkeypatch.setattr("benchmarks.full_run.RUN_S", 0.0)
    monkeypatch.setattr(
        "benchmarks.city.invent_city", lambda _, __, size: bench.arena.open_ledger(f"empty_{size}")
    )
    rows = list(full_rows(bench, "P4"))
    assert len(rows) == 2
    assert all("the run had" in row.failure for row in rows)


def test_work_is_ended_once_it_is_over_budget(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of it is left, and the text says how far it was."""
    told: list[int] = []
    # Time goes by once something is done, however long the process took to begin.
    monkeypatch.setattr("benchmarks.apart.perf_counter", lambda: 9.0 * any(told))
    monkeypatch.setattr("benchmarks.apart.Eta.tell", lambda _, done, __: told.append(done))
    with pytest.raises(OverBudgetError, match="with 1 of 3 done"):
        run_apart("slow", _sleep, database, budget_s=6.0)


def test_failure_of_work_is_told(database: Database) -> None:
    """Why it failed is known where it was asked for, also where it just ended."""
    with pytest.raises(ApartError, match="RuntimeError: planted"):
        run_apart("failing", _fail, database)
    with pytest.raises(ApartError, match="ended with 3"):
        run_apart("ending", _exit, database)
    with pytest.raises(ApartError, match="ended with"):
        run_apart("too quick to be killed", _return, database, kill_at=0.5)


def _sleep(_: Database, progress: Progress) -> int:
    progress(1, 3)
    sleep(600)
    return 1


def _fail(_: Database, __: Progress) -> int:
    raise RuntimeError("planted")


def _exit(_: Database, __: Progress) -> int:
    os._exit(3)


def _return(_: Database, __: Progress) -> int:
    return 1
