"""Without this file handling times would be averages of binary floats."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

_HOUR_US = 3_600_000_000
_DAY_US = 24 * _HOUR_US


@dataclass(frozen=True)
class Spread:
    """How long things took; exact microseconds until they are printed.

    Attributes:
        count: Number of durations; 0 leaves every other figure None.
    """

    count: int
    minimum: Fraction | None = None
    p25: Fraction | None = None
    median: Fraction | None = None
    p75: Fraction | None = None
    p90: Fraction | None = None
    maximum: Fraction | None = None
    mean: Fraction | None = None

    def hours(self, places: int = 4) -> dict[str, str | None]:
        """Return every figure but the count in hours, as decimals rounded half-up.

        Args:
            places: Decimals, 0 to 9.
        """
        return self._figures(_HOUR_US, places)

    def days(self, places: int = 4) -> dict[str, str | None]:
        """Return the same in days of 24 hours."""
        return self._figures(_DAY_US, places)

    def _figures(self, unit_us: int, places: int) -> dict[str, str | None]:
        figures = {
            "min": self.minimum,
            "p25": self.p25,
            "median": self.median,
            "p75": self.p75,
            "p90": self.p90,
            "max": self.maximum,
            "mean": self.mean,
        }
        return {
            name: None if value is None else _printed(value, unit_us, places)
            for name, value in figures.items()
        }


def spread_of(durations_us: Iterable[int]) -> Spread:
    """Return the spread of durations in whole microseconds.

    Pure. Quantiles are interpolated linearly between the neighbouring ranks.

    Source:
        domain.md decision 14.
    """
    ordered = sorted(durations_us)
    if not ordered:
        return Spread(0)
    return Spread(
        count=len(ordered),
        minimum=Fraction(ordered[0]),
        p25=_quantile(ordered, Fraction(1, 4)),
        median=_quantile(ordered, Fraction(1, 2)),
        p75=_quantile(ordered, Fraction(3, 4)),
        p90=_quantile(ordered, Fraction(9, 10)),
        maximum=Fraction(ordered[-1]),
        mean=Fraction(sum(ordered), len(ordered)),
    )


def _quantile(ordered: list[int], share: Fraction) -> Fraction:
    place = share * (len(ordered) - 1)
    low = place.numerator // place.denominator
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def _printed(value_us: Fraction, unit_us: int, places: int) -> str:
    scaled = value_us * 10**places / unit_us
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return str(Decimal(whole).scaleb(-places).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
