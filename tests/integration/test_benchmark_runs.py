"""The benchmarks run to their end, and write what the commands write; nothing is timed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from benchmarks.application_programs import TEXT, handler_of
from benchmarks.arena import Arena
from benchmarks.bench import Bench, set_up
from benchmarks.catalogue import BENCHMARKS, run_benchmark
from benchmarks.command_writers import TOPIC, find_command, ours_writer
from benchmarks.foundation import found_ledger, open_recorder
from benchmarks.generator import LifeSource, prepare_life
from benchmarks.history import import_lives
from benchmarks.machine import read_machine
from benchmarks.outcome import Outcome
from benchmarks.peers import installs
from benchmarks.peers.open_peers import PEERS
from benchmarks.rows import LateError, Row
from benchmarks.sizes import Sizes
from benchmarks.table import write_table
from domain.handling import RecordProgress
from ledger.database import Database
from ledger.header import Header, RecordedEvent
from ledger.leaf import leaf_bytes, leaf_hash
from ledger.log_reader import LogReader
from scenarios.decided_life import until_in_progress
from scenarios.player import play

TINY = Sizes(
    rounds_len=1,
    turn_s=0.02,
    writers=(1, 3),
    import_events_len=60,
    log_lens=(120,),
    peer_events_len=30,
    petitions_lens=(10, 20),
    clients_len=2,
    verified_events_len=120,
    appended_per_s=50,
    replayed_events_len=120,
)
PEERED = {
    "P1": {"eventsourcing", "eventsourcing, 2 processes", "ours, 2 processes", "limit"},
    "P2": {"eventsourcing", "limit"},
    "P3": {"eventsourcing", "ours, 2 processes", "limit"},
}
"""Whom a benchmark needs no installing for."""


@pytest.fixture
def bench(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """Return a bench whose figures mean nothing, on a machine that has no peer and gets none."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(installs, "PYTHON_FILES", (tmp_path / "no.lock",))
    return set_up(Arena(database, tmp_path), TINY, 1, tmp_path / "cache")


@pytest.mark.parametrize("name", sorted(BENCHMARKS))
def test_benchmark_measures_every_contender(bench: Bench, name: str) -> None:
    """No row fails, each has a figure of ours, and the table a line for each."""
    rows = list(run_benchmark(name, bench))
    table = write_table([outcome_of(bench, rows)])
    assert [row.failure for row in rows] == [""] * len(rows)
    assert rows
    for row in rows:
        assert row.figures.rounds["ours"]
        assert all(len(figures) == 1 for figures in row.figures.rounds.values())
        assert {goal.of for goal in row.goals} <= row.figures.rounds.keys()
    named = {name for row in rows for name in row.figures.rounds}
    assert PEERED.get(name, set()) <= named
    assert _works(rows) == sorted(set(_works(rows)), key=_works(rows).index)
    assert sum(line.startswith(f"| {name} |") for line in table.splitlines()) == len(rows)


def test_missing_peers_are_reported_with_their_reasons(bench: Bench) -> None:
    """Who has no npm reads so beside the figures of the others, in the table and below it."""
    rows = list(run_benchmark("P2", bench))
    row = rows[0]
    table = write_table([outcome_of(bench, rows)])
    assert {"ours", "eventsourcing", "limit"} == row.figures.rounds.keys()
    assert set(PEERS) == row.figures.absent.keys() == bench.settings.keys() - {"eventsourcing"}
    assert "message-db could not run 未能运行: npm is not on the PATH" in table
    assert "Emmett could not run 未能运行: node is not on the PATH" in table
    assert "- Emmett: missing node is not on the PATH." in table
    assert "no.lock" in row.figures.absent["UmaDB"]


@pytest.mark.parametrize("name", ["P2", "P3"])
def test_sizes_that_were_never_begun_say_so(bench: Bench, name: str) -> None:
    """Once the time is up the log grows no further, and no row is silently left out."""
    late = replace(bench, sizes=replace(TINY, budgets_s={name: 0.0}))
    rows = list(run_benchmark(name, late))
    compared_len = len(_works([row for row in rows if not row.failure]))
    assert compared_len == (1 if name == "P2" else 0)
    assert {row.failure for row in rows[compared_len:]} == {str(LateError())}
    assert any("120 events" in row.work for row in rows[compared_len:])


def outcome_of(bench: Bench, rows: Sequence[Row]) -> Outcome:
    """Return a run of some rows."""
    return Outcome(
        datetime.now(UTC),
        1.0,
        read_machine(),
        bench.arena.settings(),
        bench.settings,
        bench.seed,
        bench.sizes,
        tuple(rows),
    )


def _works(rows: list[Row]) -> list[str]:
    return [row.work for row in rows]


def test_imported_lives_have_the_shape_of_played_ones(bench: Bench, database: Database) -> None:
    """Per topic the same header fields are filled, and every leaf hash verifies."""
    play(database, bench.scenario)
    ledger = found_ledger(bench.arena.open_ledger("imported"), bench.scenario)
    recorder = open_recorder(bench.arena.reopen("imported"))
    import_lives(recorder, list(LifeSource(bench.lives, 1).draw_events(3_000)))
    played = found_ledger(database, bench.scenario)
    expected, found = _shapes(played.reader), _shapes(recorder.log)
    played.close()
    ledger.close()
    recorder.close()
    assert {topic: expected[topic] for topic in found} == found
    assert len(found) > len(expected) / 2


def test_single_commands_have_the_shape_of_given_ones(bench: Bench) -> None:
    """What the writers of P1 record is what the command itself records."""
    lives = [life for life in map(until_in_progress, bench.lives) if life]
    database = bench.arena.open_ledger("commands")
    ledger = found_ledger(database, bench.scenario)
    life = LifeSource(lives, 1).draw_encoded()
    recorder = open_recorder(database)
    list(recorder.append_bulk([prepare_life(database.ledger, life)]))
    handler = handler_of(life)
    ledger.apply(life.petition_id, RecordProgress(text=TEXT), handler, idempotency_key=str(uuid4()))
    given = ledger.reader.read_stream(life.petition_id)[-1]
    ours_writer(recorder, *find_command(bench.lives))()
    written = recorder.log.read_log(given.position, 10)[-1]
    kept = recorder.log.read_personal_values(written.originator_id)
    ledger.close()
    recorder.close()
    assert given.topic == written.topic == TOPIC
    assert _filled(given) == _filled(written)
    assert [value.path for values in kept.values() for value in values] == ["/text"]


def _shapes(log: LogReader) -> dict[str, set[frozenset[str]]]:
    """Return per topic of petitions which header fields are ever filled together."""
    shapes: dict[str, set[frozenset[str]]] = {}
    for event in _read_all(log):
        if event.topic.startswith("petition."):
            shapes.setdefault(event.topic, set()).add(_filled(event))
    return shapes


def _filled(event: RecordedEvent) -> frozenset[str]:
    assert leaf_hash(leaf_bytes(event, event.payload)) == event.leaf_hash
    names = Header.__struct_fields__
    return frozenset(name for name in names if getattr(event, name) is not None)


def _read_all(log: LogReader) -> Iterator[RecordedEvent]:
    position = 0
    while page := log.read_log(position, 5_000):
        yield from page
        position = page[-1].position
