"""P6: the whole log is read as an outsider would, and every leaf is computed again.

There is no tree yet: what is measured is bytes, leaf and columns, as ``replay verify`` checks
them, with the personal values that the payloads commit to: in one process, and in two as the
command does it on two cores.
"""

from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from time import perf_counter
from typing import Final

from benchmarks.bench import Bench
from benchmarks.cities import EVENTS_PER_PETITION, invent_city
from benchmarks.foundation import open_recorder
from benchmarks.rounds import Contender
from benchmarks.rows import Goal, Row
from ledger.database import Database
from ledger.leaf import leaf_bytes
from replay.filling import Progress
from replay.log_check import check_log
from replay.log_stretch import PAGE_LEN

TWO_PROCESSES: Final = "ours, 2 processes"
GOAL: Final = Goal(1 / 3, against="limit")


class LogAtFaultError(Exception):
    """The log that was measured is not whole, so its figure would mean nothing."""


def log_verification_rows(bench: Bench) -> Iterator[Row]:
    """Yield the row of the verification. Blocking."""
    size = bench.sizes.verified_events_len
    database = invent_city(bench, "p6", max(1, size // EVENTS_PER_PETITION))
    work = f"verify at least {size:,} events, leaves and columns"
    figures = bench.alternate(
        [
            Contender("ours", lambda _: _measure_check(database, jobs=1)),
            Contender(TWO_PROCESSES, lambda _: _measure_check(database, jobs=2)),
            Contender("limit", lambda _: measure_hashes(database)),
        ],
        title=f"P6 {work}",
    )
    charted = ("ours", TWO_PROCESSES)
    yield Row("P6", work, "events/s", figures, (GOAL,), size=size, series="verify", charted=charted)


def _measure_check(database: Database, *, jobs: int) -> float:
    started_at_s = perf_counter()
    position = verify_whole(database, lambda *_: None, jobs=jobs)
    return position / (perf_counter() - started_at_s)


def verify_whole(database: Database, progress: Progress, *, jobs: int) -> int:
    """Verify the log of a ledger as ``replay verify`` does, and return its length. Blocking.

    Raises:
        LogAtFaultError: it has a fault.
    """
    position, finding = check_log(database, jobs=jobs, progress=progress)
    if finding is not None:
        raise LogAtFaultError(finding.text.en)
    return position


def measure_hashes(database: Database) -> float:
    """Hash the same bytes with hashlib; reading and joining them is not counted."""
    position, hashing_s = 0, 0.0
    with closing(open_recorder(database)) as recorder:
        while page := recorder.log.read_log(position, PAGE_LEN):
            leaves = [b"\x00" + leaf_bytes(event, event.payload) for event in page]
            started_at_s = perf_counter()
            for leaf in leaves:
                sha256(leaf).digest()
            hashing_s += perf_counter() - started_at_s
            position = page[-1].position
    return position / hashing_s
