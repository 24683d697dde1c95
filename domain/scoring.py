"""Without this file a unit with 22 of 22 would outrank one with 6,396 of 6,530."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Final, NamedTuple

from domain.counts import Counts
from domain.rate import Rate
from domain.rates import find_version
from domain.score_rules import CURRENT_SCORE, PENALTY_CAP, ScoreRules
from domain.wilson import wilson

_PRECISION: Final = 40
_HUNDRED: Final = Decimal(100)
_ZERO: Final = Decimal(0)


class Component(NamedTuple):
    """One part of a score; values are 0 to 100, or None where the unit has no cases.

    Attributes:
        rate_id: Identifier of the rate.
        rate: The unit's own.
        weight: Its part of the whole.
        value: Lower limit of the rate, which is what counts.
        upper: Its upper limit.
    """

    rate_id: str
    rate: Rate
    weight: Decimal
    value: Decimal | None
    upper: Decimal | None


@dataclass(frozen=True)
class Score:
    """The composite of one unit, with all it was made from.

    Attributes:
        points: 0 to 100, two decimals, rounded once; None where no component has cases.
        upper: The same with the upper limits; with ``points`` the interval of the score.
        cases: Petitions in the base set.
        components: In the order of the rules.
        penalty: Points taken off, at most ``PENALTY_CAP``.
        occurrences: Penalty id to how often it happened.
        reference: Version of the rules.
    """

    points: Decimal | None
    upper: Decimal | None
    cases: int
    components: tuple[Component, ...]
    penalty: Decimal
    occurrences: Mapping[str, int]
    reference: str

    @property
    def missing(self) -> tuple[str, ...]:
        """Rates without cases, whose weight the other components carry."""
        return tuple(part.rate_id for part in self.components if part.value is None)


def unit_score(counts: Counts, rules: ScoreRules = CURRENT_SCORE) -> Score:
    """Return the composite score of a unit.

    Pure. Each component is the lower Wilson limit of its rate, so that few cases never
    lead; components without cases give their weight to the others.

    Args:
        counts: The unit's own counts, by as-of or cohort.
        rules: Which version of the score.

    Source:
        domain.md §5, "Composite" and "Penalties", and decision 15.
    """
    parts = tuple(_component(reference, counts, rules) for reference in rules.weights)
    cases = counts["base"]
    penalty = _penalty(counts, rules)
    lower = _mean([(part.weight, part.value) for part in parts])
    upper = _mean([(part.weight, part.upper) for part in parts])
    return Score(
        points=_clamped(lower, penalty),
        upper=_clamped(upper, penalty),
        cases=cases,
        components=parts,
        penalty=_rounded(penalty),
        occurrences={each.penalty_id: each.count(counts) for each in rules.penalties},
        reference=rules.reference,
    )


def scored(rows: Mapping[str, Counts], excluded: Mapping[str, Counts]) -> dict[str, Counts]:
    """Return the counts that scores are made of: what appeals excluded is taken off; pure.

    Args:
        rows: Counts by unit.
        excluded: What the excluded petitions count for, by unit.
    """
    nothing = Counts()
    left = {unit: counts - excluded.get(unit, nothing) for unit, counts in rows.items()}
    return {unit: counts for unit, counts in left.items() if not counts.is_empty}


def _component(reference: str, counts: Counts, rules: ScoreRules) -> Component:
    definition = find_version(reference)
    rate = definition.of(counts)
    weight = rules.weights[reference]
    if not rate.d:
        return Component(definition.rate_id, rate, weight, None, None)
    lower, upper = (limit * _HUNDRED for limit in wilson(rate))
    return Component(definition.rate_id, rate, weight, lower, upper)


def _penalty(counts: Counts, rules: ScoreRules) -> Decimal:
    cases = counts["base"]
    with localcontext(prec=_PRECISION):
        lost = _ZERO
        for each in rules.penalties:
            taken = each.points * each.count(counts)
            if each.is_per_hundred:
                taken = taken * _HUNDRED / cases if cases else _ZERO
            lost += taken
        return min(PENALTY_CAP, lost)


def _mean(parts: list[tuple[Decimal, Decimal | None]]) -> Decimal | None:
    present = [(weight, value) for weight, value in parts if value is not None]
    if not present:
        return None
    with localcontext(prec=_PRECISION):
        weights = sum((weight for weight, _ in present), _ZERO)
        return sum((weight * value for weight, value in present), _ZERO) / weights


def _clamped(value: Decimal | None, penalty: Decimal) -> Decimal | None:
    return None if value is None else _rounded(min(_HUNDRED, max(_ZERO, value - penalty)))


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)
