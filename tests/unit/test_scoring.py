"""Without this file small samples could lead a ranking."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.band import band_of
from domain.counts import Counts
from domain.measures import MEASURES
from domain.ranking import Entry, rank, rank_rates, volume_group
from domain.rate import Rate
from domain.score_rules import CURRENT_SCORE, SCORE_RULES
from domain.scoring import scored, unit_score
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
    """The composite is a weighted mean, in every version."""
    assert {sum(rules.weights.values()) for rules in SCORE_RULES.values()} == {1}


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
            ontime_explained=97,
            ontime_effective_d=100,
            returns_rejected=1,
            assigned=1,
        )
    )
    assert {name: times for name, times in score.occurrences.items() if times} == {
        "late_unexplained": 3,
        "return_rejected": 1,
    }
    assert score.penalty == Decimal("3.50")
    assert score.points == Decimal("92.80")


def test_unit_score_caps_penalties_and_stays_in_range() -> None:
    """However often a unit is late, it loses at most 20 points and never falls below 0."""
    score = unit_score(counts(base=10, dissatisfied=10, ontime_effective_d=10))
    assert score.penalty == 20
    assert score.points == 0


@pytest.mark.parametrize(
    ("measures", "penalty"),
    [
        ({"upward_late": 2}, "0.50"),
        ({"replies_returned": 2}, "0.50"),
        ({"returns_rejected": 2}, "0.50"),
        ({"supervised": 1, "supervised_orange": 1}, "0.50"),
        ({"supervised": 1, "supervised_red": 1}, "1.00"),
        ({"closings": 1, "false_closures": 1}, "5.00"),
        ({"withdrawals_checked": 1, "withdrawals_contested": 1}, "5.00"),
    ],
)
def test_unit_score_knows_every_penalty(measures: dict[str, int], penalty: str) -> None:
    """Each takes its points off per hundred of 200 petitions; what was upheld, five flat."""
    score = unit_score(counts(base=200, satisfied=200, **measures))
    assert score.penalty == Decimal(penalty)


def test_unit_score_spares_delays_that_were_explained() -> None:
    """Late and explained in time is late, and costs nothing more."""
    late = {"base": 100, "satisfied": 100, "ontime_effective_d": 100, "ontime_effective_n": 90}
    assert unit_score(counts(**late, ontime_explained=100)).penalty == 0
    assert unit_score(counts(**late, ontime_explained=90)).penalty == 10


def test_first_version_of_the_score_stays_as_it_was() -> None:
    """A report published by it computes the same points: explained delays cost it a point each."""
    first = SCORE_RULES["unit_score@1"]
    late = counts(
        base=100, satisfied=100, ontime_effective_d=100, ontime_effective_n=97, ontime_explained=100
    )
    assert unit_score(late, first).occurrences == {
        "late": 3,
        "return_rejected": 0,
        "reply_returned": 0,
    }
    assert unit_score(late, first).points == Decimal("93.30")
    assert unit_score(late).points == Decimal("96.30")
    assert CURRENT_SCORE.reference == "unit_score@2"


def test_score_has_an_interval() -> None:
    """From the lower limits, which count, to the upper ones."""
    score = unit_score(counts(base=22, satisfied=22))
    assert (score.points, score.upper) == (Decimal("85.13"), Decimal("100.00"))


@settings(max_examples=150, deadline=None)
@given(
    others=st.lists(
        st.tuples(st.integers(0, 3000), st.integers(0, 3000)).map(sorted),
        max_size=12,
    )
)
def test_22_of_22_never_outranks_6396_of_6530(others: list[list[int]]) -> None:
    """Whatever the other units are, in one list of all."""
    shares = {"small": (22, 22), "large": (6396, 6530)}
    shares |= {f"other-{place}": (n, d) for place, (n, d) in enumerate(others)}
    scores = {
        unit: unit_score(counts(base=d, satisfied=n, dissatisfied=d - n))
        for unit, (n, d) in shares.items()
    }
    ranking = rank(
        Entry(unit, None if score.points is None else Fraction(score.points), score.cases)
        for unit, score in scores.items()
    )
    places = {line.key: line.rank for line in ranking.ranked}
    assert places["large"] is not None
    assert places["small"] is not None
    assert places["large"] < places["small"]
    assert (scores["small"].points, scores["large"].points) == (Decimal("85.13"), Decimal("97.57"))


@pytest.mark.parametrize(
    ("points", "band"),
    [("100", "A"), ("90.00", "A"), ("89.99", "B"), ("75", "B"), ("60", "C"), ("0", "D")],
)
def test_band_begins_at_its_floor(points: str, band: str) -> None:
    """The better band holds its own floor."""
    assert band_of(Decimal(points)) == band


def test_petitions_excluded_on_appeal_leave_the_score_of_that_unit_alone() -> None:
    """What they count for is taken off; a unit with nothing left is no candidate."""
    rows = {"a": counts(base=12, satisfied=10), "b": counts(base=1), "c": counts(base=5)}
    gone = {"a": counts(base=1, satisfied=1), "b": counts(base=1)}
    left = scored(rows, gone)
    assert left == {"a": counts(base=11, satisfied=9), "c": counts(base=5)}


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
