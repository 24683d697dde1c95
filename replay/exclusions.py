"""Without this file a published score could not be recomputed once an appeal was decided."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from psycopg import Connection

from domain.assessment import AssessmentAppeal, AssessmentEvent
from domain.counts import Counts
from projections.current_facts import read_current_facts
from projections.rate_queries import CountsAnswer
from projections.score_exclusions import (
    Exclusion,
    count_excluded,
    read_excluded,
    read_exclusions,
)
from replay.recorded import read_recorded


def excluded_known_at(
    connection: Connection[Any], answer: CountsAnswer, known_at: datetime | None
) -> Mapping[str, Counts]:
    """Return what to take off counts of units, as panels have decided by now or had by then.

    Blocking. Decisions count from when they are known, whatever instant the petitions are
    judged at: an appeal is decided after the fact.

    Args:
        connection: One snapshot of the role tz_app.
        answer: Counts by unit.
        known_at: Aware instant that the answer's position stands for, or None for now.
    """
    if known_at is None:
        return read_excluded(connection, answer)
    return replay_excluded(connection, answer)


def exclusions_known_at(
    connection: Connection[Any], answer: CountsAnswer, known_at: datetime | None
) -> list[Exclusion]:
    """Return what panels have taken out of scores by now, or had by then. Blocking."""
    if known_at is None:
        return read_exclusions(connection)
    return replay_exclusions(connection, answer.position)


def replay_excluded(connection: Connection[Any], answer: CountsAnswer) -> Mapping[str, Counts]:
    """Return what to take off counts of units, as panels had decided by the answer's position.

    Blocking; reads no read model.
    """
    exclusions = replay_exclusions(connection, answer.position)
    petitions = {each.petition_id for each in exclusions}
    facts = read_current_facts(connection, petitions, answer.position)
    return count_excluded(exclusions, facts, answer)


def replay_exclusions(connection: Connection[Any], position: int) -> list[Exclusion]:
    """Return what panels had taken out of scores by a position. Blocking; reads the log alone."""
    appeals: dict[UUID, Exclusion] = {}
    excluded: list[Exclusion] = []
    for recorded in read_recorded(connection, AssessmentAppeal, position):
        event = cast("AssessmentEvent", recorded)
        if isinstance(event, AssessmentAppeal.Created):
            appeals[event.originator_id] = Exclusion(event.unit, event.petition_id)
        elif event.excluded_by is not None:
            excluded.append(appeals[event.originator_id])
    return excluded
