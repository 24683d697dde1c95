"""Without this file equal units could get different places in a published list."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from domain.rate import PUBLIC_CASES_MIN, Rate
from domain.text import Text

_VOLUME_BOUNDS = (1, 10, 50, 200, 1000)


class Entry(NamedTuple):
    """One candidate for a place: what it is compared by, and how many cases stand behind it."""

    key: str
    value: Fraction | None
    cases: int


class Standing(NamedTuple):
    """One line of a ranking; ``rank`` is None for those listed without a place."""

    rank: int | None
    key: str
    cases: int


class Ranking(NamedTuple):
    """Who has a place, and who is listed without one."""

    ranked: tuple[Standing, ...]
    unranked: tuple[Standing, ...]


def rank(entries: Iterable[Entry], cases_min: int = PUBLIC_CASES_MIN) -> Ranking:
    """Return entries in their places, the highest value first.

    Pure. Equal values share a place and the next place counts them all (1, 1, 3); among
    equals more cases come first, then the code. The nameless group, too few cases or no
    value at all are listed without a place.

    Args:
        entries: Values compared exactly.
        cases_min: Fewest cases for a place, at least 1.

    Source:
        domain.md decision 14 and §5, "Ranking".
    """
    placed: list[tuple[Fraction, Entry]] = []
    others: list[Entry] = []
    for entry in entries:
        if entry.value is None or not entry.key or entry.cases < cases_min:
            others.append(entry)
        else:
            placed.append((entry.value, entry))
    placed.sort(key=lambda pair: (-pair[0], -pair[1].cases, pair[1].key))
    others.sort(key=lambda entry: (-entry.cases, entry.key))
    ranked: list[Standing] = []
    place, last = 0, None
    for number, (value, entry) in enumerate(placed, start=1):
        if value != last:
            place, last = number, value
        ranked.append(Standing(place, entry.key, entry.cases))
    return Ranking(tuple(ranked), tuple(Standing(None, entry.key, entry.cases) for entry in others))


def rank_rates(rates: Mapping[str, Rate], cases_min: int = PUBLIC_CASES_MIN) -> Ranking:
    """Return groups ranked by one rate; its denominator is the number of cases. Pure."""
    return rank(
        (
            Entry(key, Fraction(rate.n, rate.d) if rate.d else None, rate.d)
            for key, rate in rates.items()
        ),
        cases_min,
    )


def volume_group(cases: int) -> Text:
    """Return the group of units of like volume a unit is compared in.

    Source:
        domain.md decision 15; the bounds are assumed.
    """
    for low, following in pairwise(_VOLUME_BOUNDS):
        if cases < following:
            return Text(f"{low}–{following - 1} 件", f"{low}–{following - 1} cases")
    return Text("1000 件以上", "1000 cases or more")
