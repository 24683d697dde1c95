"""Without this file models of few events would each read the whole log."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final, cast
from uuid import UUID

from psycopg import Connection

from ledger.queries import load_queries
from projections.decoding import CODEC
from projections.model import ReadModel
from replay.shadow import Plan, Shadow
from replay.streams import PAGE_LEN, UnreplayableEventError, describe

QUERIES: Final = load_queries("replay", "together")

_EventRow = tuple[int, str, int, UUID, int, datetime, bytes]


def fill_together(
    shadow: Shadow, connection: Connection[Any], plan: Plan, models: Sequence[ReadModel]
) -> None:
    """Apply the events of models that have few, all in one reading of the log.

    Blocking, a short transaction per stretch of the log: a long one would keep the server
    from clearing away what appends leave behind. What an interrupted call had applied is
    applied anew.

    Args:
        shadow: Prepared.
        connection: Sees it first.
        plan: What it is to hold.
        models: On that connection.

    Raises:
        UnreplayableEventError: an event cannot be read or applied.
    """
    if not models:
        return
    tables = [table for model in models for table in model.tables]
    own = Shadow(shadow.database, shadow.purpose, tables)
    own.empty()
    # Statements of the live engine replace rows by their keys.
    own.index()
    aggregates = sorted({name for model in models for name in model.aggregates})
    for rows in _stretches(connection, plan.position, aggregates):
        with connection.transaction():
            for model in models:
                _apply(model, rows)
    with connection.transaction():
        for model in models:
            shadow.add_position(connection, model.name, plan.position)
    own.analyze()


def _stretches(
    connection: Connection[Any], upto_position: int, aggregates: Sequence[str]
) -> Iterator[list[_EventRow]]:
    for after in range(0, upto_position, PAGE_LEN):
        parameters = {
            "after": after,
            "upto": min(after + PAGE_LEN, upto_position),
            "aggregates": aggregates,
        }
        rows = connection.execute(QUERIES["read_aggregates"], parameters).fetchall()
        if rows:
            yield cast("list[_EventRow]", rows)


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
