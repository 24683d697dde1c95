"""Without this file a rebuild would use one core of a machine that has many."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import NamedTuple

from ledger.database import Database
from replay.shadow import Plan, Purpose, Shadow
from replay.slices import SliceFiller


class SliceWork(NamedTuple):
    """What another process must know to fill slices; all of it can be sent to one.

    Attributes:
        database: The ledger; its server, if it is embedded, stays this process's.
        purpose: Whose shadow.
        plan: What it is to hold.
    """

    database: Database
    purpose: Purpose
    plan: Plan

    def fill(self, numbers: Sequence[int]) -> int:
        """Fill slices and return how many events they have. Blocking."""
        shadow = Shadow(self.database, self.purpose, ())
        with shadow.connect() as reading, shadow.enter() as writing:
            filler = SliceFiller(reading, writing, self.plan.position, self.plan.slices_len)
            return sum(map(filler.fill, numbers))


def fill_in_processes(
    shadow: Shadow, plan: Plan, missing: Sequence[int], jobs: int
) -> Iterator[int]:
    """Fill slices in several processes, and yield the number of events of each.

    Blocking. The first failure ends the work; slices that are finished stay so.

    Args:
        shadow: Prepared.
        plan: What it is to hold.
        missing: Numbers of the slices.
        jobs: Number of processes.

    Raises:
        UnreplayableEventError: an event cannot be read or applied.
    """
    given = shadow.database
    database = Database(given.ledger, dict(given.dsns), given.admin_dsn)
    work = SliceWork(database, shadow.purpose, plan)
    # A forked child would share this process's connections; a spawned one opens its own.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        slices = [pool.submit(work.fill, [number]) for number in missing]
        try:
            for each in as_completed(slices):
                yield each.result()
        finally:
            pool.shutdown(cancel_futures=True)
