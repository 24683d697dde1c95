"""Without this file small samples could lead a ranking."""

from decimal import Decimal

import pytest

from domain.counts import Counts
from domain.measures import MEASURES
from domain.ranking import Entry, rank, rank_rates, volume_group
from domain.rate import Rate
from domain.scoring import WEIGHTS, unit_score
from domain.wilson import printed, wilson


def counts(**measures: int) -> Counts:
    """Return counts with the given measures, all others zero."""
    return Counts(tuple(measures.get(name, 0) for name in MEASURES))


@pytest.mark.parametrize(
    ("n", "d", "lower", "upper"),
    [
        (2, 3, "20.77", "93.85"),
        (22, 22, "85.13", "100.00"),
        (128, 130, "94.56", "99.58"),
        (6396, 6530, "97.57", "98.26"),
        (0, 22, "0.00", "14.87"),
    ],
)
def test_wilson_reproduces_published_limits(n: int, d: int, lower: str, upper: str) -> None:
    """The limits of domain.md come out to both decimals."""
    interval = wilson(Rate(n, d))
    assert (printed(interval.lower), printed(interval.upper)) == (lower, upper)


def test_wilson_ends_are_exact() -> None:
    """All of all has the upper limit 1, none of all the lower limit 0, to the last digit."""
    for cases in range(1, 60):
        assert wilson(Rate(cases, cases)).upper == 1
        assert wilson(Rate(0, cases)).lower == 0


def test_wilson_refuses_no_cases() -> None:
    """No cases have no interval."""
    with pytest.raises(ZeroDivisionError):
        wilson(Rate(0, 0))


def test_weights_add_up_to_one() -> None:
    """The composite is a weighted mean."""
    assert sum(WEIGHTS.values()) == 1


def test_unit_score_weighs_lower_limits() -> None:
    """With every component at 22 of 22 the score is the lower limit itself."""
    full = unit_score(
        counts(
            base=22,
            response_n=22,
            response_d=22,
            ontime_original_n=22,
            ontime_original_d=22,
            resolved=22,
            resolution_answers=22,
            satisfied=22,
            first_pass_n=22,
            first_pass_d=22,
        )
    )
    assert full.points == Decimal("85.13")
    assert full.missing == ()
    assert full.penalty == 0


def test_unit_score_reweights_missing_components() -> None:
    """A component without cases gives its weight to the others and is named."""
    score = unit_score(counts(base=22, satisfied=22))
    assert score.points == Decimal("85.13")
    assert "response_rate" in score.missing
    assert "satisfaction_rate.strict" not in score.missing


def test_unit_score_never_lets_a_small_sample_lead() -> None:
    """22 of 22 stays below 6,396 of 6,530."""
    small = unit_score(counts(base=22, satisfied=22)).points
    large = unit_score(counts(base=6530, satisfied=6396, dissatisfied=134)).points
    assert small is not None
    assert large is not None
    assert small < large


def test_unit_score_takes_penalties_off_per_hundred() -> None:
    """Three late of a hundred cost three points, one rejected return half a point."""
    score = unit_score(
        counts(
            base=100,
            satisfied=100,
            ontime_effective_n=97,
            ontime_effective_d=100,
            returns_rejected=1,
            assigned=1,
        )
    )
    assert score.occurrences == {"late": 3, "return_rejected": 1, "reply_returned": 0}
    assert score.penalty == Decimal("3.50")
    assert score.points == Decimal("92.80")


def test_unit_score_caps_penalties_and_stays_in_range() -> None:
    """However often a unit is late, it loses at most 20 points and never falls below 0."""
    score = unit_score(counts(base=10, dissatisfied=10, ontime_effective_d=10))
    assert score.penalty == 20
    assert score.points == 0


def test_unit_score_of_no_cases_has_no_points() -> None:
    """A unit nobody ordered to do anything has no score, not a score of 0."""
    assert unit_score(counts()).points is None


def test_ranking_shares_a_place_among_equals() -> None:
    """Equal shares share a place; more cases come first, then the code; the next place counts."""
    ranking = rank_rates(
        {
            "DOB": Rate(89, 89),
            "HRA": Rate(11, 11),
            "AAA": Rate(22, 22),
            "ABA": Rate(11, 11),
            "DHS": Rate(55, 57),
        }
    )
    assert [(line.rank, line.key) for line in ranking.ranked] == [
        (1, "DOB"),
        (1, "AAA"),
        (1, "ABA"),
        (1, "HRA"),
        (5, "DHS"),
    ]


def test_ranking_lists_few_cases_without_a_place() -> None:
    """Nine cases, no cases and the nameless group stand in a list of their own."""
    ranking = rank_rates(
        {"few": Rate(9, 9), "none": Rate(0, 0), "": Rate(50, 50), "ok": Rate(1, 10)}
    )
    assert [line.key for line in ranking.ranked] == ["ok"]
    assert [(line.rank, line.key) for line in ranking.unranked] == [
        (None, ""),
        (None, "few"),
        (None, "none"),
    ]


def test_ranking_compares_exactly() -> None:
    """Two shares that print alike still differ in rank."""
    ranking = rank_rates({"a": Rate(99999, 100000), "b": Rate(999999, 1000000)})
    assert [line.key for line in ranking.ranked] == ["b", "a"]
    assert [line.rank for line in ranking.ranked] == [1, 2]


def test_ranking_of_nothing_is_empty() -> None:
    """No entries give no places."""
    assert rank([Entry("x", None, 0)], 1).ranked == ()


@pytest.mark.parametrize(
    ("cases", "name"),
    [
        (9, "1–9 cases"),
        (10, "10–49 cases"),
        (49, "10–49 cases"),
        (50, "50–199 cases"),
        (200, "200–999 cases"),
        (999, "200–999 cases"),
        (1000, "1000 cases or more"),
    ],
)
def test_volume_group_follows_the_bounds(cases: int, name: str) -> None:
    """Groups begin at 10, 50, 200 and 1,000 cases."""
    assert volume_group(cases).en == name
