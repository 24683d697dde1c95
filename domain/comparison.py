"""Without this file two months would be compared by their rounded figures alone."""

from typing import NamedTuple

from domain.difference import Difference, difference
from domain.period import Period
from domain.rate import Rate, points_between
from domain.vocabulary import Labelled


class Against(Labelled):
    """What a period is compared with."""

    PREVIOUS = "previous", "环比", "against the period before"
    YEAR = "year", "同比", "against the same period a year before"

    def of(self, period: Period) -> Period:
        """Return the period that another one is compared with; pure."""
        return period.previous if self is Against.PREVIOUS else period.year_before


class Verdict(Labelled):
    """What may be said of a change; a change by chance is no change."""

    RISE = "rise", "上升", "clear rise"
    FALL = "fall", "下降", "clear fall"
    NO_CLEAR_DIFFERENCE = "no_clear_difference", "无明显差异", "no clear difference"
    NOT_COMPARABLE = "not_comparable", "不可比", "not comparable"


class Comparison(NamedTuple):
    """One rate in two periods.

    Attributes:
        earlier: In the period compared with.
        later: In the period asked for.
        cases_min: Below this denominator, of either, nothing is compared.
    """

    earlier: Rate
    later: Rate
    cases_min: int = 1

    @property
    def is_comparable(self) -> bool:
        """Whether both periods have enough cases, and neither is withheld."""
        fewest = max(self.cases_min, 1)
        return all(
            rate.withheld is None and rate.d >= fewest for rate in (self.earlier, self.later)
        )

    @property
    def points(self) -> str | None:
        """By how many percentage points it moved, before rounding; None if not comparable."""
        return points_between(self.earlier, self.later) if self.is_comparable else None

    @property
    def difference(self) -> Difference | None:
        """The same as a share with its 95 % interval."""
        return difference(self.earlier, self.later) if self.is_comparable else None

    @property
    def verdict(self) -> Verdict:
        """Rise or fall where the 95 % interval of the difference leaves 0 out.

        Source:
            Newcombe's method 10 for independent shares; see ``domain.difference``.
        """
        found = self.difference
        if found is None:
            return Verdict.NOT_COMPARABLE
        if not found.is_clear:
            return Verdict.NO_CLEAR_DIFFERENCE
        return Verdict.RISE if found.value > 0 else Verdict.FALL
