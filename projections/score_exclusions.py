"""Without this file an appeal could be upheld and the score stay as it was."""

from collections.abc import Collection, Mapping
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.counts import Counts
from domain.metrics import judge
from domain.petition_facts import PetitionFacts
from domain.succession import Succession
from ledger.queries import load_queries
from projections.petition_facts import read_facts
from projections.rate_queries import CountsAnswer
from projections.scope import is_meant

QUERIES: Final = load_queries("projections", "score_exclusions")


class Exclusion(NamedTuple):
    """A petition that a panel took out of a unit's score."""

    unit: str
    petition_id: UUID


def read_exclusions(connection: Connection[Any]) -> list[Exclusion]:
    """Return what panels have taken out of scores, as far as is known now. Blocking, one query."""
    return [Exclusion(*row) for row in connection.execute(QUERIES["list_excluded"])]


def count_excluded(
    exclusions: Collection[Exclusion], petitions: Mapping[UUID, PetitionFacts], answer: CountsAnswer
) -> dict[str, Counts]:
    """Return what excluded petitions count for in the scores they are excluded from, by unit.

    Pure. An heir's score leaves out what was excluded from those it goes on for, and the other
    way.

    Args:
        exclusions: What panels decided.
        petitions: What is known of those petitions.
        answer: The counts that scores are made of, for their instant, scope and cohort.
    """
    excluded: dict[str, Counts] = {}
    succession = answer.succession
    for unit, petition_id in sorted({reported(each, succession) for each in exclusions}):
        facts = petitions.get(petition_id)
        if facts is None or answer.scope.unit not in (None, unit):
            continue
        if not is_meant(facts, answer.scope, answer.cohort):
            continue
        for code, vector in judge(facts, answer.as_of).items():
            if succession.heir(code) == unit:
                excluded[unit] = excluded.get(unit, Counts()) + Counts(vector)
    return excluded


def reported(exclusion: Exclusion, succession: Succession) -> Exclusion:
    """Return an exclusion under the unit whose score it changes; pure."""
    return exclusion._replace(unit=succession.heir(exclusion.unit))


def read_excluded(connection: Connection[Any], answer: CountsAnswer) -> dict[str, Counts]:
    """Return what to take off counts of units, as panels have decided by now.

    Blocking, two queries, or one where nothing was excluded; costs a verdict on each
    excluded petition, never on the others. Decisions count from when they are known,
    whatever instant the petitions are judged at: an appeal is decided after the fact.
    """
    exclusions = read_exclusions(connection)
    if not exclusions:
        return {}
    facts = read_facts(connection, {each.petition_id for each in exclusions})
    return count_excluded(exclusions, facts, answer)
