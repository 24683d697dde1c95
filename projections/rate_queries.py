"""Without this file no rate could be read, now or at any earlier instant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import add
from typing import Any, Final
from zoneinfo import ZoneInfo

from psycopg import Connection
from psycopg.rows import tuple_row

from domain.counts import Counts
from domain.dimension import Dimension
from domain.rate import Rate, WithheldRate
from domain.rates import RateDefinition
from domain.succession import AS_DISPATCHED, Succession
from domain.text import Text
from ledger.queries import load_queries
from projections.incomplete_scopes import (
    IncompleteScope,
    read_incomplete_scopes,
    withheld_text,
)
from projections.packed_vector import pack_changes, unpack
from projections.rate_source import find_source
from projections.scope import EVERYTHING, Cohort, Scope
from projections.succession import read_succession

QUERIES: Final = load_queries("projections", "rate_queries")


@dataclass(frozen=True)
class CountsAnswer:
    """Counts by group, with all that is needed to ask the same question again.

    Attributes:
        position: Log place of the read model, 0 before its first event.
        as_of: Aware instant the petitions were judged at.
        by: What the rows are grouped by.
        scope: Which petitions were meant.
        cohort: The cohort, or None for all accepted by ``as_of``.
        rows: Group to counts; ``""`` is the hub, or what has no such attribute. Groups
            for which nothing counts are absent.
        incomplete: Scopes of which not all petitions are on record.
        succession: Under which units the petitions of which codes are counted.
    """

    position: int
    as_of: datetime
    by: Dimension
    scope: Scope
    cohort: Cohort | None
    rows: Mapping[str, Counts]
    incomplete: tuple[IncompleteScope, ...] = ()
    succession: Succession = AS_DISPATCHED

    @property
    def total(self) -> Counts:
        """The sum over all groups."""
        return reduce(add, self.rows.values(), Counts())

    def withheld(self, key: str | None = None) -> Text | None:
        """Return why a group, or the total, has no rate; None where it may have one."""
        return withheld_text(self.incomplete, self.scope.extent(self.by, key), self.succession)

    def rate(self, definition: RateDefinition, key: str | None = None) -> Rate:
        """Return a rate of a group, or of the total; a withheld one says why."""
        reason = self.withheld(key)
        if reason is not None:
            return WithheldRate(reason)
        return definition.of(self.total if key is None else self.rows.get(key, Counts()))


def read_counts(
    connection: Connection[Any],
    by: Dimension,
    *,
    as_of: datetime,
    zone: ZoneInfo,
    scope: Scope = EVERYTHING,
    cohort: Cohort | None = None,
) -> CountsAnswer:
    """Return what every group counts for at an instant.

    Blocking, one statement and so one snapshot, and one more each for the scopes over which
    no rate may be given and, where units matter, for their heirs. Exact at every instant:
    whole local months and days come from the roll-ups, the last of them less the steps that
    ``as_of`` does not reach yet; a cohort of whole local months comes from months in the same
    way. Other cohorts, and scopes that no roll-up keeps, come from the steps alone: those of a
    cohort are found by index, the others cost a scan.

    Args:
        connection: Of a role that may read the read models.
        by: Groups of the answer.
        as_of: Aware instant; acts at that very instant count.
        zone: Zone of the ledger's days.
        scope: Which petitions are meant.
        cohort: Only petitions accepted in this stretch.

    Raises:
        ValueError: ``as_of`` has no time zone.
        UnitSucceededError: the unit of the scope has an heir by then.

    Source:
        domain.md §5, "Variants", and decisions 6 and 8.
    """
    if as_of.tzinfo is None:
        raise ValueError("as_of has no time zone; pass an aware instant")
    succession = AS_DISPATCHED
    if scope.needs_heirs(by):
        succession = read_succession(connection, scope.units_at or as_of, zone)
    units = None if scope.unit is None else sorted(succession.codes(scope.unit))
    source = find_source(by, scope, cohort, zone)
    parameters = _parameters(by, as_of, scope, units, cohort)
    cursor = connection.cursor(row_factory=tuple_row, binary=True)
    # Never prepared: a plan made for another scope, or for an empty table, would be kept.
    if source is None:
        cursor.execute(QUERIES["sum_counts_of_steps"], parameters, prepare=False)
    else:
        parameters |= source.parameters(by, as_of, zone, scope, units)
        cursor.execute(QUERIES["sum_counts"], parameters, prepare=False)
    position, sums = 0, dict[str, int]()
    for place, key, counts, delta, steps in cursor:
        position = place
        if key is not None:
            group = succession.heir(key) if by is Dimension.UNIT else key
            packed = int(counts) if delta is None else steps * pack_changes(delta)
            sums[group] = sums.get(group, 0) + packed
    rows = {key: Counts(unpack(packed)) for key, packed in sorted(sums.items()) if packed}
    incomplete = read_incomplete_scopes(connection)
    return CountsAnswer(position, as_of, by, scope, cohort, rows, incomplete, succession)


def _parameters(
    by: Dimension,
    as_of: datetime,
    scope: Scope,
    units: list[str] | None,
    cohort: Cohort | None,
) -> dict[str, object]:
    return {
        "by": by.value,
        "as_of": as_of,
        "units": units,
        "petition_type": scope.petition_type,
        "channel": scope.channel,
        "region": scope.region,
        "accepted_from": cohort.accepted_from if cohort else None,
        "accepted_before": cohort.accepted_before if cohort else None,
    }
