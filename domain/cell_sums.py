"""Without this file rates of several ledgers would be averaged, which no rate may be."""

from collections.abc import Mapping, Sequence

from domain.rate import Rate
from domain.report_cells import Cell
from domain.rounding import Rounding

CellsByFigure = Mapping[str, Cell]


def sum_cells(
    parts: Sequence[CellsByFigure], *, cases_min: int, rounding: Rounding
) -> tuple[Cell, ...]:
    """Return the sum of equal figures: numerators and denominators are added, never rates.

    Pure and exact; the quotient is taken once, of the sums.

    Args:
        parts: Figure to cell of each part; at least one, all with the same figures and none
            of them withheld.
        cases_min: Below this denominator no digits are given.
        rounding: How quotients become digits.

    Raises:
        ValueError: a part lacks a figure, or one is withheld or suppressed.
    """
    return tuple(
        _sum(figure, [part.get(figure) for part in parts], cases_min, rounding)
        for figure in parts[0]
    )


def _sum(figure: str, cells: list[Cell | None], cases_min: int, rounding: Rounding) -> Cell:
    pairs = [(cell.n, cell.d) for cell in cells if cell is not None and cell.n is not None]
    if len(pairs) < len(cells) or len({d is None for _, d in pairs}) != 1:
        raise ValueError(f"{figure} cannot be added up")
    n = sum(n for n, _ in pairs)
    if pairs[0][1] is None:
        return Cell(group=None, figure=figure, n=n, printed=str(n))
    d = sum(d or 0 for _, d in pairs)
    is_shown = d >= max(cases_min, 1) and n >= 0
    printed = Rate(n, d).percent(rounding=rounding) if is_shown else None
    return Cell(group=None, figure=figure, n=n, d=d, printed=printed)
