"""Without this file a share of three cases would look as sure as one of three thousand."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import NamedTuple

from domain.rate import Rate

_Z = Decimal("1.959963984540054235524594430520551527955550")
"""97.5 % quantile of the standard normal distribution."""
_PRECISION = 40


class Interval(NamedTuple):
    """Limits of a share, from 0 to 1."""

    lower: Decimal
    upper: Decimal


def wilson(rate: Rate) -> Interval:
    """Return the Wilson score interval of a share at 95 %.

    Pure; decimals of 40 digits, so that every machine prints the same.

    Raises:
        ZeroDivisionError: there are no cases.

    Source:
        domain.md §5, "Small samples", and decision 15.
    """
    if rate.d == 0:
        raise ZeroDivisionError("a share of no cases has no interval")
    with localcontext(prec=_PRECISION):
        n, d = Decimal(rate.n), Decimal(rate.d)
        square = _Z * _Z
        centre = n + square / 2
        spread = _Z * (n * (d - n) / d + square / 4).sqrt()
        # At the ends the root cancels exactly in theory and all but in digits.
        lower = Decimal(0) if rate.n == 0 else (centre - spread) / (d + square)
        upper = Decimal(1) if rate.n == rate.d else (centre + spread) / (d + square)
        return Interval(lower, upper)


def printed(share: Decimal) -> str:
    """Return a limit as a percentage with two decimals, rounded half-up."""
    return str((share * 100).quantize(Decimal("0.01"), ROUND_HALF_UP))
