"""Without this file a rebuild would use one core of a machine that has many."""

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import Final, NamedTuple, TypeVar

from ledger.database import Database
from replay.shadow import Plan, Purpose, Shadow
from replay.slices import SliceFiller, finished_slices

_PARTS_PER_WORKER: Final = 4

Part = TypeVar("Part")
Result = TypeVar("Result")


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
    work = SliceWork(without_server(shadow.database), shadow.purpose, plan)
    with _pool(jobs) as pool:
        parts = [pool.submit(work.fill, part) for part in bundles(missing, jobs)]
        try:
            for each in as_completed(parts):
                yield each.result()
        finally:
            pool.shutdown(cancel_futures=True)


def in_order(
    work: Callable[[Part], Result], parts: Sequence[Part], jobs: int
) -> Generator[Result, None, None]:
    """Yield what becomes of some parts in their order, whichever is done first.

    Blocking. A single process or part is this process's own work. Parts that nobody has
    begun are given up with the generator.

    Args:
        work: Does one part; like parts and results, it can be sent to another process.
        parts: What there is to do.
        jobs: Number of processes, at least 1.
    """
    jobs = min(jobs, len(parts))
    if jobs <= 1:
        yield from map(work, parts)
        return
    with _pool(jobs) as pool:
        try:
            yield from pool.map(work, parts)
        finally:
            pool.shutdown(cancel_futures=True)


def without_server(database: Database) -> Database:
    """Return a ledger that can be sent to another process, which is not to stop its server."""
    return Database(database.ledger, dict(database.dsns), database.admin_dsn)


def _pool(jobs: int) -> ProcessPoolExecutor:
    # A forked child would share this process's connections; a spawned one opens its own.
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))
