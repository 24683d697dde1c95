"""Without this file a unit with 22 of 22 would outrank one with 6,396 of 6,530."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import NamedTuple

from domain.counts import Counts
from domain.rate import Rate
from domain.rates import RATES
from domain.text import Text
from domain.wilson import wilson

_PRECISION = 40
_HUNDRED = Decimal(100)

SCORE_VERSION = "unit_score@1"

WEIGHTS: Mapping[str, Decimal] = {
    "response_rate": Decimal("0.15"),
    "ontime_rate.original": Decimal("0.25"),
    "resolution_rate.petitioner": Decimal("0.30"),
    "satisfaction_rate.strict": Decimal("0.20"),
    "first_pass_rate": Decimal("0.10"),
}
"""Weight of each component; they add up to 1. Source: domain.md §5, "Composite"."""

PENALTY_CAP = Decimal(20)


class Penalty(NamedTuple):
    """A deduction of points per hundred petitions."""

    penalty_id: str
    label: Text
    points: Decimal
    occurrences: tuple[str, ...]
    less: tuple[str, ...] = ()


PENALTIES = (
    Penalty(
        "late",
        Text("逾期", "answered late or overdue"),
        Decimal(1),
        ("ontime_effective_d",),
        ("ontime_effective_n",),
    ),
    Penalty(
        "return_rejected",
        Text("退单被驳回", "return rejected"),
        Decimal("0.5"),
        ("returns_rejected",),
    ),
    Penalty(
        "reply_returned",
        Text("答复被退回", "reply returned by review"),
        Decimal("0.5"),
        ("replies_returned",),
    ),
)


class Component(NamedTuple):
    """One part of a score; ``value`` is 0 to 100, or None where the unit has no cases."""

    rate_id: str
    rate: Rate
    weight: Decimal
    value: Decimal | None


@dataclass(frozen=True)
class Score:
    """The composite of one unit, with all it was made from.

    Attributes:
        points: 0 to 100, two decimals, rounded once; None where no component has cases.
        cases: Petitions in the base set.
        components: In the order of the weights.
        penalty: Points taken off, at most ``PENALTY_CAP``.
        occurrences: Penalty id to how often it happened.
    """

    points: Decimal | None
    cases: int
    components: tuple[Component, ...]
    penalty: Decimal
    occurrences: Mapping[str, int]

    @property
    def missing(self) -> tuple[str, ...]:
        """Rates without cases, whose weight the other components carry."""
        return tuple(part.rate_id for part in self.components if part.value is None)


def unit_score(counts: Counts, weights: Mapping[str, Decimal] = WEIGHTS) -> Score:
    """Return the composite score of a unit.

    Pure. Each component is the lower Wilson limit of its rate, so that few cases never
    lead; components without cases give their weight to the others.

    Args:
        counts: The unit's own counts, by as-of or cohort.
        weights: Weight of each component, 1 in all.

    Source:
        domain.md §5, "Composite" and "Penalties", and decision 15.
    """
    parts = []
    for rate_id, weight in weights.items():
        rate = RATES[rate_id].of(counts)
        value = wilson(rate).lower * _HUNDRED if rate.d else None
        parts.append(Component(rate_id, rate, weight, value))
    occurrences = {
        each.penalty_id: counts.total(each.occurrences) - counts.total(each.less)
        for each in PENALTIES
    }
    cases = counts["base"]
    with localcontext(prec=_PRECISION):
        lost = sum((each.points * occurrences[each.penalty_id] for each in PENALTIES), Decimal(0))
        penalty = min(PENALTY_CAP, lost * _HUNDRED / cases) if cases else Decimal(0)
        present = [(part.weight, part.value) for part in parts if part.value is not None]
        weight = sum((weight for weight, _ in present), Decimal(0))
        points = None
        if present:
            raw = sum((weight * value for weight, value in present), Decimal(0)) / weight
            points = _rounded(min(_HUNDRED, max(Decimal(0), raw - penalty)))
    return Score(points, cases, tuple(parts), _rounded(penalty), occurrences)


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)
