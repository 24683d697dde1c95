"""Without this file the columns of a public table could be subtracted from one another."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from domain.counts import Counts
from domain.rates import RateDefinition
from domain.report_kind import COUNTS_BESIDE, counts_beside
from domain.suppression import Group, suppressed_cells

Sums = tuple[tuple[str, ...], tuple[str, ...]]
"""Measures that are added, and measures taken off; equal sums are one column."""


class PublicShare(NamedTuple):
    """A share as the public may see it; None stands for a suppressed integer."""

    n: int | None
    d: int | None


class PublicTable:
    """Which integers of a table the public may see.

    Pure. A column is what it counts, not where it stands: a denominator that several rates
    share is one column, hidden in all of them or in none.

    Args:
        rows: Counts by group.
        definitions: The rates that are printed.
        counts: Columns of plain counts, by group.
        has_groups: Whether the rows are printed, or their total alone.
    """

    def __init__(
        self,
        rows: Mapping[str, Counts],
        definitions: Sequence[RateDefinition],
        counts: Mapping[str, Mapping[Group, int]],
        *,
        has_groups: bool = True,
    ) -> None:
        groups: dict[Group, Counts] = dict(rows.items()) if has_groups else {}
        groups[None] = sum(rows.values(), Counts())
        self._columns: dict[Sums, Mapping[Group, int]] = {}
        for definition in definitions:
            for sums in (_above(definition), _below(definition)):
                added, taken = sums
                self._columns[sums] = {
                    key: each.total(added) - each.total(taken) for key, each in groups.items()
                }
        self._hidden = {sums: suppressed_cells(column) for sums, column in self._columns.items()}
        self._counts = counts
        self._hidden_counts = {name: suppressed_cells(column) for name, column in counts.items()}

    def share(self, definition: RateDefinition, group: Group) -> PublicShare:
        """Return numerator and denominator of a group, or of the total."""
        return PublicShare(
            self._cell(_above(definition), group), self._cell(_below(definition), group)
        )

    @property
    def names(self) -> frozenset[str]:
        """Names of the plain counts that are printed."""
        return frozenset(self._counts)

    def count(self, name: str, group: Group) -> int | None:
        """Return a plain count of a group, or of the total; None where it is suppressed."""
        return None if group in self._hidden_counts[name] else self._counts[name][group]

    def _cell(self, sums: Sums, group: Group) -> int | None:
        return None if group in self._hidden[sums] else self._columns[sums][group]


def public_counts(rows: Mapping[str, Counts], *, has_groups: bool) -> dict[str, dict[Group, int]]:
    """Return the counts beside a closure rate as columns; pure.

    What is open stays out: it is the denominator less the numerator, and would give one of
    the two away where the other is suppressed.
    """
    groups: dict[Group, Counts] = dict(rows.items()) if has_groups else {}
    groups[None] = sum(rows.values(), Counts())
    beside = {key: counts_beside(counts) for key, counts in groups.items()}
    return {
        name: {key: counts[name] for key, counts in beside.items()}
        for name in COUNTS_BESIDE
        if name != "open"
    }


def _above(definition: RateDefinition) -> Sums:
    return tuple(sorted(definition.numerator)), tuple(sorted(definition.less))


def _below(definition: RateDefinition) -> Sums:
    return tuple(sorted(definition.denominator)), ()
