"""Tests that no suppressed cell can be computed back from what is printed."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.public_table import PublicTable
from domain.rates import RATES
from domain.suppression import PUBLIC_CELL_MIN, Group, is_small, suppressed_cells
from tests.unit.counted_figures import counts


def table(*values: int) -> dict[Group, int]:
    """Return a column of groups a, b, c … and their total."""
    column: dict[Group, int] = {chr(ord("a") + place): value for place, value in enumerate(values)}
    column[None] = sum(values)
    return column


@pytest.mark.parametrize(
    ("values", "hidden"),
    [
        ((10, 20, 30), set()),
        ((10, 0, 30), set()),
        ((2, 20, 30), {"a", "b"}),
        ((2, 3, 30), {"a", "b"}),
        ((1, 1, 30), {"a", "b", "c"}),
        ((4, 4, 30), {"a", "b", "c"}),
        ((2, 0, 30), {"a", "b"}),
        ((1, 0, 30), {"a", "b", "c"}),
        ((3,), {"a", None}),
        ((2, 20), {"a", "b"}),
    ],
)
def test_small_cells_are_hidden_with_enough_others(
    values: tuple[int, ...], hidden: set[Group]
) -> None:
    """One alone follows from the total, two ones follow from a sum of two."""
    assert suppressed_cells(table(*values)) == hidden


def test_single_row_hides_its_small_cells_alone() -> None:
    """A total without groups, and groups without a total, give nothing to subtract."""
    assert suppressed_cells({None: 3}) == {None}
    assert suppressed_cells({"a": 3, "b": 40}) == {"a"}


@settings(max_examples=300, deadline=None)
@given(values=st.lists(st.one_of(st.integers(0, 7), st.integers(0, 60)), min_size=1, max_size=6))
def test_no_suppressed_cell_follows_from_the_printed_table(values: list[int]) -> None:
    """For each hidden cell there are two tables alike in print that differ in it."""
    column = table(*values)
    hidden = suppressed_cells(column)
    assert {key for key, value in column.items() if is_small(value)} <= hidden
    if not hidden or hidden == column.keys():
        return
    groups: list[Group] = [key for key in column if key is not None]
    small = {key for key in hidden if is_small(column[key])}
    seen: dict[Group, set[int]] = {key: set() for key in hidden}
    for other in _tables_alike(column, groups, hidden, small):
        for key in hidden:
            seen[key].add(other[key])
    assert all(len(found) > 1 for found in seen.values()), seen


def _tables_alike(
    column: dict[Group, int], groups: list[Group], hidden: frozenset[Group], small: set[Group]
) -> list[dict[Group, int]]:
    """Return tables a reader cannot tell apart: a cell or two changed, or a pair against another.

    They keep every printed cell, add up, and keep what was hidden for its size small.
    """
    moved = [key for key in groups if key in hidden]
    found = []
    steps = range(-PUBLIC_CELL_MIN, PUBLIC_CELL_MIN + 1)
    for one, other in product(moved, moved):
        for change in steps:
            for against in {0, -change}:
                changed = dict(column)
                changed[one] += change
                if other != one:
                    changed[other] += against
                changed[None] = sum(changed[key] for key in groups)
                if _looks_alike(column, changed, hidden, small):
                    found.append(changed)
    return found


def _looks_alike(
    column: dict[Group, int],
    changed: dict[Group, int],
    hidden: frozenset[Group],
    small: set[Group],
) -> bool:
    printed = all(changed[key] == value for key, value in column.items() if key not in hidden)
    sized = all(is_small(changed[key]) for key in small)
    return printed and sized and min(changed.values()) >= 0


def test_columns_that_count_the_same_are_hidden_together() -> None:
    """The base of two rates is one column: hidden in both, or its cell could be read beside it."""
    rows = {
        "a": counts(base=3, satisfied=2, basically_satisfied=1),
        "b": counts(base=30, satisfied=20),
        "c": counts(base=50, satisfied=40),
    }
    rates = [RATES["satisfaction_rate.all"], RATES["satisfaction_rate.all_strict"]]
    public = PublicTable(rows, rates, {})
    for rate in rates:
        assert public.share(rate, "a") == (None, None)
        assert public.share(rate, "b").d is None
        assert public.share(rate, "c").d == 50
        assert public.share(rate, None).d == 83


def test_counts_are_suppressed_as_columns_of_their_own() -> None:
    """Plain counts beside a rate follow the same rule."""
    public = PublicTable({}, [], {"withdrawn": {"a": 2, "b": 9, "c": 12, None: 23}})
    assert [public.count("withdrawn", key) for key in ("a", "b", "c", None)] == [
        None,
        None,
        12,
        23,
    ]
