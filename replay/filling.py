"""Without this file a shadow would stay empty."""

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from typing import Any, Final, NamedTuple

from psycopg import Connection

from domain.text import Text
from ledger.errors import LedgerError
from ledger.zone import settle_zone
from projections.engine import Engine
from projections.model import ModelFactory
from projections.petitions import Petitions
from projections.positions import positions
from replay.cluster import fill_on_cluster
from replay.parallel import fill_in_processes
from replay.roll_ups import sum_rates
from replay.shadow import Plan, Shadow
from replay.slices import SliceFiller, finished_slices
from replay.together import fill_together

ROLL_UPS: Final = "rate"
"""Table that is made of the others' rows."""
_TO_INDEX: Final = (
    ("petition_step",),
    tuple(name for name in Petitions.tables if name not in {"petition_step", ROLL_UPS}),
)
"""The tables that have their rows before those are summed: two halves of the work."""

Progress = Callable[[int, int], None]
"""Takes how many events are done, and of how many."""


class UnfilledSliceError(LedgerError):
    """Slices that were said to be done are not there."""

    code = "slice-unfilled"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "有分片报告已完成，但本数据库中没有：工作进程可能连到了另一个数据库。"
                "现有读模型未改动；请核对各工作进程的 TAIZHANG_DSN 后重试。",
                "Slices were said to be done but are not in this database: workers may have "
                "written to another one. The read models are unchanged; look at the workers' "
                "TAIZHANG_DSN and try again.",
            )
        )


class _Hands(NamedTuple):
    """Who fills slices: some processes here, or the workers of a scheduler."""

    jobs: int
    scheduler: str | None


def fill(
    shadow: Shadow,
    plan: Plan,
    factories: Sequence[ModelFactory],
    *,
    jobs: int,
    progress: Progress,
    scheduler: str | None = None,
) -> None:
    """Fill a shadow with models up to the plan's position, and index it.

    Blocking. Goes on where an interrupted call ended.

    Args:
        shadow: Prepared.
        plan: What it is to hold.
        factories: The models.
        jobs: Processes to share the petitions' slices, at least 1.
        progress: Called after every slice.
        scheduler: Address of the Dask scheduler whose workers share them instead, or None.

    Raises:
        ClusterUnavailableError, MissingExtraError, WorkerRefusedError: as ``fill_on_cluster``.
        UnfilledSliceError: workers wrote to another database.
        UnreplayableEventError: an event cannot be read or applied.
    """
    with shadow.enter() as connection, shadow.enter() as second, ThreadPoolExecutor(1) as beside:
        filled = positions(connection)
        missing = [factory for factory in factories if factory.name not in filled]
        others = [factory(second) for factory in missing if factory is not Petitions]
        together = beside.submit(fill_together, shadow, second, plan, others)
        if Petitions in missing:
            _fill_slices(shadow, connection, plan, _Hands(jobs, scheduler), progress)
        # The roster among them may fix the zone that petitions are counted in.
        together.result()
        if Petitions in missing:
            _sum_and_index(shadow, connection, plan)
    shadow.index()


def catch_up(
    shadow: Shadow, factories: Sequence[ModelFactory], upto_position: int | None = None
) -> None:
    """Apply to a filled shadow what was recorded since, or up to a position. Blocking."""
    with shadow.enter() as connection:
        engine = Engine(connection, factories)
        if upto_position is None:
            engine.catch_up()
        else:
            engine.catch_up(upto_position)


def _fill_slices(
    shadow: Shadow, connection: Connection[Any], plan: Plan, hands: _Hands, progress: Progress
) -> None:
    finished = finished_slices(connection)
    done = sum(finished.values())
    progress(done, plan.position)
    missing = [number for number in range(plan.slices_len) if number not in finished]
    with ExitStack() as stack:
        parts: Generator[int, None, None]
        if hands.scheduler is not None and missing:
            parts = fill_on_cluster(shadow, plan, missing, hands.scheduler)
        elif hands.jobs > 1 and missing:
            parts = fill_in_processes(shadow, plan, missing, hands.jobs)
        else:
            reading = stack.enter_context(shadow.connect())
            filler = SliceFiller(reading, connection, plan.position, plan.slices_len)
            parts = filler.fill(missing)
        for events_len in stack.enter_context(closing(parts)):
            done += events_len
            progress(done, plan.position)
    if len(finished_slices(connection)) < plan.slices_len:
        raise UnfilledSliceError


def _sum_and_index(shadow: Shadow, connection: Connection[Any], plan: Plan) -> None:
    """Sum the roll-ups while other sessions index what the slices have filled."""
    with ThreadPoolExecutor(2) as others:
        indexed = [
            others.submit(Shadow(shadow.database, shadow.purpose, tables).index)
            for tables in _TO_INDEX
        ]
        with connection.transaction():
            sum_rates(connection, settle_zone(connection))
            # With the rows, so that an interrupted call neither repeats nor misses them.
            shadow.add_position(connection, Petitions.name, plan.position)
        for each in indexed:
            each.result()
