"""Without this file a question would not find the few rows of the roll-ups that answer it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from domain.dimension import Dimension
from projections.rates import MONTH, cohort_grouping
from projections.scope import Cohort, Scope

_UNIT_AND_TYPE: Final = frozenset({Dimension.UNIT, Dimension.TYPE})


@dataclass(frozen=True)
class RateSource:
    """Which rows of table ``rate`` answer a question, and what their two keys are.

    Attributes:
        key: What their key is.
        subkey: What their subkey is, None where it is empty.
        months_of: The groupings whose whole months add up to the answer.
        days_of: The grouping of the days after them; None where there are whole months only.
    """

    key: Dimension
    subkey: Dimension | None
    months_of: tuple[str, ...]
    days_of: str | None

    def parameters(
        self,
        by: Dimension,
        as_of: datetime,
        zone: ZoneInfo,
        scope: Scope,
        units: list[str] | None,
    ) -> dict[str, object]:
        """Return what ``sum_counts`` takes beside the limits of single steps; pure.

        Args:
            by: Groups of the answer.
            as_of: Aware instant; its day, or month, is taken as a whole, and the single steps
                after it are taken back: of the present day those are the few that lie ahead.
            zone: Zone of the ledger's days.
            scope: Which petitions are meant.
            units: The codes of the scope's unit.
        """
        values = {
            Dimension.TYPE: scope.petition_type,
            Dimension.CHANNEL: scope.channel,
            Dimension.REGION: scope.region,
        }
        day = as_of.astimezone(zone).date()
        until = _month_after(day) if self.days_of is None else day + timedelta(days=1)
        return {
            "months_of": list(self.months_of),
            "days_of": self.days_of,
            "key_from": {self.key: "key", self.subkey: "subkey"}.get(by, ""),
            "keys": units if self.key is Dimension.UNIT else _listed(values[self.key]),
            "subkey": None if self.subkey is None else values[self.subkey],
            "until": until,
            "month": until.replace(day=1),
            "steps_before": datetime.combine(until, time.min, zone).astimezone(UTC),
        }


def find_source(
    by: Dimension, scope: Scope, cohort: Cohort | None, zone: ZoneInfo
) -> RateSource | None:
    """Return the rows that answer a question, None where no roll-up keeps them. Pure."""
    found = _grouping_for(scope.dimensions | ({by} - {Dimension.TOTAL}))
    if found is None:
        return None
    grouping, key, subkey = found
    if cohort is None:
        return RateSource(key, subkey, (grouping + MONTH,), grouping)
    months = cohort.months(zone)
    if months is None:
        return None
    return RateSource(key, subkey, tuple(cohort_grouping(grouping, each) for each in months), None)


def _grouping_for(
    needed: frozenset[Dimension],
) -> tuple[str, Dimension, Dimension | None] | None:
    if needed <= {Dimension.CHANNEL}:
        # The fewest rows, so the whole is summed from here too.
        return "channel", Dimension.CHANNEL, None
    if needed == {Dimension.REGION}:
        return "region", Dimension.REGION, None
    if needed == {Dimension.UNIT}:
        return "unit", Dimension.UNIT, None
    if needed <= _UNIT_AND_TYPE:
        return "unit_type", Dimension.UNIT, Dimension.TYPE
    return None


def _month_after(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _listed(value: str | None) -> list[str] | None:
    return None if value is None else [value]
