"""Without this file a median of closed petitions would forget those that are still open."""

from collections.abc import Iterable, Iterator
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import groupby
from math import prod
from typing import Final

_PRECISION: Final = 40
_NEAR: Final = Decimal(10) ** -20
"""A product this close to a half, of up to 10¹² rounded factors, is computed exactly instead."""


def survival_median(ended_us: Iterable[int], open_us: Iterable[int]) -> int | None:
    """Return the time by which half of all cases had ended, as Kaplan and Meier estimate it.

    Pure and exact. What is open has lasted at least so long, and is neither left out nor
    taken for ended.

    Args:
        ended_us: How long each ended case took, whole microseconds.
        open_us: How long each open case has lasted.

    Returns:
        The first time at which no more than half of the cases go on; None where it never
        comes to that.

    Source:
        E. L. Kaplan, P. Meier, "Nonparametric estimation from incomplete observations",
        Journal of the American Statistical Association 53 (1958) 457–481; domain.md §5,
        `handling_time`.
    """
    going, reached = [], []
    with localcontext(prec=_PRECISION):
        share = Decimal(1)
        for at_us, before, after in _ends(ended_us, open_us):
            reached.append(after)
            going.append(before)
            share = share * after / before
            is_half = share <= Decimal("0.5")
            if abs(share - Decimal("0.5")) < _NEAR:
                is_half = Fraction(prod(reached), prod(going)) <= Fraction(1, 2)
            if is_half:
                return at_us
    return None


def _ends(ended_us: Iterable[int], open_us: Iterable[int]) -> Iterator[tuple[int, int, int]]:
    """Yield each time of an end with how many cases went on before it and after it."""
    # At equal times an open case is still at risk: it ended no earlier.
    cases = sorted([*((at, 0) for at in ended_us), *((at, 1) for at in open_us)])
    going = len(cases)
    for at_us, group in groupby(cases, key=lambda case: case[0]):
        kinds = [kind for _, kind in group]
        ended = kinds.count(0)
        if ended:
            yield at_us, going, going - ended
        going -= len(kinds)
