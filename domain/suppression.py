"""Without this file a public table would tell on the two people behind a cell.

A table is a set of columns of integers, each a run of groups and their total. A small cell is
not printed; so that nobody computes it back from the total, others are not printed either.
"""

from collections.abc import Mapping
from typing import Final

PUBLIC_CELL_MIN: Final = 5
"""Cells from 1 up to below it are not printed; 0 tells of nobody [assumed] and is."""
SUPPRESSED: Final = "*"
"""What stands in a public table instead of a figure."""

Group = str | None
"""Key of a row; None is the total."""


def suppressed_cells(column: Mapping[Group, int]) -> frozenset[Group]:
    """Return which cells of a column are not printed.

    Pure. Small cells first. Then, so long as what is printed and the rule itself leave a
    cell only one value, the smallest other cell too, a group before the total; of equal ones
    the first by key. Where all are suppressed nothing says which of them are small.

    Args:
        column: Integers of at least 0 by group, and their sum under None. A column without
            a total, or without groups, hides its small cells alone.

    Source:
        domain.md §5, "Small samples": public cells below 5, complementary suppression.
    """
    primary = {key for key, value in column.items() if is_small(value)}
    hidden = set(primary)
    if not primary or None not in column or len(column) == 1:
        return frozenset(hidden)
    while _tells_a_cell(column, primary, hidden):
        left = [key for key in column if key not in hidden]
        if not left:
            break
        hidden.add(min(left, key=lambda key: (key is None, column[key], key or "")))
    return frozenset(hidden)


def is_small(value: int) -> bool:
    """Whether a cell is too small to be printed; pure."""
    return 0 < value < PUBLIC_CELL_MIN


def possible_values(
    column: Mapping[Group, int], primary: set[Group], hidden: set[Group]
) -> dict[Group, tuple[int, int | None]]:
    """Return the least and the greatest value a reader must think possible of each hidden cell.

    Pure. The reader knows the printed cells, that groups add up to the total, and that a
    cell hidden for its size is from 1 to 4. Which of the hidden cells those are, the reader
    does not know; that they may know it is the careful assumption made here.

    Returns:
        Least and greatest value by cell; None where there is no greatest.
    """
    groups = [key for key in hidden if key is not None]
    low = {key: 1 if key in primary else 0 for key in hidden}
    high = {key: PUBLIC_CELL_MIN - 1 if key in primary else None for key in hidden}
    printed = sum(value for key, value in column.items() if key is not None and key not in hidden)
    # What the hidden groups add up to, as far as the total says.
    rest_low = low[None] - printed if None in hidden else column[None] - printed
    top = high[None] if None in hidden else column[None]
    rest_high = None if top is None else top - printed
    found: dict[Group, tuple[int, int | None]] = {}
    if None in hidden:
        least, most = _sum_bounds(groups, low, high)
        found[None] = (
            max(low[None], printed + least),
            _least(high[None], None if most is None else printed + most),
        )
    for key in groups:
        least, most = _sum_bounds([each for each in groups if each != key], low, high)
        found[key] = (
            low[key] if most is None else max(low[key], rest_low - most),
            _least(high[key], None if rest_high is None else rest_high - least),
        )
    return found


def _sum_bounds(
    keys: list[str], low: Mapping[Group, int], high: Mapping[Group, int | None]
) -> tuple[int, int | None]:
    tops = [high[key] for key in keys]
    most = None if None in tops else sum(top for top in tops if top is not None)
    return sum(low[key] for key in keys), most


def _tells_a_cell(column: Mapping[Group, int], primary: set[Group], hidden: set[Group]) -> bool:
    known = possible_values(column, primary, hidden)
    return any(least == most for least, most in known.values())


def _least(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else min(one, other)
