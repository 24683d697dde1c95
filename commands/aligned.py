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


def box(title: str) -> list[str]:
    """Return a title with a frame around it, as three lines. Pure."""
    from rich.cells import cell_len

    edge = "─" * (cell_len(title) + 2)
    return [f"┌{edge}┐", f"│ {title} │", f"└{edge}┘"]


def wrap(text: str, columns_max: int, indent: str) -> list[str]:
    """Return a text as lines of at most so many columns after the indent. Pure.

    Chinese has no blanks to break at, so a line breaks where it is full.
    """
    from rich.cells import chop_cells

    one_line = "".join(character if character.isprintable() else " " for character in text)
    return [f"{indent}{part}".rstrip() for part in chop_cells(one_line, columns_max)]
