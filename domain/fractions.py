"""Without this file a rate printed without its fraction could not be questioned at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import NamedTuple

from domain.figure import FigureError, Percent
from domain.print_window import PrintRounding, Window
from domain.text import Text

D_MAX = 10_000_000
"""The largest denominator a search may try."""
SPAN_MAX = 200_000
"""How many denominators one search may try; under a second on one core."""
KEPT_MAX = 1_000
"""How many fractions a search names; the others are counted."""


class Fraction(NamedTuple):
    """One fraction that prints as the percentage, and the ways of rounding that lead there."""

    n: int
    d: int
    roundings: tuple[PrintRounding, ...]


class Found(NamedTuple):
    """What a search found: the first fractions by denominator, and how many there are."""

    fractions: tuple[Fraction, ...]
    total: int


@dataclass(frozen=True)
class Search:
    """Which fractions are thought possible where a text does not state them.

    Attributes:
        d_min: Least denominator, at least 1.
        d_max: Greatest denominator.
        roundings: Ways of rounding a text may have used, at least one.
    """

    d_min: int = 1
    d_max: int = 200
    roundings: tuple[PrintRounding, ...] = tuple(PrintRounding)

    def check(self) -> None:
        """Refuse a search that would be empty or unbounded.

        Raises:
            FigureError: the range is empty, below 1, above ``D_MAX`` or wider than ``SPAN_MAX``.
        """
        if not 1 <= self.d_min <= self.d_max <= D_MAX or self.span > SPAN_MAX:
            raise FigureError(
                Text(
                    f"不能在分母 {self.d_min} 至 {self.d_max} 之间查找；须为 1 至 {D_MAX}，"
                    f"下限不大于上限，至多 {SPAN_MAX} 个。",
                    f"Denominators {self.d_min} to {self.d_max} cannot be searched; write 1 to "
                    f"{D_MAX}, the least first, at most {SPAN_MAX} of them.",
                )
            )

    @property
    def span(self) -> int:
        """How many denominators are tried."""
        return self.d_max - self.d_min + 1

    def window(self, printed: Percent) -> Window:
        """Return all values that print so under any of the roundings. Pure."""
        return reduce(Window.union, (Window.of(printed, each) for each in self.roundings))

    def roundings_of(self, printed: Percent, n: int, d: int) -> tuple[PrintRounding, ...]:
        """Return the ways of rounding by which n/d prints so. Pure."""
        return tuple(each for each in self.roundings if Window.of(printed, each).contains(n, d))

    def find(
        self, printed: Percent, denominators: Iterable[int] | None = None, *, is_share: bool = True
    ) -> Found:
        """Return every fraction that prints as the percentage. Pure.

        Args:
            printed: The percentage.
            denominators: Which to try, ascending; the range of the search by default.
            is_share: Whether n may not exceed d.
        """
        window = self.window(printed)
        found: list[tuple[int, int]] = []
        total = 0
        tried = range(self.d_min, self.d_max + 1) if denominators is None else denominators
        for d in tried:
            numerators = window.numerators(d, is_share=is_share)
            if numerators:
                total += len(numerators)
                found.extend((n, d) for n in numerators[: KEPT_MAX - len(found)])
        return Found(self._named(printed, found), total)

    def _named(self, printed: Percent, found: Sequence[tuple[int, int]]) -> tuple[Fraction, ...]:
        windows = [(each, Window.of(printed, each)) for each in self.roundings]
        return tuple(
            Fraction(n, d, tuple(each for each, window in windows if window.contains(n, d)))
            for n, d in found
        )
