"""Without this file a reform could be judged only after it was issued.

Reads alone: the log is told twice in memory, as it is and as it would be, and both are
counted by the same definitions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from domain.counts import Counts
from domain.dimension import Dimension
from domain.petition_facts import PetitionFacts
from domain.standing import latest_deadlines
from domain.supposition import Supposition
from projections.rate_queries import CountsAnswer
from projections.scope import EVERYTHING, Cohort, Scope
from projections.score_exclusions import count_excluded
from replay.collection import no_collection
from replay.exclusions import replay_exclusions
from replay.figures import incomplete_scopes
from replay.known_rules import KnownRules
from replay.succession import replay_succession
from replay.tally import Tally
from replay.twins import read_twins


@dataclass(frozen=True)
class WhatIf:
    """One history counted twice.

    Attributes:
        real: As it is.
        supposed: As it would be under the supposed rules.
        real_excluded: What upheld appeals take off the real score, by unit.
        supposed_excluded: What they take off the supposed one.
        petitions: How many petitions the log has.
        dues_moved: How many of them would have had another due in their first cycle.
        imported: How many came from another system, with a due that its file states.
    """

    real: CountsAnswer
    supposed: CountsAnswer
    real_excluded: Mapping[str, Counts]
    supposed_excluded: Mapping[str, Counts]
    petitions: int
    dues_moved: int
    imported: int


def tell_what_if(
    connection: Connection[Any],
    supposition: Supposition,
    rules: KnownRules,
    by: Dimension,
    *,
    as_of: datetime,
    position: int,
    scope: Scope = EVERYTHING,
    cohort: Cohort | None = None,
) -> WhatIf:
    """Return what every group counts for, and what it would count for under other rules.

    Blocking; folds every petition of the log twice, reads no read model, writes nothing.

    Args:
        connection: Of the role tz_app; nobody else may use it meanwhile.
        supposition: The other rules.
        rules: What the log says of packs and calendars.
        by: Groups of the answer.
        as_of: Aware instant; acts at that very instant count.
        position: Last position that counts.
        scope: Which petitions are meant.
        cohort: Only petitions accepted in this stretch.

    Raises:
        UnreplayableEventError: an event cannot be read, applied or counted again.
        UnitSucceededError: the unit of the scope has an heir by then.

    Source:
        domain.md §7 no. 9.
    """
    succession = replay_succession(connection, by, scope, as_of=as_of, position=position)
    real, supposed = (Tally(by, as_of, succession, scope, cohort) for _ in range(2))
    petitions = dues_moved = imported = 0
    exclusions = replay_exclusions(connection, position)
    appealed = {each.petition_id for each in exclusions}
    excluded: tuple[dict[UUID, PetitionFacts], dict[UUID, PetitionFacts]] = ({}, {})
    with no_collection():
        for facts, other in read_twins(connection, supposition, rules, position):
            real.add(facts)
            supposed.add(other)
            petitions += 1
            dues_moved += _first_due(facts) != _first_due(other)
            imported += facts.imported
            if facts.petition_id in appealed:
                excluded[0][facts.petition_id], excluded[1][facts.petition_id] = facts, other
    incomplete = incomplete_scopes(connection, position)
    real_rows, supposed_rows = (
        CountsAnswer(position, as_of, by, scope, cohort, tally.rows(), incomplete, succession)
        for tally in (real, supposed)
    )
    return WhatIf(
        real_rows,
        supposed_rows,
        count_excluded(exclusions, excluded[0], real_rows),
        count_excluded(exclusions, excluded[1], supposed_rows),
        petitions,
        dues_moved,
        imported,
    )


def _first_due(facts: PetitionFacts) -> datetime | None:
    due = latest_deadlines(facts.cycles[0]).effective if facts.cycles else None
    return None if due is None else due.due_at
