"""The same report from live counters, from a rebuild and from Parquet, to the last integer."""

import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from time import perf_counter

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from domain.measures import MEASURES
from domain.petition import PetitionEvent
from ledger.database import Database, Role
from projections.engine import Engine
from projections.models import MODELS
from replay.rebuild import rebuild
from tests.acceptance.drawn_logs import draw_life, hostile_instants, interleaved, small_logs
from tests.acceptance.three_sources import (
    export,
    from_counters,
    from_parquet,
    from_the_log,
    rates_of,
)
from tests.conftest import ServerUnderTest, _new_database, _prepared
from tests.histories import START
from tests.integration.logged_petitions import append_events, open_recorder

ENOUGH = 400
PETITIONS_MIN = int(os.environ.get("TAIZHANG_PROOF_PETITIONS", ENOUGH))
"""Petitions of the large log; `make proof` asks for a hundred thousand."""
ROUND_LEN = min(PETITIONS_MIN, 1_000)
BATCH_LEN = 5_000
DECIDED_EACH = 50
"""One life in so many is decided by commands."""
LATEST = datetime(2026, 11, 1, tzinfo=UTC)
"""No report is asked for a later instant; the large log is asked for one in its midst, too."""


def project(database: Database, events: Sequence[PetitionEvent], batch_len: int) -> None:
    """Record events and let the live counters follow, some at a time."""
    recorder = open_recorder(database)
    append_events(recorder, events)
    recorder.close()
    with database.connect(Role.PROJECTOR, autocommit=True) as connection:
        Engine(connection, MODELS, batch_len=batch_len).catch_up()


def expect_one_report(database: Database, instants: Sequence[datetime]) -> int:
    """Expect the same integers from all sources, and return how many were compared."""
    live = {as_of: from_counters(database, as_of) for as_of in instants}
    for as_of, answer in live.items():
        assert from_the_log(database, as_of).items() <= answer.items()
        with TemporaryDirectory() as folder:
            copy = Path(folder) / "copy"
            export(database, copy, as_of)
            offline = from_parquet(copy)
        assert offline == answer
        assert rates_of(offline) == rates_of(answer)
    rebuild(database)
    assert {as_of: from_counters(database, as_of) for as_of in instants} == live
    return sum(len(answer) for answer in live.values()) * len(MEASURES)


@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    # A try takes a ledger of its own: a failing log is told as it was drawn, not shrunk.
    phases=(Phase.explicit, Phase.generate),
)
@given(data=st.data(), events=small_logs(), batch_len=st.integers(1, 12))
def test_three_sources_agree_on_hostile_logs(
    server_under_test: ServerUnderTest,
    template_name: str,
    data: st.DataObject,
    events: list[PetitionEvent],
    batch_len: int,
) -> None:
    """Whatever was recorded, asked for the very instant of an act, or a microsecond beside it."""
    past = [event for event in events if event.timestamp < LATEST]
    as_of = data.draw(hostile_instants(past)) if past else LATEST
    with _new_database(server_under_test, template_name) as name:
        database = _prepared(server_under_test, name)
        project(database, events, batch_len)
        expect_one_report(database, [as_of])


@pytest.mark.timeout(0)
def test_three_sources_agree_on_many_petitions(
    server_under_test: ServerUnderTest, template_name: str
) -> None:
    """Lives by the hundred, drawn by hypothesis, projected round by round, then compared.

    What was done is printed: `pytest -s` shows it, and `make proof` does it at full size.
    """
    began = perf_counter()
    petitions = events_len = 0
    with _new_database(server_under_test, template_name) as name:
        database = _prepared(server_under_test, name)

        @settings(
            max_examples=-(-PETITIONS_MIN // ROUND_LEN),
            deadline=None,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )
        @given(seeds=st.lists(st.integers(0, 2**32), min_size=ROUND_LEN, max_size=ROUND_LEN))
        def record(seeds: list[int]) -> None:
            nonlocal petitions, events_len
            # A life of its own even where hypothesis draws a seed again.
            randoms = [Random(f"{petitions + place}/{seed}") for place, seed in enumerate(seeds)]  # noqa: S311 - repeatable, no secret
            lives = [
                draw_life(random, petitions + place, is_decided=place % DECIDED_EACH == 0)
                for place, random in enumerate(randoms)
            ]
            log = interleaved(randoms[0], lives)
            project(database, log, BATCH_LEN)
            petitions += len(lives)
            events_len += len(log)

        while petitions < PETITIONS_MIN:
            record()
        recorded = perf_counter()
        compared = expect_one_report(database, (START.replace(month=9), LATEST))
    ended = perf_counter()
    sys.stdout.write(
        f"{petitions:,} petitions, {events_len:,} events: {compared:,} integers, each from live "
        f"counters, replay, rebuild and Parquet alike; recorded in {recorded - began:.0f} s, "
        f"compared in {ended - recorded:.0f} s, at most "
        f"{getrusage(RUSAGE_SELF).ru_maxrss / 2**10:.0f} MiB\n"
    )
    assert petitions >= PETITIONS_MIN
    assert compared > len(MEASURES)
