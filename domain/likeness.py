"""Without this file nobody could say why one petition is like another."""

from collections.abc import Mapping
from math import log, sqrt
from typing import Final, NamedTuple

LIKENESS_VERSION: Final = 1
_DIGITS: Final = 6


class Likeness(NamedTuple):
    """How alike two texts are, and by which words.

    Attributes:
        score: 0 for no word in common, at most 1.
        shared: Words in common, the weightiest first.
    """

    score: float
    shared: tuple[str, ...]


def weigh_question(
    counts: Mapping[str, int], documents: Mapping[str, int], documents_len: int
) -> dict[str, float]:
    """Return the words of a text with their weights, the heaviest first; pure.

    Weight = (1 + ln count) · ln(N / documents with the word), as a vector of length 1
    (SMART "ltc"). Words of no document, or of all, weigh nothing and are left out.

    Args:
        counts: How often each word stands in the text.
        documents: In how many documents each word stands.
        documents_len: N.
    """
    weights = {
        term: _damped(count) * log(documents_len / documents[term])
        for term, count in counts.items()
        if 0 < documents.get(term, 0) < documents_len
    }
    length = sqrt(sum(weight * weight for weight in weights.values()))
    ordered = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    return {term: weight / length for term, weight in ordered}


def compare(question: Mapping[str, float], counts: Mapping[str, int]) -> Likeness:
    """Return how alike a weighed question and a document are; pure.

    The document's words weigh 1 + ln count, at length 1 (SMART "lnc"): rarity counts once,
    in the question, so that no document changes when another one is added or erased.

    Args:
        question: From ``weigh_question``.
        counts: How often each word stands in the document, at least once.
    """
    length = sqrt(sum(_damped(count) ** 2 for count in counts.values()))
    parts = {
        term: weight * _damped(counts[term]) / length
        for term, weight in question.items()
        if term in counts
    }
    shared = sorted(parts, key=lambda term: (-round(parts[term], _DIGITS), term))
    return Likeness(round(sum(parts[term] for term in sorted(parts)), _DIGITS), tuple(shared))


def _damped(count: int) -> float:
    return 1 + log(count)
