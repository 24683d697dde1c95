"""How alike two texts are, and by which words."""

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.likeness import compare, weigh_question

WORDS = st.dictionaries(st.sampled_from("甲乙丙丁戊己"), st.integers(1, 9), min_size=1)


def test_rare_word_weighs_more_than_a_common_one() -> None:
    """Weights are (1 + ln count) · ln(N / df), the heaviest first, as a vector of length 1."""
    weights = weigh_question({"停车": 1, "小区": 2}, {"停车": 2, "小区": 50}, 100)
    assert list(weights) == ["停车", "小区"]
    ratio = log(100 / 2) / ((1 + log(2)) * log(100 / 50))
    assert weights["停车"] / weights["小区"] == pytest.approx(ratio)
    assert sum(weight**2 for weight in weights.values()) == pytest.approx(1)


def test_word_of_no_document_or_of_all_tells_nothing_apart() -> None:
    """Such words are left out; without any other the question is empty."""
    assert weigh_question({"甲": 1, "乙": 1}, {"甲": 0, "乙": 7}, 7) == {}
    assert weigh_question({"甲": 3}, {}, 0) == {}


def test_shared_words_stand_by_what_they_add() -> None:
    """A reader sees which words made the score, the weightiest first."""
    question = weigh_question({"停车": 1, "小区": 1}, {"停车": 1, "小区": 5}, 10)
    likeness = compare(question, {"小区": 1, "停车": 1, "电梯": 1})
    assert likeness.shared == ("停车", "小区")
    assert compare(question, {"电梯": 4}) == (0, ())


@given(WORDS, WORDS)
def test_score_lies_between_none_and_all(words: dict[str, int], other: dict[str, int]) -> None:
    """Two vectors of length 1 have a cosine of 0 to 1, and equal ones of one word have 1."""
    question = weigh_question(words, dict.fromkeys(words, 1), 2)
    assert 0 <= compare(question, other).score <= 1
    word = min(words)
    alone = weigh_question({word: 1}, {word: 1}, 2)
    assert compare(alone, {word: 5}).score == 1
