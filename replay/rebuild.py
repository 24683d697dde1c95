"""Without this file a wrong read model could only be mended by hand."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from psycopg import errors

from domain.text import Text
from ledger.database import Database, Role
from ledger.errors import LedgerError
from projections.model import ModelFactory
from projections.models import MODELS
from projections.positions import add_models
from replay.filling import Progress, catch_up, fill
from replay.shadow import Purpose, Shadow
from replay.swap import swap

SWAP_TRIES_MAX: Final = 20


class SwapBusyError(LedgerError):
    """Readers held the old tables too long for them to be replaced."""

    code = "swap-busy"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "重建已完成，但旧表一直被占用，未能替换；已重建的内容已保留。"
                "请稍后再运行 taizhang replay rebuild，将从此处继续。",
                "The rebuild is complete, but the old tables were in use all the while and could "
                "not be replaced. What was rebuilt is kept: run taizhang replay rebuild again "
                "later, it goes on from here.",
            )
        )


class Rebuilt(NamedTuple):
    """What a rebuild did.

    Attributes:
        models: Names of the models.
        position: The log up to here is in the new tables.
        kept_schema: Where the old tables are kept, or None.
    """

    models: tuple[str, ...]
    position: int
    kept_schema: str | None


def rebuild(
    database: Database,
    factories: Sequence[ModelFactory] = MODELS,
    *,
    jobs: int = 1,
    scheduler: str | None = None,
    keep_old: bool = False,
    progress: Progress = lambda *_: None,
) -> Rebuilt:
    """Make read models anew from the log, and put them in the place of the old ones.

    Blocking. The live engine may run and people may read all the while; the new tables
    take the old ones' place in one transaction once they have caught up. An interrupted
    call goes on where it ended, as long as the program is the same.

    Args:
        database: The ledger.
        factories: The models to rebuild.
        jobs: Processes to share the work, at least 1.
        scheduler: Address of the Dask scheduler whose workers share it instead, or None.
        keep_old: Whether to keep the old tables in a schema of their own.
        progress: Called after every slice.

    Raises:
        ClusterUnavailableError, MissingExtraError, UnfilledSliceError, UnreplayableEventError,
            WorkerRefusedError: as ``fill``; nothing was replaced.
        ReplayBusyError: another rebuild is under way.
        SwapBusyError: the old tables were in use all the while.
    """
    names = tuple(factory.name for factory in factories)
    with database.connect(Role.PROJECTOR, autocommit=True) as connection:
        add_models(connection, names)
    tables = [table for factory in factories for table in factory.tables]
    shadow = Shadow(database, Purpose.REBUILD, tables)
    with shadow.hold() as owner:
        plan = shadow.prepare(owner)
        fill(shadow, plan, factories, jobs=jobs, progress=progress, scheduler=scheduler)
        shadow.make_room(owner)
        position = _swap_when_caught_up(shadow, factories, names)
        shadow.drop(owner)
        if not keep_old:
            shadow.drop_aside(owner)
    return Rebuilt(names, position, shadow.aside if keep_old else None)


def _swap_when_caught_up(
    shadow: Shadow, factories: Sequence[ModelFactory], names: Sequence[str]
) -> int:
    """Swap as soon as the shadow holds no less than the live tables; return its position."""
    for _ in range(SWAP_TRIES_MAX):
        catch_up(shadow, factories)
        try:
            with shadow.connect() as live, shadow.enter() as shadowed:
                position = swap(live, shadowed, names)
        except (errors.LockNotAvailable, errors.DeadlockDetected):
            continue
        if position is not None:
            return position
    raise SwapBusyError
