"""Sums of equal figures: what is added are integers, and the quotient is taken once."""

import pytest

from domain.cell_sums import sum_cells
from domain.report_cells import Cell
from domain.rounding import Rounding


def _part(n: int | None, d: int | None = None, figure: str = "closure_rate@1") -> dict[str, Cell]:
    return {figure: Cell(group=None, figure=figure, n=n, d=d)}


def _sum(*parts: dict[str, Cell], cases_min: int = 1) -> Cell:
    (cell,) = sum_cells(parts, cases_min=cases_min, rounding=Rounding.HALF_UP)
    return cell


def test_rates_are_added_by_numerator_and_denominator() -> None:
    """1/2 and 128/130 make 129/132, which no mean of 50 and 98.46 would give."""
    cell = _sum(_part(1, 2), _part(128, 130))
    assert (cell.n, cell.d, cell.printed) == (129, 132, "97.73")


def test_counts_are_added() -> None:
    """A count has no denominator, and its sum none."""
    cell = _sum(_part(3, figure="open"), _part(4, figure="open"))
    assert (cell.n, cell.d, cell.printed) == (7, None, "7")


def test_few_cases_have_no_digits_though_the_integers_stand() -> None:
    """The limit holds for the sum: parts too small for a rate may add up to one."""
    assert _sum(_part(2, 4), _part(3, 5), cases_min=10).printed is None
    assert _sum(_part(2, 5), _part(3, 5), cases_min=10).printed == "50.00"
    assert _sum(_part(0, 0), _part(0, 0)).printed is None


@pytest.mark.parametrize(
    "other",
    [
        _part(None),
        _part(None, 130),
        _part(3),
        _part(1, 2, figure="closure_rate@2"),
    ],
)
def test_what_is_withheld_or_another_figure_is_not_added(other: dict[str, Cell]) -> None:
    """A sum that silently lacks a part would be wrong and look right."""
    with pytest.raises(ValueError, match="closure_rate@1 cannot be added up"):
        _sum(_part(1, 2), other)
