"""Without this file a share would be a binary float, rounded more than once."""

from typing import NamedTuple, Self

from domain.rounding import Rounding
from domain.text import Text

PUBLIC_CASES_MIN = 10
"""Below this denominator a public table or ranking prints n/d and no rate (domain.md §5)."""

NO_CASES = Text("无办件", "no cases")
WITHHELD = Text("不予计算", "withheld")


class Rate(NamedTuple):
    """A share as two integers; it is divided only when printed, and rounded once."""

    n: int
    d: int

    @property
    def withheld(self) -> Text | None:
        """Why it may not be given, or None."""
        return None

    @property
    def is_share(self) -> bool:
        """Whether it lies from 0 to 1; by a definition of the ledger's own it may not."""
        return 0 <= self.n <= self.d

    def is_printed(self, cases_min: int) -> bool:
        """Return whether it is a share of at least so many cases, and of one."""
        return self.is_share and self.d >= max(cases_min, 1)

    def percent(self, places: int = 2, rounding: Rounding = Rounding.HALF_UP) -> str:
        """Return the percentage without its sign, rounded once.

        Pure and exact. A share below 1 never reads 100, one above 0 never reads 0.

        Args:
            places: Decimals, 0 to 6.
            rounding: What becomes of a tie.

        Raises:
            ZeroDivisionError: there are no cases; see ``shown``.

        Source:
            domain.md decision 12 and §5, "Rounding".
        """
        one = 10**places
        scaled = rounding.divide(100 * one * self.n, self.d)
        if scaled >= 100 * one and self.n < self.d:
            return f">{_decimal(100 * one - 1, places)}"
        if scaled == 0 and self.n > 0:
            return f"<{_decimal(1, places)}"
        return _decimal(scaled, places)

    def shown(self, *, cases_min: int = 0, places: int = 2) -> Text:
        """Return the percentage, n/d, that there are no cases, or that it is withheld.

        Args:
            cases_min: Below this denominator the fraction stands without a rate.
            places: Decimals of the percentage.
        """
        if self.withheld is not None:
            return WITHHELD
        if self.d == 0:
            return NO_CASES
        if self.d < cases_min:
            return Text(f"{self.n}/{self.d}", f"{self.n}/{self.d}")
        percent = f"{self.percent(places)} %"
        return Text(percent, percent)


class WithheldRate(Rate):
    """A share that may not be given; n and d are 0, so that nobody divides."""

    _reason: Text

    def __new__(cls, reason: Text) -> Self:
        """Return it with the reason that stands instead."""
        rate = super().__new__(cls, 0, 0)
        rate._reason = reason
        return rate

    @property
    def withheld(self) -> Text | None:
        """Why it may not be given."""
        return self._reason


def points_between(earlier: Rate, later: Rate, rounding: Rounding = Rounding.HALF_UP) -> str:
    """Return by how many percentage points a rate moved, with its sign and two decimals.

    Pure and exact: the difference is taken before rounding, so that it may not be the
    difference of the two printed figures.

    Raises:
        ZeroDivisionError: one of them has no cases.

    Source:
        domain.md §5, "Rounding".
    """
    dividend = later.n * earlier.d - earlier.n * later.d
    scaled = rounding.divide(10_000 * abs(dividend), earlier.d * later.d)
    sign = "" if scaled == 0 else "-" if dividend < 0 else "+"
    return f"{sign}{_decimal(scaled, 2)}"


def _decimal(scaled: int, places: int) -> str:
    if places == 0:
        return str(scaled)
    whole, rest = divmod(scaled, 10**places)
    return f"{whole}.{rest:0{places}d}"
