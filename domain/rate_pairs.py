"""Without this file a copied rate, or a rank by a handful of cases, would pass unseen."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from domain.figure import Percent
from domain.finding import Finding, Verdict
from domain.fractions import Search
from domain.press_text import PrintedRate
from domain.rate import Rate
from domain.text import Text
from domain.wilson import printed as print_limit
from domain.wilson import wilson

_NAMED_MAX = 4


def find_repeated(rates: Sequence[PrintedRate]) -> Iterator[Finding]:
    """Yield rates of different names that print the same digits, one of them unexplained. Pure."""
    alike: dict[Percent, list[PrintedRate]] = {}
    for rate in rates:
        if rate.printed is not None:
            alike.setdefault(rate.printed, []).append(rate)
    for printed, group in alike.items():
        is_explained = all(rate.n is not None and rate.denominators for rate in group)
        if is_explained or len({rate.name for rate in group}) == 1:
            continue
        text = Text(
            f"不同的比率同为 {printed} %：或分子分母都相同，或其一照抄",
            f"different rates print {printed} % alike: either they have the same fraction, or one "
            "was copied",
        )
        named = ", ".join(rate.subject for rate in group[:_NAMED_MAX])
        subject = named + (", …" if len(group) > _NAMED_MAX else "")
        arithmetic = f"{len(group)} × {printed} %"
        yield Finding("rates-identical", Verdict.POSSIBLE, subject, text, arithmetic)


def find_unsupported_ranks(rates: Sequence[PrintedRate], search: Search) -> Iterator[Finding]:
    """Yield groups that lead larger ones although their few cases do not carry that. Pure.

    A group is judged in its own favour: the most its print allows against the least the
    other's allows, each by the lower Wilson limit at 95 % (domain.md decision 15).
    """
    ranked: dict[str, list[_Ranked]] = {}
    for rate in rates:
        if rate.group and (entry := _ranked(rate, search)) is not None:
            ranked.setdefault(rate.name, []).append(entry)
    for group in ranked.values():
        for leader in group:
            rivals = [rival for rival in group if leader.is_ahead_of(rival)]
            if rivals:
                yield _unsupported(leader, max(rivals, key=lambda rival: rival.d), len(rivals))


class _Ranked(NamedTuple):
    rate: PrintedRate
    percent: Percent
    d: int
    best: Rate
    most: Decimal
    least: Decimal

    def is_ahead_of(self, rival: "_Ranked") -> bool:
        is_higher = (
            self.percent.scaled * rival.percent.one > rival.percent.scaled * self.percent.one
        )
        return is_higher and self.d < rival.d and self.most < rival.least


def _ranked(rate: PrintedRate, search: Search) -> _Ranked | None:
    if rate.printed is None or len(rate.denominators) != 1 or not rate.is_share:
        return None
    d = rate.denominators[0].value
    fitting = search.window(rate.printed).numerators(d) if d else range(0)
    if not fitting:
        return None
    best, least = Rate(fitting[-1], d), Rate(fitting[0], d)
    return _Ranked(rate, rate.printed, d, best, wilson(best).lower, wilson(least).lower)


def _unsupported(leader: _Ranked, rival: _Ranked, rivals: int) -> Finding:
    text = Text(
        f"{leader.d} 件得 {leader.percent} %，排在 {rival.d} 件的“{rival.rate.group}”"
        f"{rival.percent} % 之前（共 {rivals} 个）：样本太小，不足以领先",
        f"{leader.percent} % of {leader.d} cases stands before {rival.percent} % of "
        f"{rival.d} ('{rival.rate.group}'; {rivals} in all): too few cases to lead",
    )
    arithmetic = (
        f"{leader.best.n}/{leader.d}: 95 % ≥ {print_limit(leader.most)} < "
        f"{print_limit(rival.least)}"
    )
    return Finding("rank-not-supported", Verdict.POSSIBLE, leader.rate.subject, text, arithmetic)
