"""Answers that are kept are the ones last asked for, within their bound."""

from api.kept_answers import AGE_MAX_S, KeptAnswers


def test_answer_is_recalled_by_its_tag_alone() -> None:
    """Another tag is another question, or another state of the ledger."""
    kept = KeptAnswers()
    kept.keep('"a"', b"1")
    assert kept.recall('"a"') == b"1"
    assert kept.recall('"b"') is None


def test_answers_asked_for_longest_ago_go_first() -> None:
    """Being recalled counts as being asked for, and the bound holds after a replacement."""
    kept = KeptAnswers(bytes_max=10)
    kept.keep("a", b"1234")
    kept.keep("b", b"1234")
    assert kept.recall("a")
    kept.keep("c", b"1234")
    assert (kept.recall("a"), kept.recall("b"), kept.recall("c")) == (b"1234", None, b"1234")
    kept.keep("a", b"123456")
    assert (kept.recall("a"), kept.recall("c")) == (b"123456", b"1234")


def test_answer_is_kept_for_a_minute() -> None:
    """What a mended read model says may not wait for the next event."""
    now_s = 100.0
    kept = KeptAnswers(get_s=lambda: now_s)
    kept.keep("a", b"1")
    now_s += AGE_MAX_S
    assert kept.recall("a") == b"1"
    now_s += 1
    assert kept.recall("a") is None


def test_answer_over_the_bound_is_not_kept() -> None:
    """One huge answer may not drive out all the others."""
    kept = KeptAnswers(bytes_max=10)
    kept.keep("a", b"1234")
    kept.keep("b", b"12345678901")
    assert (kept.recall("a"), kept.recall("b")) == (b"1234", None)
