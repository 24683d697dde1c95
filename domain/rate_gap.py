"""Without this file a wrong rate would not say which cases it left out."""

from collections.abc import Iterator, Sequence
from itertools import islice

from domain.press_text import Count
from domain.print_window import Window, division
from domain.text import Text

_PLACES_SHOWN = 2
_SWAPS_MAX = 4


def explain_gap(window: Window, n: Count, d: Count, *, is_share: bool) -> Iterator[Text]:
    """Yield which denominator the numerator needs, and how many cases that is off. Pure."""
    needed = window.denominators(n.value, is_share=is_share)
    if not needed:
        yield Text(f"没有分母能配 {n}", f"no denominator fits {n}")
        return
    if window.low <= 0:
        first = needed[0]
        yield Text(f"需要分母至少 {first}", f"needs a denominator of at least {first}")
        return
    span = _span(needed[0], needed[-1])
    gap = _span(*sorted((abs(d.value - needed[0]), abs(d.value - needed[-1]))))
    if needed[-1] < d.value:
        yield Text(
            f"需要分母 {span}，即有 {gap} 件没有计入分母",
            f"needs a denominator of {span}, so {gap} cases are not in the denominator",
        )
    else:
        yield Text(
            f"需要分母 {span}，比所述多 {gap} 件",
            f"needs a denominator of {span}, {gap} more than stated",
        )


def explain_swap(
    window: Window, n: Count, d: Count, others: Sequence[Count], *, is_share: bool
) -> Iterator[Text]:
    """Yield which other counts of the passage make the percentage, at most a few. Pure."""
    fitting = _swaps(window, n, d, others, is_share=is_share)
    yield from islice(fitting, _SWAPS_MAX)


def _swaps(
    window: Window, n: Count, d: Count, others: Sequence[Count], *, is_share: bool
) -> Iterator[Text]:
    above, over = n.value, d.value
    for other in others:
        value = other.value
        if value not in {0, over} and above in window.numerators(value, is_share=is_share):
            shown = division(above, value, _PLACES_SHOWN)
            yield Text(f"以“{other}”为分母则吻合：{shown}", f"fits over '{other}': {shown}")
        if value != above and value in window.numerators(over, is_share=is_share):
            shown = division(value, over, _PLACES_SHOWN)
            yield Text(f"以“{other}”为分子则吻合：{shown}", f"fits with '{other}' above: {shown}")


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
