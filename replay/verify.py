"""Without this file trust in the ledger would rest on the programs that write it."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from psycopg import Connection

from domain.text import Text
from ledger.append_guard import AppendGuard, GuardState, read_guard
from ledger.database import Database, Role
from ledger.queries import load_queries
from projections.model import ModelFactory
from projections.models import MODELS
from projections.positions import ModelStatus, add_models, statuses
from replay.filling import Progress, catch_up, fill
from replay.finding import Fault, Finding
from replay.log_check import check_log
from replay.row_check import compare_table
from replay.shadow import Purpose, Shadow
from replay.streams import UnreplayableEventError

QUERIES: Final = load_queries("replay", "verify")


class Verified(NamedTuple):
    """What a verification found.

    Attributes:
        position: The log was found right up to here.
        models: Position at which each read model was compared.
        findings: The first fault of the log, and the first of every table.
        guard: What keeps recorded events from being changed.
    """

    position: int
    models: dict[str, int]
    findings: list[Finding]
    guard: AppendGuard


def verify(
    database: Database,
    factories: Sequence[ModelFactory] = MODELS,
    *,
    jobs: int = 1,
    progress: Progress = lambda *_: None,
) -> Verified:
    """Read the whole ledger again and compare all that follows from it.

    Blocking, changes nothing people read; appends and the engine may go on. Positions
    are dense, versions contiguous, leaf hashes those of the columns, personal values
    open their commitments, each read model's rows are those that a rebuild makes, and the
    database refuses to change an event.

    Args:
        database: The ledger.
        factories: The read models to compare.
        jobs: Processes to share the work, at least 1; a short log needs fewer.
        progress: Called as the log is read, and again as each model is rebuilt.

    Raises:
        ReplayBusyError: another verification is under way.
    """
    position, fault = check_log(database, progress, jobs=jobs)
    findings = [] if fault is None else [fault]
    with database.connect(Role.APP) as connection:
        state = read_guard(connection)
    findings += _missing_guard(state)
    models: dict[str, int] = {}
    for factory in factories:
        status, faults = _check_model(database, factory, jobs, progress)
        models[status.model] = status.position
        findings += faults
    return Verified(position, models, findings, state.guard)


def _missing_guard(state: GuardState) -> Iterator[Finding]:
    if state.guard is AppendGuard.NONE:
        text = Text(
            f"数据库不再阻止改动已记录的事件：{state.fault.zh}。",
            f"The database no longer refuses changes of recorded events: {state.fault.en}.",
        )
        yield Finding(Fault.NOT_APPEND_ONLY, text, table="event")


def _check_model(
    database: Database, factory: ModelFactory, jobs: int, progress: Progress
) -> tuple[ModelStatus, list[Finding]]:
    with database.connect(Role.PROJECTOR, autocommit=True) as connection:
        add_models(connection, [factory.name])
        status = _status(connection, factory.name)
    shadow = Shadow(database, Purpose.VERIFY, factory.tables)
    with shadow.hold() as owner:
        try:
            plan = shadow.prepare(owner, status.position)
            jobs = min(jobs, plan.slices_len)
            fill(shadow, plan, [factory], jobs=jobs, progress=progress)
            return _compare(shadow, factory)
        except UnreplayableEventError as error:
            finding = Finding(Fault.UNREPLAYABLE, error.text, position=error.position)
            return status, [finding]
        finally:
            shadow.drop(owner)


def _compare(shadow: Shadow, factory: ModelFactory) -> tuple[ModelStatus, list[Finding]]:
    """Compare the tables at the position the live model has by now."""
    with shadow.connect() as live, live.transaction():
        live.execute(QUERIES["set_snapshot"])
        status = _status(live, factory.name)
        catch_up(shadow, [factory], status.position)
        with shadow.enter() as shadowed, shadowed.transaction():
            faults = [compare_table(live, shadowed, table) for table in shadow.tables]
    findings = [fault for fault in faults if fault is not None]
    return status, [*_stop_of(status), *findings]


def _status(connection: Connection[Any], model: str) -> ModelStatus:
    return next(status for status in statuses(connection) if status.model == model)


def _stop_of(status: ModelStatus) -> Iterator[Finding]:
    if status.stopped_position is not None:
        position, cause = status.stopped_position, status.stopped_cause
        text = Text(
            f"读模型 {status.model} 停在第 {position} 号事件之前：{cause}",
            f"Read model {status.model} stopped before event {position}: {cause}",
        )
        yield Finding(Fault.MODEL_STOPPED, text, position=position)
