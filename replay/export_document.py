"""Without this file a workbook and a PDF of one report could say different things."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from domain.text import Text
from replay.export_definitions import Definition
from replay.export_field import Field, Value
from replay.letterhead import NOBODY, Letterhead

Row = tuple[Value, ...]
Say = Callable[[Text], str]
"""Chooses the language of a text; a file is written in one language, its codes are in both."""


NO_FIGURE: Final = "–"
PETITIONS = Text("件", "petitions")


@dataclass(frozen=True)
class Table:
    """Records with their columns.

    Attributes:
        fields: The columns.
        rows: One tuple a record, in the order of the columns.
        total: The record of all groups together, or None where sums mean nothing.
        absent: What stands in a printed form for a figure that is not given.
    """

    fields: Sequence[Field]
    rows: Collection[Row]
    total: Row | None = None
    absent: str = NO_FIGURE

    @property
    def records(self) -> Collection[Row]:
        """Every record, the total last."""
        return self.rows if self.total is None else [*self.rows, self.total]

    def place(self, name: str) -> int:
        """Return where a column stands."""
        return [each.name for each in self.fields].index(name)


@dataclass(frozen=True)
class Origin:
    """What figures were computed from, so that anybody can compute them again.

    Attributes:
        position: Last position of the log that counts; None where there are several logs.
        as_of: Aware instant the petitions are judged at.
        zone: Zone of the ledger's days.
        known_at: Aware instant up to which the ledger's knowledge counts, or None for all.
        definitions: What was computed, in words.
        period: What people call the statistical period, or None.
        accepted_from: First instant of the cohort, or None.
        accepted_before: First instant after it, or None.
        scope: Dimension to value of what was asked for alone.
        cases_min: Below this denominator no digits are given.
        rounding: Identifier of how quotients become digits.
        number: Number of the published report, or None for a working paper.
        state: Whether a published report stands.
        withheld: Why rates are missing.
        as_dispatched: Whether merged units kept what they were dispatched.
        positions: Ledger to last position, of a report over several ledgers.
    """

    position: int | None
    as_of: datetime
    zone: ZoneInfo
    known_at: datetime | None = None
    definitions: tuple[Definition, ...] = ()
    period: Text | None = None
    accepted_from: datetime | None = None
    accepted_before: datetime | None = None
    scope: Mapping[str, str] = field(default_factory=dict)
    cases_min: int | None = None
    rounding: str | None = None
    number: int | None = None
    state: Text | None = None
    withheld: tuple[Text, ...] = ()
    as_dispatched: bool = False
    positions: Mapping[str, int] = field(default_factory=dict)

    @property
    def log(self) -> str:
        """The position, or that of each ledger."""
        if self.position is not None:
            return str(self.position)
        return ", ".join(f"{ledger} {position}" for ledger, position in self.positions.items())

    @property
    def as_of_on(self) -> date:
        """Local day of the instant."""
        return self.as_of.astimezone(self.zone).date()


@dataclass(frozen=True)
class Document:
    """One report, ready for any format.

    Attributes:
        name: Stable identifier of the report.
        title: What people call it.
        table: Its figures.
        origin: What they were computed from.
        letterhead: Who hands it in.
        counted_in: Unit of the counts.
        lead: Sentences that sum it up, for reading aloud.
        notes: What a reader has to know besides.
        total_first: Whether the total stands above its parts in a printed form.
    """

    name: str
    title: Text
    table: Table
    origin: Origin
    letterhead: Letterhead = NOBODY
    counted_in: Text = PETITIONS
    lead: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()
    total_first: bool = False
