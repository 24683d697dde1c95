"""Without this file a difference by chance would be reported as a change."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import NamedTuple

from domain.rate import Rate
from domain.wilson import wilson

_PRECISION = 40
_ZERO = Decimal(0)


class Difference(NamedTuple):
    """A difference of two shares with its 95 % interval, each from -1 to 1."""

    value: Decimal
    lower: Decimal
    upper: Decimal

    @property
    def is_clear(self) -> bool:
        """Whether chance alone does not explain it: its interval leaves 0 out."""
        return self.lower > 0 or self.upper < 0


def difference(earlier: Rate, later: Rate) -> Difference:
    """Return by how much a share of other cases differs from an earlier one.

    Pure; decimals of 40 digits, so that every machine prints the same.

    Raises:
        ZeroDivisionError: one of them has no cases.

    Source:
        R. G. Newcombe, "Interval estimation for the difference between independent
        proportions: comparison of eleven methods", Statistics in Medicine 17 (1998)
        873–890, method 10 (hybrid of two Wilson intervals, no continuity correction).
    """
    return _hybrid(later, earlier, _ZERO)


def paired_difference(cases: int, first: int, second: int, both: int) -> Difference:
    """Return by how much two answers to the same cases differ: the first's share less the second's.

    Pure, as above. Cases on which the two agree carry no evidence of a difference; the
    correlation of the answers narrows or widens the interval.

    Args:
        cases: How many were answered twice, at least 1.
        first: Of them, those with a yes in the first answer.
        second: Of them, those with a yes in the second answer.
        both: Of them, those with a yes in both.

    Raises:
        ZeroDivisionError: there are no cases.

    Source:
        R. G. Newcombe, "Improved confidence intervals for the difference between binomial
        proportions based on paired data", Statistics in Medicine 17 (1998) 2635–2650,
        method 10.
    """
    neither = cases - first - second + both
    cross = both * neither - (first - both) * (second - both)
    margins = first * (cases - first) * second * (cases - second)
    with localcontext(prec=_PRECISION):
        correlation = _ZERO
        if margins:
            # A positive correlation is taken half a case less sure than it looks.
            lessened = max(Decimal(cross) - Decimal(cases) / 2, _ZERO) if cross > 0 else cross
            correlation = Decimal(lessened) / Decimal(margins).sqrt()
        return _hybrid(Rate(first, cases), Rate(second, cases), correlation)


def printed_points(share: Decimal) -> str:
    """Return a difference in percentage points with its sign and two decimals, half-up."""
    points = (share * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{points:+}" if points else "0.00"


def _hybrid(first: Rate, second: Rate, correlation: Decimal) -> Difference:
    one, two = wilson(first), wilson(second)
    with localcontext(prec=_PRECISION):
        p, q = Decimal(first.n) / first.d, Decimal(second.n) / second.d
        lower = _length(p - one.lower, two.upper - q, correlation)
        upper = _length(one.upper - p, q - two.lower, correlation)
        value = p - q
        return Difference(value, max(Decimal(-1), value - lower), min(Decimal(1), value + upper))


def _length(one: Decimal, other: Decimal, correlation: Decimal) -> Decimal:
    square = one * one - 2 * correlation * one * other + other * other
    return max(square, _ZERO).sqrt()
