"""Without this file published figures could be read but never held against each other."""

from collections.abc import Iterator

from domain.coverage_finding import examine_coverage, suspect_person_times
from domain.figure import FigureError
from domain.finding import Finding, Verdict
from domain.fractions import SPAN_MAX, Search
from domain.open_rate import examine_open, numerator_alone
from domain.press_text import Count, Passage, PressText, PrintedRate
from domain.rate_finding import examine_fraction
from domain.rate_pairs import find_repeated, find_unsupported_ranks
from domain.repeated_counts import compare_passages
from domain.sum_finding import examine_sum
from domain.text import Text

TRIED_MAX = 5 * SPAN_MAX
"""How many denominators all rates of one text may try together; seconds on one core."""


_WHOLE = 100


def examine(text: PressText, search: Search) -> list[Finding]:
    """Return everything that published figures say about themselves. Pure.

    Passage by passage: rates, pairs of rates, sums; then counts over passages. Nothing but
    the figures is used, so the same text gives the same findings.

    Args:
        text: The figures.
        search: Where to look for fractions, and which roundings to think of.

    Raises:
        FigureError: the search, or all searches together, would be too large.

    Source:
        domain.md §3 and §7 no. 2.
    """
    search.check()
    rates = [rate for passage in text.passages for rate in passage.rates]
    searched = sum(rate.n is None and not rate.denominators for rate in rates)
    if searched * search.span > TRIED_MAX:
        raise FigureError(
            Text(
                f"{searched} 个比率各试 {search.span} 个分母，超过 {TRIED_MAX} 次；"
                "请缩小分母范围或分开检查。",
                f"{searched} rates over {search.span} denominators each are more than "
                f"{TRIED_MAX} trials; narrow the range or split the file.",
            )
        )
    found = [finding for passage in text.passages for finding in _examine(text, passage, search)]
    return [*found, *compare_passages(text)]


def _examine(text: PressText, passage: Passage, search: Search) -> Iterator[Finding]:
    others = [*passage.counts.values(), *(each.parts_sum for each in passage.sums)]
    for rate in passage.rates:
        yield from _examine_rate(text, rate, others, search)
    yield from find_repeated(passage.rates)
    yield from find_unsupported_ranks(passage.rates, search)
    for printed in passage.sums:
        yield examine_sum(printed)


def _examine_rate(
    text: PressText, rate: PrintedRate, others: list[Count], search: Search
) -> Iterator[Finding]:
    yield from examine_coverage(rate)
    n, printed = rate.n, rate.printed
    is_above = printed is not None and rate.is_share and printed.scaled > _WHOLE * printed.one
    if is_above:
        yield _above(rate)
    if n is not None and rate.denominators:
        for d in rate.denominators:
            yield from examine_fraction(rate, n, d, others, search)
            if not _may_divide(text, n, d):
                yield _mixed(rate, n, d)
    elif printed is not None and not is_above:
        yield from examine_open(rate, printed, search)
        if n is None and not rate.denominators:
            yield from suspect_person_times(rate, printed, others, search)
    elif n is not None and printed is None:
        yield numerator_alone(rate, n)


def _above(rate: PrintedRate) -> Finding:
    words = Text("占比不能超过 100 %", "a share cannot exceed 100 %")
    arithmetic = f"{rate.printed} > {_WHOLE}"
    return Finding("rate-above-100", Verdict.IMPOSSIBLE, rate.subject, words, arithmetic)


def _may_divide(text: PressText, n: Count, d: Count) -> bool:
    is_stated = n.scope is not None and d.scope is not None
    is_one_day = n.as_of is None or d.as_of is None or n.as_of == d.as_of
    return is_one_day and (not is_stated or text.is_within(n.scope, d.scope))


def _mixed(rate: PrintedRate, n: Count, d: Count) -> Finding:
    words = Text(
        f"分子“{n}”与分母“{d}”的范围或截止日不同，不是同一口径的占比",
        f"numerator '{n}' and denominator '{d}' differ in scope or cut-off: no share of one set",
    )
    stated = " / ".join(f"{each.scope or '?'} {each.as_of or '?'}" for each in (n, d))
    return Finding("scope-mixed", Verdict.CONTRADICTION, rate.subject, words, stated)
