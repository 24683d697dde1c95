"""Without this file a percentage printed alone could claim anything."""

from collections.abc import Iterator
from itertools import islice

from domain.figure import Percent
from domain.finding import Finding, Verdict
from domain.fractions import KEPT_MAX, Found, Fraction, Search
from domain.press_text import Count, PrintedRate
from domain.print_window import PrintRounding, division
from domain.rate import PUBLIC_CASES_MIN
from domain.small_sample import small_sample
from domain.text import Text

_SHOWN_MAX = 8
_HUNDRED = 100


def examine_open(rate: PrintedRate, printed: Percent, search: Search) -> Iterator[Finding]:
    """Yield which fractions can have produced a percentage without its own. Pure.

    Args:
        rate: The rate; its numerator, its denominator or both are not stated.
        printed: Its percentage.
        search: Where to look, and the ways of rounding to think of.
    """
    if rate.n is not None:
        yield _denominators(rate, rate.n, printed, search)
    elif rate.denominators:
        for d in rate.denominators:
            yield from _numerators(rate, d, printed, search)
    else:
        yield from _anywhere(rate, printed, search)


def numerator_alone(rate: PrintedRate, n: Count) -> Finding:
    """Return that a numerator without denominator makes no rate. Pure."""
    text = Text(
        f"只有分子 {n}，没有受理数：不能得出比率",
        f"numerator {n} alone, nothing received is stated: no rate can be given",
    )
    return Finding("no-denominator", Verdict.POSSIBLE, rate.subject, text, f"{n.value}/?")


def list_fractions(found: Found) -> str:
    """Return fractions as text, the first few by name; half-up goes without saying. Pure."""
    named = [_named(each) for each in found.fractions[:_SHOWN_MAX]]
    more = found.total - len(named)
    return ", ".join([*named, *([f"… (+{more})"] if more else [])])


def _named(fraction: Fraction) -> str:
    half_up = PrintRounding.HALF_UP in fraction.roundings
    return f"{fraction.n}/{fraction.d}" + ("" if half_up else f" [{fraction.roundings[0]}]")


def _denominators(rate: PrintedRate, n: Count, printed: Percent, search: Search) -> Finding:
    window = search.window(printed)
    if n.value == 0 and window.contains(0, 1):
        return numerator_alone(rate, n)
    fitting = window.denominators(n.value, is_share=rate.is_share)
    if not fitting:
        text = Text(
            f"{printed} % 的分子不可能是 {n}：没有分母能配",
            f"{printed} % cannot have numerator {n}: no denominator fits",
        )
        arithmetic = f"{n.value}/?"
        return Finding("n-excluded", Verdict.IMPOSSIBLE, rate.subject, text, arithmetic)
    kept = tuple(
        Fraction(n.value, d, search.roundings_of(printed, n.value, d))
        for d in islice(fitting, KEPT_MAX)
    )
    found = Found(kept, fitting.stop - fitting.start)
    if printed.scaled == 0:
        text = Text(
            f"分子为 {n}，原文没有分母；自 {fitting.start} 起的分母都能配",
            f"numerator {n}, denominator not stated; every one from {fitting.start} on fits",
        )
        return Finding(
            "d-found", Verdict.POSSIBLE, rate.subject, text, f"{n.value}/≥{fitting.start}"
        )
    text = Text(
        f"分子为 {n}，原文没有分母；能配的分母有 {found.total} 个",
        f"numerator {n}, denominator not stated; denominators that fit: {found.total}",
    )
    arithmetic = list_fractions(found)
    return Finding("d-found", Verdict.POSSIBLE, rate.subject, text, arithmetic, found)


def _numerators(rate: PrintedRate, d: Count, printed: Percent, search: Search) -> Iterator[Finding]:
    found = search.find(printed, (d.value,) if d.value else (), is_share=rate.is_share)
    if not found.total:
        text = Text(
            f"{printed} % 的分母不可能是 {d}",
            f"{printed} % cannot have denominator {d}",
        )
        arithmetic = _nearest(printed, d.value)
        yield Finding("d-excluded", Verdict.IMPOSSIBLE, rate.subject, text, arithmetic)
        return
    text = Text(f"{printed} % 的分母可以是 {d}", f"{printed} % can have denominator {d}")
    arithmetic = list_fractions(found)
    yield Finding("n-found", Verdict.POSSIBLE, rate.subject, text, arithmetic, found)
    if rate.is_share and d.value < PUBLIC_CASES_MIN:
        yield small_sample(rate, found.fractions[0].n, d.value)


def _nearest(printed: Percent, d: int) -> str:
    if d == 0:
        return "?/0"
    below = printed.scaled * d // (_HUNDRED * printed.one)
    places = max(printed.places, 2)
    return ", ".join(division(n, d, places) for n in (below, below + 1))


def _anywhere(rate: PrintedRate, printed: Percent, search: Search) -> Iterator[Finding]:
    found = search.find(printed, is_share=rate.is_share)
    within = f"d = {search.d_min}–{search.d_max}"
    if not found.total:
        text = Text(
            f"{within} 之内没有分数能印成 {printed} %",
            f"no fraction with {within} prints as {printed} %",
        )
        yield Finding("no-fraction", Verdict.IMPOSSIBLE, rate.subject, text, within, found)
        return
    text = Text(
        f"{within} 之内能印成 {printed} % 的分数有 {found.total} 个",
        f"fractions with {within} that print as {printed} %: {found.total}",
    )
    arithmetic = list_fractions(found)
    yield Finding("fractions-found", Verdict.POSSIBLE, rate.subject, text, arithmetic, found)
    first = found.fractions[0]
    if rate.is_share and first.d < PUBLIC_CASES_MIN:
        yield small_sample(rate, first.n, first.d)
