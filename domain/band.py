"""Without this file a hundredth of a point would part units that nobody can tell apart."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from domain.vocabulary import Labelled


class Band(Labelled):
    """Band of a score, the best first; printed with its interval instead of a bare rank."""

    A = "A", "A 档", "band A"
    B = "B", "B 档", "band B"
    C = "C", "C 档", "band C"
    D = "D", "D 档", "band D"


BAND_FLOORS: Final[Mapping[Band, Decimal]] = {
    Band.A: Decimal(90),
    Band.B: Decimal(75),
    Band.C: Decimal(60),
    Band.D: Decimal(0),
}
"""Fewest points of each band [assumed: no rule names any].

Source: domain.md §5, "Ranking"; 〔2025〕66号 warns of ranking for its own sake.
"""


def band_of(points: Decimal) -> Band:
    """Return the band of a score; pure.

    Args:
        points: 0 to 100.
    """
    return next(band for band, floor in BAND_FLOORS.items() if points >= floor)
