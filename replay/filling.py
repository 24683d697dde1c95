"""Without this file a shadow would stay empty."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, Final, cast
from uuid import UUID

from psycopg import Connection

from ledger.queries import load_queries
from ledger.zone import settle_zone
from projections.decoding import CODEC
from projections.engine import Engine
from projections.model import ModelFactory, ReadModel
from projections.petitions import Petitions
from projections.positions import positions
from replay.parallel import fill_in_processes
from replay.shadow import Plan, Shadow
from replay.slices import SliceFiller, finished_slices, sum_rates
from replay.streams import PAGE_LEN, UnreplayableEventError, describe

QUERIES: Final = load_queries("replay", "filling")

_EventRow = tuple[int, str, int, UUID, int, datetime, bytes]

ROLL_UPS: Final = "rate"
"""Table that is made of the others' rows."""

Progress = Callable[[int, int], None]
"""Takes how many events are done, and of how many."""


def fill(
    shadow: Shadow,
    plan: Plan,
    factories: Sequence[ModelFactory],
    *,
    jobs: int,
    progress: Progress,
) -> None:
    """Fill a shadow with models up to the plan's position, and index it.

    Blocking. Goes on where an interrupted call ended.

    Args:
        shadow: Prepared.
        plan: What it is to hold.
        factories: The models.
        jobs: Processes to share the petitions' slices, at least 1.
        progress: Called after every slice.

    Raises:
        UnreplayableEventError: an event cannot be read or applied.
    """
    with shadow.enter() as connection:
        filled = positions(connection)
        missing = [
            model for factory in factories if (model := factory(connection)).name not in filled
        ]
        # First, as the roster may fix the zone that petitions are counted in.
        _fill_together(
            shadow, connection, plan, [each for each in missing if not isinstance(each, Petitions)]
        )
        for model in missing:
            if isinstance(model, Petitions):
                _fill_slices(shadow, connection, plan, jobs, progress)
                _sum_and_index(shadow, connection, plan, model)
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
    shadow: Shadow, connection: Connection[Any], plan: Plan, jobs: int, progress: Progress
) -> None:
    finished = finished_slices(connection)
    done = sum(finished.values())
    progress(done, plan.position)
    missing = [number for number in range(plan.slices_len) if number not in finished]
    if jobs > 1:
        for events_len in fill_in_processes(shadow, plan, missing, jobs):
            done += events_len
            progress(done, plan.position)
    else:
        with shadow.connect() as reading:
            filler = SliceFiller(reading, connection, plan.position, plan.slices_len)
            for number in missing:
                done += filler.fill(number)
                progress(done, plan.position)


def _sum_and_index(
    shadow: Shadow, connection: Connection[Any], plan: Plan, model: Petitions
) -> None:
    """Sum the roll-ups while other sessions index what the slices have filled."""
    with ThreadPoolExecutor(2) as others:
        indexed = [
            others.submit(Shadow(shadow.database, shadow.purpose, [table]).index)
            for table in model.tables
            if table != ROLL_UPS
        ]
        with connection.transaction():
            sum_rates(connection, settle_zone(connection))
            # With the rows, so that an interrupted call neither repeats nor misses them.
            shadow.add_position(connection, model.name, plan.position)
        for each in indexed:
            each.result()


def _fill_together(
    shadow: Shadow, connection: Connection[Any], plan: Plan, models: Sequence[ReadModel]
) -> None:
    """Apply the events of models that have few, all in one reading of the log."""
    if not models:
        return
    # Statements of the live engine replace rows by their keys.
    tables = [table for model in models for table in model.tables]
    keyed = Shadow(shadow.database, shadow.purpose, tables)
    keyed.index()
    parameters: dict[str, object] = {
        "after": 0,
        "upto": plan.position,
        "aggregates": sorted({name for model in models for name in model.aggregates}),
        "limit": PAGE_LEN,
    }
    with connection.transaction():
        while rows := connection.execute(QUERIES["read_aggregates"], parameters).fetchall():
            for model in models:
                _apply(model, cast("list[_EventRow]", rows))
            parameters["after"] = rows[-1][0]
        for model in models:
            shadow.add_position(connection, model.name, plan.position)
    keyed.analyze()


def _apply(model: ReadModel, rows: list[_EventRow]) -> None:
    events = []
    for position, topic, schema_version, originator_id, version, occurred_at, payload in rows:
        if topic.partition(".")[0] not in model.aggregates:
            continue
        try:
            events.append(
                CODEC.decode(topic, schema_version, originator_id, version, occurred_at, payload)
            )
        except Exception as error:
            raise UnreplayableEventError(position, describe(error)) from error
    try:
        model.apply(events)
    except Exception as error:
        raise UnreplayableEventError(rows[-1][0], describe(error)) from error
