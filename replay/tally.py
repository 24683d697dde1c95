"""Without this file figures of one history and of a supposed one could be added up differently."""

from collections import Counter
from datetime import datetime

from domain.counts import Counts
from domain.dimension import Dimension
from domain.measures import ZERO, Vector
from domain.petition_facts import PetitionFacts
from domain.succession import Succession
from domain.verdicts import Verdicts
from projections.petition_steps import kind_of
from projections.scope import EVERYTHING, Cohort, Scope, is_meant


class Tally:
    """Sums of what petitions count for at an instant, by group.

    Args:
        by: Groups.
        as_of: Aware instant; acts at that very instant count.
        succession: Under which units the petitions of which codes are counted.
        scope: Which petitions are meant.
        cohort: Only petitions accepted in this stretch.

    Raises:
        UnitSucceededError: the unit of the scope has an heir by then.
    """

    def __init__(
        self,
        by: Dimension,
        as_of: datetime,
        succession: Succession,
        scope: Scope = EVERYTHING,
        cohort: Cohort | None = None,
    ) -> None:
        self._by = by
        self._verdicts = Verdicts(as_of)
        self._succession = succession
        self._scope = scope
        self._units = None if scope.unit is None else succession.codes(scope.unit)
        self._cohort = cohort
        # Few verdicts differ, so equal ones are counted and multiplied once.
        self._counted: Counter[tuple[str, Vector]] = Counter()

    def add(self, facts: PetitionFacts) -> None:
        """Add a petition to its groups, if it is meant."""
        if not is_meant(facts, self._scope, self._cohort):
            return
        kind = kind_of(facts)
        for unit, vector in self._verdicts.of(facts):
            if self._units is not None and unit not in self._units:
                continue
            key = {
                Dimension.TOTAL: "",
                Dimension.UNIT: self._succession.heir(unit),
                Dimension.TYPE: kind.petition_type,
                Dimension.CHANNEL: kind.channel,
                Dimension.REGION: kind.region,
            }[self._by]
            self._counted[key, vector] += 1

    def rows(self) -> dict[str, Counts]:
        """Return the counts of the groups for which anything counts, by key in order."""
        sums: dict[str, Vector] = {}
        for (key, vector), times in self._counted.items():
            before = sums.get(key, ZERO)
            sums[key] = tuple(a + times * b for a, b in zip(before, vector, strict=True))
        return {key: Counts(vector) for key, vector in sorted(sums.items()) if any(vector)}
