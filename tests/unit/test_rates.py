"""Without this file a published percentage could be rounded twice or have no definition."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.counts import Counts, CountsDisagreeError, check_identities
from domain.measures import MEASURES
from domain.rate import Rate
from domain.rates import RATES


def counts(**measures: int) -> Counts:
    """Return counts with the given measures, all others zero."""
    return Counts(tuple(measures.get(name, 0) for name in MEASURES))


@pytest.mark.parametrize(
    ("n", "d", "shown"),
    [
        (128, 130, "98.46"),
        (127, 130, "97.69"),
        (128, 129, "99.22"),
        (128, 128, "100.00"),
        (1, 32, "3.13"),
        (2064, 2188, "94.33"),
        (2064, 2228, "92.64"),
        (2441, 6765, "36.08"),
        (0, 5, "0.00"),
        (999_999, 1_000_000, ">99.99"),
        (1, 1_000_000, "<0.01"),
    ],
)
def test_rate_prints_exact_percentage(n: int, d: int, shown: str) -> None:
    """A share is divided exactly and rounded once, half-up."""
    assert Rate(n, d).percent() == shown


def test_rate_never_reads_full_when_one_case_is_missing() -> None:
    """254,567 of 254,592 at one decimal reads >99.9, as domain.md asks."""
    assert Rate(254567, 254592).percent(places=1) == ">99.9"
    assert Rate(999, 1000).percent(places=0) == ">99"


def test_rate_without_cases_says_so() -> None:
    """No cases is neither 0 nor 100 per cent."""
    assert Rate(0, 0).shown() == ("无办件", "no cases")
    with pytest.raises(ZeroDivisionError):
        Rate(0, 0).percent()


def test_rate_of_few_cases_stands_as_fraction_in_public() -> None:
    """Below ten cases a public table prints the two integers alone."""
    assert Rate(2, 3).shown(cases_min=10).en == "2/3"
    assert Rate(2, 3).shown().en == "66.67 %"
    assert Rate(9, 10).shown(cases_min=10).en == "90.00 %"


@given(st.integers(1, 10**7).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d))))
def test_rate_percentage_is_nearest_hundredth(share: tuple[int, int]) -> None:
    """Whatever the integers, the printed text is within half a hundredth of the truth."""
    n, d = share
    text = Rate(n, d).percent()
    truth = Fraction(100 * n, d)
    if text.startswith(">"):
        assert Fraction(Decimal(text[1:])) < truth < 100
    elif text.startswith("<"):
        assert 0 < truth < Fraction(Decimal(text[1:]))
    else:
        assert abs(Fraction(Decimal(text)) - truth) <= Fraction(1, 200)
        assert (text == "100.00") == (n == d)
        assert (text == "0.00") == (n == 0)


def test_rates_use_known_measures_and_own_identifiers() -> None:
    """Every definition adds measures that exist and is filed under its identifier."""
    for rate_id, definition in RATES.items():
        used = (*definition.numerator, *definition.denominator, *definition.less)
        assert rate_id == definition.rate_id
        assert set(used) <= set(MEASURES)


def test_satisfaction_variants_differ_by_denominator() -> None:
    """Shuangliu's 98.46 % comes from all accepted; strict counts valid answers alone."""
    answered = counts(base=130, satisfied=100, basically_satisfied=28, dissatisfied=1)
    assert RATES["satisfaction_rate.all"].of(answered) == (128, 130)
    assert RATES["satisfaction_rate.all_strict"].of(answered) == (100, 130)
    assert RATES["satisfaction_rate.strict"].of(answered) == (100, 129)
    assert RATES["satisfaction_rate.lenient"].of(answered) == (128, 129)


def test_reopen_rate_is_what_first_pass_leaves() -> None:
    """Of those whose reopening window has passed, each closed once or was reopened."""
    passed = counts(base=10, accepted=10, received=10, first_pass_n=7, first_pass_d=9)
    assert RATES["reopen_rate"].of(passed) == (2, 9)


def test_identities_hold_for_sound_counts() -> None:
    """Received splits into its fates; the rest is pending."""
    sound = counts(
        received=10, not_accepted=1, referred_out=1, accepted=6, base=4, voided=1, withdrawn=1
    )
    check_identities(sound)
    assert sound.pending == 2
    assert sound.open == 4
    assert sound.withdrawn_before_reply == 1


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        (counts(received=1, accepted=1, base=1, closed=2), "closed ≤ base"),
        (counts(received=1, accepted=2, base=2), "received ="),
        (counts(received=2, accepted=2, base=1), "accepted ="),
        (counts(received=-1), "received ≥ 0"),
        (counts(received=1, accepted=1, base=1, satisfied=2), "satisfaction answers"),
        (
            counts(received=1, accepted=1, base=1, ontime_closed_n=1),
            "ontime_closed_n ≤ ontime_closed_d",
        ),
    ],
)
def test_identities_name_the_broken_rule(broken: Counts, rule: str) -> None:
    """Counts that do not add up are refused with the rule in the text."""
    with pytest.raises(CountsDisagreeError, match=rule):
        check_identities(broken)


def test_counts_add_measure_by_measure() -> None:
    """The sum of two groups is the sum of each measure; zero is empty."""
    both = counts(received=1, closed=1) + counts(received=2)
    assert (both["received"], both["closed"]) == (3, 1)
    assert counts().is_empty
    assert not both.is_empty
