"""Without this file a cumulative count could fall unseen, or growth be taken for a fault."""

import pytest

from commands.press_file import read_press_text
from domain.finding import Verdict
from domain.forensics import examine
from domain.fractions import Search
from tests.unit.press_texts import findings_of

SCOPES = "scopes: {main: sessions, sessions: all}\n"


def two(first: str, second: str, before: str = "", more: str = "") -> dict[str, Verdict]:
    """Return the verdicts on a count called leaders that stands in two passages."""
    text = f"""{before}passages:
  - counts: {{leaders: {{{first}}}{more}}}
  - counts: {{leaders: {{{second}}}{more}}}
"""
    return {code: finding.verdict for code, finding in findings_of(text).items()}


@pytest.mark.parametrize(
    ("first", "second", "code", "verdict"),
    [
        ("value: 36", "value: 32", "needs-scope-or-date", Verdict.POSSIBLE),
        (
            "value: 36, as_of: 2019-12-01",
            "value: 32, as_of: 2019-12-31",
            "cumulative-falls",
            Verdict.CONTRADICTION,
        ),
        (
            "value: 36, as_of: 2019-12-31",
            "value: 32, as_of: 2019-12-01",
            "cumulative-grows",
            Verdict.CONSISTENT,
        ),
        (
            "value: 36, as_of: 2019-12-01",
            "value: 32, as_of: 2019-12-01",
            "two-values",
            Verdict.CONTRADICTION,
        ),
        (
            "value: 36, as_of: 2019-12-01",
            "value: 36, as_of: 2019-12-01",
            "counts-agree",
            Verdict.CONSISTENT,
        ),
        (
            "value: 36, as_of: 2019-12-01, scope: main",
            "value: 32, as_of: 2019-12-01, scope: all",
            "part-above-whole",
            Verdict.CONTRADICTION,
        ),
        (
            "value: 32, as_of: 2019-12-01, scope: main",
            "value: 36, as_of: 2019-12-31, scope: all",
            "cumulative-grows",
            Verdict.CONSISTENT,
        ),
    ],
)
def test_count_given_twice_is_ordered_by_cut_off_and_scope(
    first: str, second: str, code: str, verdict: Verdict
) -> None:
    """A later cut-off or a wider scope may only add; without them nothing is certain."""
    assert two(first, second, SCOPES) == {code: verdict}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("value: 36, scope: main", "value: 32, scope: hotline"),
        (
            "value: 36, as_of: 2019-12-01, scope: all",
            "value: 32, as_of: 2019-12-31, scope: main",
        ),
        ("value: 36, as_of: 2019-12-01", "value: 32, as_of: 2019-12-31, scope: all"),
        ("value: 36, kind: state", "value: 32, kind: state"),
        ("value: 36, kind: period", "value: 32, kind: period"),
        ("value: 36, kind: distinct", "value: 32, kind: person_times"),
    ],
)
def test_counts_are_not_compared_when_nothing_orders_them(first: str, second: str) -> None:
    """Other scopes, states, periods and other kinds of count may differ as they like."""
    assert two(first, second, SCOPES) == {}


def test_crossing_counts_need_a_stated_difference_to_be_possible() -> None:
    """With another scope or another cut-off stated, the other one may explain the rest."""
    crossing = "passages:\n- {{{}counts: {{a: 36, b: 73}}}}\n- {{{}counts: {{a: 32, b: 163}}}}\n"

    assert set(findings_of(crossing.format("", ""))) == {"crossed-counts"}
    assert set(findings_of(crossing.format("scope: main, ", ""))) == {"crossed-counts"}
    assert findings_of(crossing.format("scope: main, ", "scope: all, ")) == {}


def test_three_passages_are_compared_by_pairs() -> None:
    """Every pair of passages is looked at, also the first with the last."""
    text = """
    passages:
      - {as_of: 2019-10-01, counts: {a: 5}}
      - {as_of: 2019-11-01, counts: {b: 1}}
      - {as_of: 2019-12-01, counts: {a: 4}}
    """
    fall = findings_of(text)["cumulative-falls"]

    assert fall.arithmetic == "5 (2019-10-01) > 4 (2019-12-01)"


def test_series_in_order_is_told_step_by_step() -> None:
    """Three growing values are two steps; a fall is told also across what lies between."""
    text = """
    passages:
      - {as_of: 2019-10-01, counts: {a: %s}}
      - {as_of: 2019-11-01, counts: {a: 6}}
      - {as_of: 2019-12-01, counts: {a: 7}}
    """
    growing = examine(read_press_text(text % 5), Search())
    falling = examine(read_press_text(text % 8), Search())

    assert [each.code for each in growing] == ["cumulative-grows"] * 2
    assert [each.code for each in falling] == [
        "cumulative-falls",
        "cumulative-falls",
        "cumulative-grows",
    ]
