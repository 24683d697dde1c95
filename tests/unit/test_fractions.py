"""Without this file a fraction that makes a printed rate could be missed, or one invented."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figure import FigureError, Percent, read_count, read_percent
from domain.fractions import KEPT_MAX, Search
from domain.print_window import PrintRounding, Window, print_percent

MODES = {
    PrintRounding.HALF_UP: ROUND_HALF_UP,
    PrintRounding.GBT_8170: ROUND_HALF_EVEN,
    PrintRounding.TRUNCATE: ROUND_DOWN,
}
ROUNDINGS = st.sampled_from(PrintRounding)
PLACES = st.integers(0, 6)


def by_decimal(n: int, d: int, places: int, rounding: PrintRounding) -> str:
    """Return n/d in per cent as the decimal module rounds it, an independent way."""
    with localcontext(prec=60):
        # 60 digits hold every tie exactly: a tie has a finite expansion of few digits.
        exact = Decimal(100 * n) / Decimal(d)
        return str(exact.quantize(Decimal(1).scaleb(-places), MODES[rounding]))


@pytest.mark.parametrize(
    ("printed", "d_min", "d_max", "expected"),
    [
        ("66.36", 60, 199, ["71/107", "73/110"]),
        ("98.46", 60, 130, ["64/65", "128/130"]),
        ("98.46", 128, 128, []),
        ("63.72", 1, 1, []),
        ("100", 2, 3, ["2/2", "3/3"]),
        ("0", 2, 3, ["0/2", "0/3"]),
    ],
)
def test_search_finds_the_published_fractions(
    printed: str, d_min: int, d_max: int, expected: list[str]
) -> None:
    """The figures of domain.md §1.1 have these fractions and no others."""
    found = Search(d_min, d_max).find(read_percent(printed))

    assert [f"{each.n}/{each.d}" for each in found.fractions] == expected
    assert found.total == len(expected)


def test_fractions_beyond_those_kept_are_counted() -> None:
    """A percentage without decimals has so many fractions that only the first are named."""
    found = Search(1, 450).find(read_percent("50"))

    assert len(found.fractions) == KEPT_MAX < found.total
    assert found.total == sum(
        bool(Window.of(Percent(50, 0), PrintRounding.HALF_UP).contains(n, d))
        or Window.of(Percent(50, 0), PrintRounding.TRUNCATE).contains(n, d)
        or Window.of(Percent(50, 0), PrintRounding.GBT_8170).contains(n, d)
        for d in range(1, 451)
        for n in range(d + 1)
    )


@given(d=st.integers(1, 300), share=st.integers(0, 300), places=PLACES, rounding=ROUNDINGS)
def test_true_fraction_is_always_among_the_possible_ones(
    d: int, share: int, places: int, rounding: PrintRounding
) -> None:
    """Whatever n/d prints as, the search for that print names n/d and how it was rounded."""
    n = min(share, d)
    printed = print_percent(n, d, places, rounding)
    found = Search(d, d).find(printed)

    (named,) = [each for each in found.fractions if each.n == n]
    assert rounding in named.roundings


@given(n=st.integers(0, 10**7), d=st.integers(1, 10**7), places=PLACES, rounding=ROUNDINGS)
def test_print_rounds_as_the_decimal_module_does(
    n: int, d: int, places: int, rounding: PrintRounding
) -> None:
    """Integers and decimals agree on every print, shares or not."""
    assert str(print_percent(n, d, places, rounding)) == by_decimal(n, d, places, rounding)


@given(
    scaled=st.integers(0, 10_500),
    places=st.integers(0, 2),
    n=st.integers(0, 400),
    d=st.integers(1, 400),
    rounding=ROUNDINGS,
)
def test_window_is_exactly_what_prints_so(
    scaled: int, places: int, n: int, d: int, rounding: PrintRounding
) -> None:
    """Containing, listing numerators, listing denominators and printing are one question."""
    printed = Percent(scaled, places)
    window = Window.of(printed, rounding)
    is_so = print_percent(n, d, places, rounding) == printed

    assert window.contains(n, d) is is_so
    assert (n in window.numerators(d, is_share=False)) is is_so
    if n > 0 and scaled > 0:
        assert (d in window.denominators(n, is_share=False)) is is_so
    assert (n in window.numerators(d)) is (is_so and n <= d)


@pytest.mark.parametrize("tie", [(1, 32), (3, 32), (1, 800)])
def test_ties_are_told_apart_on_the_edge(tie: tuple[int, int]) -> None:
    """A value in the middle of two prints belongs to exactly one of them in each mode."""
    n, d = tie
    for rounding in PrintRounding:
        low = print_percent(n, d, 2, PrintRounding.TRUNCATE)
        prints = [Percent(low.scaled + step, 2) for step in (-1, 0, 1, 2)]
        holding = [each for each in prints if Window.of(each, rounding).contains(n, d)]
        assert holding == [print_percent(n, d, 2, rounding)]


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("98.46", Percent(9846, 2)),
        ("98.40%", Percent(9840, 2)),
        ("100 ％", Percent(100, 0)),
        ("0.000001", Percent(1, 6)),
    ],
)
def test_percentage_keeps_the_decimals_it_shows(text: str, percent: Percent) -> None:
    """98.40 is not 98.4: what was printed says how it was rounded."""
    assert read_percent(text) == percent
    assert str(percent) == text.rstrip("%％ ")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-1",
        "98,46",
        "1e3",
        "nan",
        "inf",
        "９８",
        "98.",
        ".5",
        "98.4600001",
        "9" * 5000,
        "1000001",
    ],
)
def test_percentage_is_refused_when_it_is_none(text: str) -> None:
    """Signs, exponents, wide digits, a seventh decimal and endless digits are no print."""
    with pytest.raises(FigureError, match="is no percentage"):
        read_percent(text)


@pytest.mark.parametrize("text", ["", "-1", "1.0", "１", "1,00", "十", "9" * 5000, "1000000000001"])
def test_count_is_refused_when_it_is_none(text: str) -> None:
    """A count is a whole number of at most 10¹²."""
    with pytest.raises(FigureError, match="is no count"):
        read_count(text)


def test_count_may_have_separators() -> None:
    """Figures are copied from print as they stand."""
    assert read_count("284,406") == 284_406
