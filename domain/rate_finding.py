"""Without this file a rate with its fraction beside it would go unchecked.

The cases of domain.md §3: a printed rate that its own numerator and denominator do not
give, which fraction would, and how many cases are then missing.
"""

from collections.abc import Iterator, Sequence

from domain.figure import Percent
from domain.finding import Finding, Verdict
from domain.fractions import Search
from domain.press_text import Count, PrintedRate
from domain.print_window import PrintRounding, division, print_percent
from domain.rate import PUBLIC_CASES_MIN, Rate
from domain.rate_gap import explain_gap, explain_swap
from domain.small_sample import small_sample
from domain.text import Text

_HUNDRED = 100
_PLACES_SHOWN = 2


def examine_fraction(
    rate: PrintedRate, n: Count, d: Count, others: Sequence[Count], search: Search
) -> Iterator[Finding]:
    """Yield what a rate with numerator and denominator comes to. Pure.

    Args:
        rate: The rate.
        n: Its numerator.
        d: Its denominator.
        others: Counts of the same passage that may have been used instead.
        search: Ways of rounding the text may have used.
    """
    subject = rate.subject
    if rate.is_share and n.value > d.value:
        text = Text(
            f"分子 {n} 大于分母 {d}：部分不能大于整体",
            f"numerator {n} exceeds denominator {d}: a part cannot exceed the whole",
        )
        arithmetic = f"{n.value} > {d.value}"
        yield Finding("n-above-d", Verdict.IMPOSSIBLE, subject, text, arithmetic)
        return
    if d.value == 0:
        text = Text("分母为 0：没有办件，不能有比率", "denominator 0: no cases, so no rate")
        verdict = Verdict.CONSISTENT if rate.printed is None else Verdict.IMPOSSIBLE
        yield Finding("no-cases", verdict, subject, text, f"{n.value}/0")
        return
    if rate.printed is None:
        shown = division(n.value, d.value, _PLACES_SHOWN)
        text = Text(
            "原文没有给出比率，由件数算出", "the text prints no rate; computed from the counts"
        )
        yield Finding("rate-computed", Verdict.CONSISTENT, subject, text, shown)
    else:
        yield _compare(rate, rate.printed, n, d, others, search)
        yield from _reads_as_complete(rate, rate.printed, n.value, d.value)
    if rate.is_share and d.value < PUBLIC_CASES_MIN:
        yield small_sample(rate, n.value, d.value)


def _compare(
    rate: PrintedRate,
    printed: Percent,
    n: Count,
    d: Count,
    others: Sequence[Count],
    search: Search,
) -> Finding:
    fitting = search.roundings_of(printed, n.value, d.value)
    places = max(printed.places, _PLACES_SHOWN)
    shown = division(n.value, d.value, places)
    if fitting and (
        PrintRounding.HALF_UP in fitting or PrintRounding.HALF_UP not in search.roundings
    ):
        text = Text(f"{printed} % 与件数一致", f"{printed} % agrees with the counts")
        return Finding("rate-agrees", Verdict.CONSISTENT, rate.subject, text, shown)
    half_up = print_percent(n.value, d.value, printed.places)
    if fitting:
        text = Text(
            f"{printed} % 只能由{fitting[0].label.zh}得到；四舍五入为 {half_up} %",
            f"{printed} % comes from {fitting[0].label.en} only; half-up it is {half_up} %",
        )
        code = f"rate-by-{fitting[0].value.replace('_', '-')}"
        return Finding(code, Verdict.POSSIBLE, rate.subject, text, shown)
    window = search.window(printed)
    notes = [
        *explain_gap(window, n, d, is_share=rate.is_share),
        *explain_swap(window, n, d, others, is_share=rate.is_share),
    ]
    text = Text(
        "；".join((f"原文为 {printed} %，由件数算出 {half_up} %", *(note.zh for note in notes))),
        "; ".join(
            (f"printed {printed} %, the counts give {half_up} %", *(note.en for note in notes))
        ),
    )
    return Finding("rate-differs", Verdict.CONTRADICTION, rate.subject, text, shown)


def _reads_as_complete(rate: PrintedRate, printed: Percent, n: int, d: int) -> Iterator[Finding]:
    is_full = printed.scaled == _HUNDRED * printed.one and n < d
    if not (is_full or (printed.scaled == 0 and n > 0)) or not rate.is_share:
        return
    guarded = Rate(n, d).percent(printed.places)
    if guarded[0] not in "<>":
        return
    left = d - n if is_full else n
    text = Text(
        f"{printed} % 读来毫无例外，实有 {left} 件例外；宜写作 {guarded} %",
        f"{printed} % reads as without exception, yet there are {left}; print {guarded} %",
    )
    yield Finding("reads-as-complete", Verdict.POSSIBLE, rate.subject, text, f"{d} - {n} = {d - n}")
