"""Without this file an appeal could be upheld and the score stay as it was."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.counts import Counts
from domain.metrics import judge
from ledger.queries import load_queries
from projections.current_facts import read_current_facts
from projections.rate_queries import CountsAnswer
from projections.scope import Cohort, Scope, is_meant

QUERIES: Final = load_queries("projections", "score_exclusions")


class Exclusion(NamedTuple):
    """A petition that a panel took out of a unit's score."""

    unit: str
    petition_id: UUID


def read_exclusions(connection: Connection[Any]) -> list[Exclusion]:
    """Return what panels have taken out of scores, as far as is known now. Blocking, one query."""
    return [Exclusion(*row) for row in connection.execute(QUERIES["list_excluded"])]


def count_excluded(
    connection: Connection[Any],
    exclusions: Collection[Exclusion],
    *,
    as_of: datetime,
    position: int,
    scope: Scope,
    cohort: Cohort | None,
) -> dict[str, Counts]:
    """Return what excluded petitions count for in the scores they are excluded from, by unit.

    Blocking, one query; costs a fold of each excluded petition, never of the others.

    Args:
        connection: Of the role tz_app.
        exclusions: What panels decided.
        as_of: Aware instant the petitions are judged at.
        position: Last position that counts.
        scope: Which petitions are meant.
        cohort: Only petitions accepted in this stretch.
    """
    excluded: dict[str, Counts] = {}
    known = read_current_facts(connection, {each.petition_id for each in exclusions}, position)
    for unit, petition_id in sorted(set(exclusions)):
        facts = known.get(petition_id)
        if facts is None or not is_meant(facts, scope, cohort) or scope.unit not in (None, unit):
            continue
        vector = judge(facts, as_of).get(unit)
        if vector is not None:
            excluded[unit] = excluded.get(unit, Counts()) + Counts(vector)
    return excluded


def read_excluded(connection: Connection[Any], answer: CountsAnswer) -> dict[str, Counts]:
    """Return what to take off counts of units, as panels have decided by now.

    Blocking, two queries. Decisions count from when they are known, whatever instant the
    petitions are judged at: an appeal is decided after the fact.
    """
    return count_excluded(
        connection,
        read_exclusions(connection),
        as_of=answer.as_of,
        position=answer.position,
        scope=answer.scope,
        cohort=answer.cohort,
    )
