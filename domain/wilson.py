"""Without this file a share of three cases would look as sure as one of three thousand."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from typing import NamedTuple

from domain.rate import Rate

_Z = Decimal("1.959963984540054235524594430520551527955550")
"""97.5 % quantile of the standard normal distribution."""
PRECISION = 40
"""Digits of every decimal on the way to an interval."""


class Interval(NamedTuple):
    """Limits of a share, from 0 to 1."""

    lower: Decimal
    upper: Decimal


@lru_cache(maxsize=10_000)
def wilson(rate: Rate) -> Interval:
    """Return the Wilson score interval of a share at 95 %.

    Pure; decimals of 40 digits, so that every machine prints the same. A root of so many
    digits is remembered: from one ranking to the next most units' shares stay as they are.

    Raises:
        ZeroDivisionError: there are no cases.

    Source:
        domain.md §5, "Small samples", and decision 15.
    """
    if rate.d == 0:
        raise ZeroDivisionError("a share of no cases has no interval")
    return _interval(Decimal(rate.n), Decimal(rate.d))


def wilson_share(share: Decimal, size: Decimal) -> Interval:
    """Return the interval of a share that rests on an effective number of cases.

    Pure; like ``wilson``, which it equals where the cases are whole.

    Args:
        share: From 0 to 1.
        size: More than 0.
    """
    with localcontext(prec=PRECISION):
        return _interval(share * size, size)


def _interval(n: Decimal, d: Decimal) -> Interval:
    with localcontext(prec=PRECISION):
        square = _Z * _Z
        centre = n + square / 2
        spread = _Z * (n * (d - n) / d + square / 4).sqrt()
        # At the ends the root cancels exactly in theory and all but in digits.
        lower = Decimal(0) if n == 0 else (centre - spread) / (d + square)
        upper = Decimal(1) if n == d else (centre + spread) / (d + square)
        return Interval(lower, upper)


def printed(share: Decimal) -> str:
    """Return a limit as a percentage with two decimals, rounded half-up."""
    return str((share * 100).quantize(Decimal("0.01"), ROUND_HALF_UP))
