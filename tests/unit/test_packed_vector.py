"""Tests of the one number that holds all measures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.measures import MEASURES
from projections.packed_vector import as_changes, pack, pack_changes, unpack

LEN = len(MEASURES)
COUNTS = st.lists(st.integers(-(2**30), 2**30 - 1), min_size=LEN, max_size=LEN).map(tuple)
DELTAS = st.lists(st.integers(-(2**15), 2**15 - 1), min_size=LEN, max_size=LEN).map(tuple)


@given(COUNTS, COUNTS)
def test_sum_of_packed_vectors_is_the_packed_sum(
    left: tuple[int, ...], right: tuple[int, ...]
) -> None:
    """Neighbours take nothing from each other, whatever is negative."""
    assert unpack(pack(left) + pack(right)) == tuple(
        a + b for a, b in zip(left, right, strict=True)
    )


@given(DELTAS)
def test_changes_of_a_step_pack_to_its_delta(delta: tuple[int, ...]) -> None:
    """What a step lists is what it changes."""
    assert unpack(pack_changes(as_changes(delta))) == delta


def test_first_measure_is_the_lowest() -> None:
    """A measure added at the end changes no number that is stored."""
    assert pack((7, *[0] * (LEN - 1))) == 7
    assert pack((0, -1, *[0] * (LEN - 2))) == -(2**32)


def test_number_that_no_vector_has_is_refused() -> None:
    """Digits above the last measure are an error, never cut off."""
    with pytest.raises(OverflowError):
        unpack(1 << (32 * LEN))


def test_measures_fit_the_byte_of_their_place() -> None:
    """A step names a measure by one signed byte."""
    assert LEN <= 128
