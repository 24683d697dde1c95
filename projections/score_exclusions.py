"""Without this file a panel's decision would leave the score as it was."""

from dataclasses import replace
from operator import sub
from typing import Any

from psycopg import Connection

from domain.counts import Counts
from domain.metrics import judge
from domain.petition_facts import PetitionFacts
from projections.assessment_appeals import read_exclusions
from projections.petition_facts import read_facts
from projections.rate_queries import CountsAnswer
from projections.scope import Cohort, Scope


def leave_out(connection: Connection[Any], counts: CountsAnswer) -> CountsAnswer:
    """Return counts by unit without what panels had excluded by then. Blocking, two queries.

    A petition is left out of the score of the unit that appealed, and of no other figure.

    Args:
        connection: Of a role that may read the read models.
        counts: By unit.

    Source:
        domain.md §4 row 37.
    """
    excluded = read_exclusions(connection, counts.as_of)
    if not excluded:
        return counts
    facts = read_facts(connection, {petition_id for _, petition_id in excluded})
    rows = dict(counts.rows)
    for unit, petition_id in excluded:
        petition = facts.get(petition_id)
        if petition is None or unit not in rows or not _is_meant(petition, counts):
            continue
        gone = judge(petition, counts.as_of).get(unit)
        if gone is not None:
            rows[unit] = Counts(tuple(map(sub, rows[unit].vector, gone)))
    return replace(counts, rows={unit: each for unit, each in rows.items() if not each.is_empty})


def _is_meant(facts: PetitionFacts, counts: CountsAnswer) -> bool:
    return _in_scope(facts, counts.scope) and _in_cohort(facts, counts.cohort)


def _in_scope(facts: PetitionFacts, scope: Scope) -> bool:
    pairs = (
        (scope.petition_type, facts.petition_type),
        (scope.channel, facts.channel),
        (scope.region, facts.region),
    )
    return all(wanted is None or wanted == (stated or "") for wanted, stated in pairs)


def _in_cohort(facts: PetitionFacts, cohort: Cohort | None) -> bool:
    if cohort is None:
        return True
    at = facts.accepted_at
    return at is not None and cohort.accepted_from <= at < cohort.accepted_before
