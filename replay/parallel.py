"""Without this file a rebuild would use one core of a machine that has many."""

from collections.abc import Generator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import Final, NamedTuple

from ledger.database import Database
from replay.shadow import Plan, Purpose, Shadow
from replay.slices import SliceFiller, finished_slices

_PARTS_PER_WORKER: Final = 4


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
        """Fill those of some slices that are missing, and return how many events they have.

        Blocking. A part may come a second time, where its first worker was lost.
        """
        shadow = Shadow(self.database, self.purpose, ())
        with shadow.connect() as reading, shadow.enter() as writing:
            filler = SliceFiller(reading, writing, self.plan.position, self.plan.slices_len)
            finished = finished_slices(writing)
            done = sum(finished[number] for number in numbers if number in finished)
            return done + sum(filler.fill(number for number in numbers if number not in finished))


def bundles(numbers: Sequence[int], workers_len: int) -> list[Sequence[int]]:
    """Return slices in parts that some workers can share evenly, whatever their speed; pure.

    A part pays for its connections and an empty pipeline once.
    """
    parts_len = min(len(numbers), workers_len * _PARTS_PER_WORKER)
    return [numbers[start::parts_len] for start in range(parts_len)]


def fill_in_processes(
    shadow: Shadow, plan: Plan, missing: Sequence[int], jobs: int
) -> Generator[int, None, None]:
    """Fill slices in several processes, and yield numbers of events as they are done.

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
        parts = [pool.submit(work.fill, part) for part in bundles(missing, jobs)]
        try:
            for each in as_completed(parts):
                yield each.result()
        finally:
            pool.shutdown(cancel_futures=True)
