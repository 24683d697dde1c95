"""The benchmarks run to their end, and write what the commands write; nothing is timed."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from benchmarks.__main__ import BENCHMARKS, run_benchmark
from benchmarks.application_commands import TEXT, handler_of
from benchmarks.arena import Arena
from benchmarks.bench import Bench, set_up
from benchmarks.foundation import found_ledger, open_recorder
from benchmarks.generator import LifeSource, prepare_life
from benchmarks.history_import import import_lives
from benchmarks.lives import until_in_progress
from benchmarks.rounds import Row
from benchmarks.single_commands import TOPIC, find_command, ours_writer
from benchmarks.sizes import Sizes
from domain.handling import RecordProgress
from ledger.database import Database
from ledger.header import Header, RecordedEvent
from ledger.leaf import leaf_bytes, leaf_hash
from ledger.log_reader import LogReader
from scenarios.player import play

TINY = Sizes(1, 0.02, (1, 3), 60, (120,), 30)


@pytest.fixture
def bench(database: Database) -> Bench:
    """Return a bench of the test's own, whose figures mean nothing."""
    return set_up(Arena(database), TINY, 1)


@pytest.mark.parametrize("name", sorted(BENCHMARKS))
def test_benchmark_measures_every_contender(bench: Bench, name: str) -> None:
    """No row fails, and each has a rate of ours and of whoever it is judged against."""
    rows = list(run_benchmark(name, bench))
    assert [row.failure for row in rows] == [""] * len(rows)
    assert rows
    for row in rows:
        assert {"ours", "eventsourcing"} <= row.rates.keys()
        assert all(len(rates) == 1 for rates in row.rates.values())
    assert _works(rows) == sorted(set(_works(rows)), key=_works(rows).index)


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
