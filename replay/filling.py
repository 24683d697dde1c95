"""Without this file a shadow would stay empty."""

from collections.abc import Callable, Sequence
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
from replay.slices import (
    PAGE_LEN,
    SliceFiller,
    UnreplayableEventError,
    describe,
    finished_slices,
    sum_rates,
)

QUERIES: Final = load_queries("replay", "filling")

_EventRow = tuple[int, str, int, UUID, int, datetime, bytes]

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
        for factory in factories:
            model = factory(connection)
            if model.name in filled:
                continue
            if isinstance(model, Petitions):
                _fill_slices(shadow, connection, plan, jobs, progress)
            else:
                # Statements of the live engine replace rows by their keys.
                Shadow(shadow.database, shadow.purpose, model.tables).index()
            with connection.transaction():
                if isinstance(model, Petitions):
                    sum_rates(connection, settle_zone(connection))
                else:
                    _apply_all(connection, plan, model)
                # With the rows, so that an interrupted call neither repeats nor misses them.
                shadow.add_position(connection, model.name, plan.position)
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


def _apply_all(connection: Connection[Any], plan: Plan, model: ReadModel) -> None:
    """Apply the events of the model's aggregates alone; for models whose events are few."""
    parameters: dict[str, object] = {
        "after": 0,
        "upto": plan.position,
        "aggregates": list(model.aggregates),
        "limit": PAGE_LEN,
    }
    while rows := connection.execute(QUERIES["read_aggregates"], parameters).fetchall():
        _apply(model, cast("list[_EventRow]", rows))
        parameters["after"] = rows[-1][0]


def _apply(model: ReadModel, rows: list[_EventRow]) -> None:
    events = []
    for position, topic, schema_version, originator_id, version, occurred_at, payload in rows:
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
