"""Words that stand out: by change of log-odds, by TF-IDF, or by their number alone."""

from math import log, sqrt
from uuid import UUID

import pytest

from domain.hot_terms import TermCount, TopicOrder, weigh_terms
from domain.rate import Rate

EXAMPLE = (UUID(int=1),)


def test_word_of_twice_the_share_has_the_z_of_its_table() -> None:
    """20 of 100 against 10 of 100: the textbook's log-odds with 0.5 in each cell."""
    (term,) = weigh_terms([TermCount("停车", 20, 10, EXAMPLE)], 100, 100, TopicOrder.LOG_ODDS)
    expected = (log(20.5 / 80.5) - log(10.5 / 90.5)) / sqrt(
        1 / 20.5 + 1 / 80.5 + 1 / 10.5 + 1 / 90.5
    )
    assert term.z == pytest.approx(expected, abs=1e-6)
    assert term.tf_idf == pytest.approx(0.2 * log(101 / 11), abs=1e-6)
    assert (term.now, term.before, term.examples) == (Rate(20, 100), Rate(10, 100), EXAMPLE)


def test_word_that_is_always_common_is_no_news() -> None:
    """The more frequent word leads by number, the risen one by log-odds."""
    counts = [TermCount("小区", 60, 60, ()), TermCount("停车", 20, 5, ())]
    by_odds = weigh_terms(counts, 100, 100, TopicOrder.LOG_ODDS)
    by_count = weigh_terms(counts, 100, 100, TopicOrder.COUNT)
    assert [term.term for term in by_odds] == ["停车", "小区"]
    assert by_odds[1].z == 0
    assert [term.term for term in by_count] == ["小区", "停车"]


def test_words_without_a_period_before_have_no_weight() -> None:
    """With nothing to compare with, words stand by their number, then by themselves."""
    counts = [TermCount("b", 5, 0, ()), TermCount("a", 5, 0, ()), TermCount("c", 9, 0, ())]
    terms = weigh_terms(counts, 20, 0, TopicOrder.LOG_ODDS)
    assert [(term.term, term.z, term.tf_idf) for term in terms] == [
        ("c", None, None),
        ("a", None, None),
        ("b", None, None),
    ]


def test_word_in_every_petition_of_both_periods_is_weighed_all_the_same() -> None:
    """No cell of zero divides by zero."""
    (term,) = weigh_terms([TermCount("停车", 9, 9, ())], 9, 9, TopicOrder.TF_IDF)
    assert (term.z, term.tf_idf) == (0, 0)
