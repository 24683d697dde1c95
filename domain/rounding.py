"""Without this file a published figure would not say how it was rounded."""

from domain.vocabulary import Labelled


class Rounding(Labelled):
    """How a quotient becomes digits, once; the two differ on exact ties alone.

    Source:
        domain.md §5, "Rounding"; GB/T 8170 rounds ties to the even digit.
    """

    HALF_UP = "half_up", "四舍五入", "half-up"
    GBT_8170 = "gbt_8170", "GB/T 8170 修约（四舍六入五成双）", "GB/T 8170, ties to even"

    def divide(self, dividend: int, divisor: int) -> int:
        """Return the quotient as an integer; exact and pure.

        Args:
            dividend: At least 0.
            divisor: At least 1.
        """
        quotient, rest = divmod(dividend, divisor)
        if 2 * rest == divisor and self is Rounding.GBT_8170:
            return quotient + quotient % 2
        return quotient + (2 * rest >= divisor)
