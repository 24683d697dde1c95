"""Without this file nobody could say which fractions print as a given percentage."""

from typing import NamedTuple, Self, assert_never

from domain.figure import Percent
from domain.rounding import Rounding
from domain.vocabulary import Labelled


class PrintRounding(Labelled):
    """How somebody else may have made a printed percentage of an exact one.

    What we publish ourselves is rounded, never cut off: see ``Rounding``.
    """

    HALF_UP = "half_up", *Rounding.HALF_UP.label
    GBT_8170 = "gbt_8170", *Rounding.GBT_8170.label
    TRUNCATE = "truncate", "截尾", "truncation"


class Window(NamedTuple):
    """All exact values that print as one percentage, in halves of its last decimal place.

    A fraction n/d lies in it when ``2 · scale · n / d`` does. All arithmetic is on
    integers, so a value on the edge is decided exactly.
    """

    low: int
    has_low: bool
    high: int
    has_high: bool
    scale: int

    @classmethod
    def of(cls, printed: Percent, rounding: PrintRounding) -> Self:
        """Return the window of a printed percentage under one way of rounding. Pure."""
        twice, scale = 2 * printed.scaled, 100 * printed.one
        match rounding:
            case PrintRounding.HALF_UP:
                return cls(twice - 1, True, twice + 1, False, scale)  # noqa: FBT003 - closed below, open above
            case PrintRounding.GBT_8170:
                is_even = printed.scaled % 2 == 0
                return cls(twice - 1, is_even, twice + 1, is_even, scale)
            case PrintRounding.TRUNCATE:
                return cls(twice, True, twice + 2, False, scale)  # noqa: FBT003 - closed below, open above

    def union(self, other: "Window") -> "Window":
        """Return the window that spans both; windows of one percentage always overlap. Pure."""
        low = min((self.low, not self.has_low), (other.low, not other.has_low))
        high = max((self.high, self.has_high), (other.high, other.has_high))
        return Window(low[0], not low[1], high[0], high[1], self.scale)

    def contains(self, n: int, d: int) -> bool:
        """Whether n/d, d above 0, prints as the percentage. Pure."""
        value = 2 * self.scale * n
        low, high = self.low * d, self.high * d
        return (value > low or (self.has_low and value == low)) and (
            value < high or (self.has_high and value == high)
        )

    def numerators(self, d: int, *, is_share: bool = True) -> range:
        """Return every n that prints as the percentage over d; none above d for a share. Pure."""
        first = _first(self.low * d, 2 * self.scale, is_included=self.has_low)
        last = _last(self.high * d, 2 * self.scale, is_included=self.has_high)
        return range(max(first, 0), (min(last, d) if is_share else last) + 1)

    def denominators(self, n: int, *, is_share: bool = True) -> range:
        """Return every d, at least 1, over which n prints as the percentage. Pure.

        Empty where n is 0: then every d does or none, and nothing can be learned.
        """
        value = 2 * self.scale * n
        if n == 0 or self.high <= 0:
            return range(0)
        first = _first(value, self.high, is_included=self.has_high)
        # Below one printed step every larger denominator fits; there is no last one to name.
        last = _last(value, self.low, is_included=self.has_low) if self.low > 0 else value
        return range(max(first, n if is_share else 1), last + 1)


def print_percent(
    n: int, d: int, places: int, rounding: PrintRounding = PrintRounding.HALF_UP
) -> Percent:
    """Return n/d as printed with so many decimals. Pure and exact.

    Unlike ``Rate.percent`` it states plainly what rounding gives, also 100 for a share below 1.

    Raises:
        ZeroDivisionError: d is 0.
    """
    dividend = 100 * 10**places * n
    match rounding:
        case PrintRounding.HALF_UP:
            scaled = Rounding.HALF_UP.divide(dividend, d)
        case PrintRounding.GBT_8170:
            scaled = Rounding.GBT_8170.divide(dividend, d)
        case PrintRounding.TRUNCATE:
            scaled = dividend // d
        case _:
            assert_never(rounding)
    return Percent(scaled, places)


def division(n: int, d: int, places: int) -> str:
    """Return n/d as a division with its result rounded half-up. Pure."""
    return f"{n}/{d} = {print_percent(n, d, places)} %"


def _first(value: int, by: int, *, is_included: bool) -> int:
    """Return the least whole number at or above value/by, above it where that is left out."""
    return -(-value // by) if is_included else value // by + 1


def _last(value: int, by: int, *, is_included: bool) -> int:
    """Return the greatest whole number at or below value/by, below it where that is left out."""
    return value // by if is_included else -(-value // by) - 1
