"""Tests of the one number that holds all measures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.measures import MEASURES, Delta
from projections.packed_vector import as_changes, pack_changes, unpack

LEN = len(MEASURES)
CHANGES = st.integers(-(2**15), 2**15 - 1)
DELTAS = st.dictionaries(st.integers(0, LEN - 1), CHANGES).map(
    lambda changes: tuple(sorted(changes.items()))
)


@given(st.lists(DELTAS))
def test_sum_of_packed_changes_is_the_packed_sum(deltas: list[Delta]) -> None:
    """Neighbours take nothing from each other, whatever is negative."""
    sums = [0] * LEN
    for place, change in (change for delta in deltas for change in delta):
        sums[place] += change
    assert unpack(sum(pack_changes(as_changes(delta)) for delta in deltas)) == tuple(sums)


def test_first_measure_is_the_lowest() -> None:
    """A measure added at the end changes no number that is stored."""
    assert unpack(7) == (7, *[0] * (LEN - 1))
    assert pack_changes(as_changes(((0, 1), (1, -1)))) == 1 - 2**32


def test_number_that_no_vector_has_is_refused() -> None:
    """Digits above the last measure are an error, never cut off."""
    with pytest.raises(OverflowError):
        unpack(1 << (32 * LEN))


def test_measures_fit_the_byte_of_their_place() -> None:
    """A step names a measure by one signed byte."""
    assert LEN <= 128
