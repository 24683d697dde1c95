"""Without this file an old report would be checked by definitions that came later."""

from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from domain.metric_catalogue import MetricCatalogue
from domain.metric_definition import MetricDefinition
from projections.metric_definitions import catalogue_of, read_catalogue
from replay.recorded import read_recorded


def replay_catalogue(connection: Connection[Any], position: int) -> MetricCatalogue:
    """Return every definition that the log had by a position. Blocking; reads no read model."""
    definitions: dict[UUID, MetricDefinition] = {}
    for event in read_recorded(connection, MetricDefinition, position):
        definition = event.mutate(definitions.get(event.originator_id))
        if definition is not None:
            definitions[event.originator_id] = definition
    return catalogue_of(definitions.values())


def catalogue_known_at(
    connection: Connection[Any], position: int, known_at: datetime | None
) -> MetricCatalogue:
    """Return the definitions there are now, or those there were at an answer's position.

    Blocking.

    Args:
        connection: One snapshot of the role tz_app.
        position: Position of the answer.
        known_at: Aware instant that the position stands for, or None for now.
    """
    if known_at is None:
        return read_catalogue(connection)
    return replay_catalogue(connection, position)
