"""Without this file a word that is always common would look like news."""

from collections.abc import Iterable
from math import log, sqrt
from typing import Final, NamedTuple
from uuid import UUID

from domain.rate import Rate
from domain.vocabulary import Labelled

TOPICS_VERSION: Final = 1
PETITIONS_MIN: Final = 5
"""A word of fewer petitions is never listed: it may be a name, and says little."""

_DIGITS: Final = 6
_HALF: Final = 0.5


class TopicOrder(Labelled):
    """What puts one word before another."""

    LOG_ODDS = "log-odds", "对数优势（z 值）", "log-odds (z)"
    TF_IDF = "tf-idf", "TF-IDF", "TF-IDF"
    COUNT = "count", "件数", "petitions"


class TermCount(NamedTuple):
    """In how many petitions a word stands, each petition once.

    Attributes:
        term: The word.
        now: Petitions of the period that have it.
        before: Petitions of the period it is compared with.
        examples: Some of the former, the earliest first.
    """

    term: str
    now: int
    before: int
    examples: tuple[UUID, ...]


class HotTerm(NamedTuple):
    """A word with how much it stands out.

    Attributes:
        term: The word.
        now: Its petitions among those with a text.
        before: The same in the period it is compared with.
        z: Change of the log-odds in standard errors; None without such a period.
        tf_idf: Share now, times how rare it was before; None without such a period.
        examples: Some petitions of now.
    """

    term: str
    now: Rate
    before: Rate
    z: float | None
    tf_idf: float | None
    examples: tuple[UUID, ...]


def weigh_terms(
    counts: Iterable[TermCount], now_len: int, before_len: int, order: TopicOrder
) -> tuple[HotTerm, ...]:
    """Return words with their weights, the most outstanding first; pure.

    z is the difference of the log-odds over its standard error, 0.5 added to each cell
    (Haldane, Anscombe; Gart 1966). TF-IDF is (n/d now) · ln((d + 1) / (n + 1)) of before.
    Without petitions before there is neither, and words stand by their number.

    Args:
        counts: Words of at least ``PETITIONS_MIN`` petitions.
        now_len: Petitions of the period with a text.
        before_len: Those of the period it is compared with.
        order: What goes first; equal ones stand by number, then by the word.
    """
    terms = (_weighed(each, now_len, before_len) for each in counts)
    return tuple(sorted(terms, key=lambda term: _place(term, order)))


def _weighed(count: TermCount, now_len: int, before_len: int) -> HotTerm:
    now, before = Rate(count.now, now_len), Rate(count.before, before_len)
    if not before_len:
        return HotTerm(count.term, now, before, None, None, count.examples)
    (odds_now, variance_now), (odds_before, variance_before) = _log_odds(now), _log_odds(before)
    z = (odds_now - odds_before) / sqrt(variance_now + variance_before)
    tf_idf = now.n / now.d * log((before.d + 1) / (before.n + 1))
    return HotTerm(
        count.term, now, before, round(z, _DIGITS), round(tf_idf, _DIGITS), count.examples
    )


def _log_odds(rate: Rate) -> tuple[float, float]:
    with_it, without_it = rate.n + _HALF, rate.d - rate.n + _HALF
    return log(with_it / without_it), 1 / with_it + 1 / without_it


def _place(term: HotTerm, order: TopicOrder) -> tuple[float, int, str]:
    weight = {TopicOrder.LOG_ODDS: term.z, TopicOrder.TF_IDF: term.tf_idf, TopicOrder.COUNT: None}
    return -(weight[order] or 0.0), -term.now.n, term.term
