"""Without this file each part of the full run would fill a log of ten million events of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from time import perf_counter
from typing import NamedTuple

from benchmarks.bench import Bench
from benchmarks.cities import invent_city, project_city
from benchmarks.foundation import open_recorder
from benchmarks.open_petitions import PETITIONS_PER_WRITER, Append, open_petitions
from ledger.database import Database, Role
from ledger.recorder import LedgerRecorder
from projections.positions import positions

WRITERS_LEN = 8
APPENDS_LEN = WRITERS_LEN + 1
OPENED_LEN = APPENDS_LEN * PETITIONS_PER_WRITER
"""Petitions that are recorded beside the invented ones, to be gone on with."""


class Appends(NamedTuple):
    """Who records live commands, each on petitions of its own.

    Attributes:
        live: For whoever waits while other work is done.
        writers: Write all at once.
    """

    live: Append
    writers: list[Append]


@dataclass
class City:
    """One ledger of the full run, which its parts share.

    Attributes:
        bench: Where it lies.
        petitions_len: Invented petitions.
        is_largest: Whether no other ledger of the run has more.
        database: The ledger.
        recorder: Records in it.
        record_rate: Events per second at which it was filled.
        rebuild_rate: Events per second of its rebuild in one process, 0 where none was measured.
        budget_s: Seconds after which a part of it ends what it is doing.
        small: Per question of P4 the figures at the least ledger.
    """

    bench: Bench
    petitions_len: int
    is_largest: bool
    database: Database
    recorder: LedgerRecorder
    record_rate: float
    rebuild_rate: float = 0.0
    budget_s: float = 0.0
    small: dict[str, list[float]] = field(default_factory=dict)

    @cached_property
    def appends(self) -> Appends:
        """Petitions that are being handled, recorded when first asked for. Blocking."""
        seed = self.bench.seed
        live, *writers = open_petitions(self.recorder, self.bench.lives, seed, APPENDS_LEN)
        return Appends(live, writers)

    def read_position(self) -> int:
        """Return how many events its log has."""
        return self.recorder.log.read_position()

    def project(self) -> None:
        """See that there are read models, which may lack what was recorded since. Blocking."""
        with self.database.connect(Role.PROJECTOR, autocommit=True) as connection:
            is_projected = bool(positions(connection))
        if not is_projected:
            project_city(self.database, jobs=2)


@contextmanager
def open_city(bench: Bench, petitions_len: int, small: dict[str, list[float]]) -> Iterator[City]:
    """Yield a ledger with invented petitions. Blocking."""
    began_at_s = perf_counter()
    database = invent_city(bench, "full", petitions_len)
    took_s = perf_counter() - began_at_s
    recorder = open_recorder(database)
    try:
        rate = recorder.log.read_position() / took_s
        is_largest = petitions_len == bench.sizes.petitions_lens[-1]
        yield City(bench, petitions_len, is_largest, database, recorder, rate, small=small)
    finally:
        recorder.close()
