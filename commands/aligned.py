"""Without this file columns with 汉字 would not stand one below the other."""

from collections.abc import Sequence

_GAP = "  "


def align(rows: Sequence[Sequence[str]], *, right: frozenset[int] = frozenset()) -> list[str]:
    """Return rows as lines whose columns start at the same place of a terminal.

    Pure. Wide characters count two columns; the last column is not filled up.

    Args:
        rows: Cells, each row of the same length.
        right: Columns whose cells stand at their right edge, such as figures.
    """
    from rich.cells import cell_len

    widths = [max(cell_len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = []
        for place, (cell, width) in enumerate(zip(row, widths, strict=True)):
            filling = " " * (width - cell_len(cell))
            cells.append(filling + cell if place in right else cell + filling)
        lines.append(_GAP.join(cells).rstrip())
    return lines


def shorten(text: str, columns_max: int) -> str:
    """Return a text that takes at most so many columns, cut with an ellipsis. Pure."""
    from rich.cells import cell_len, set_cell_size

    if cell_len(text) <= columns_max:
        return text
    return f"{set_cell_size(text, columns_max - 1).rstrip()}…"
