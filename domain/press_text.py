"""Without this file published figures could not be put to the rules that examine them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.figure import Percent
from domain.text import Text
from domain.vocabulary import Labelled


class CountKind(Labelled):
    """What a published count counts; it decides what the count may be compared with."""

    ACTS = "acts", "累计件次", "acts, cumulative"
    DISTINCT = "distinct", "累计去重数", "distinct ones, cumulative"
    PERSON_TIMES = "person_times", "人次", "person-times, cumulative"
    STATE = "state", "时点数", "a state, which may fall"
    PERIOD = "period", "当期数", "of one period, which may fall"

    @property
    def is_cumulative(self) -> bool:
        """Whether it can only grow with a later cut-off or a wider scope (decision 10)."""
        return self not in {CountKind.STATE, CountKind.PERIOD}


class RateKind(Labelled):
    """What a published percentage claims to be."""

    SHARE = "share", "占比", "share"
    COVERAGE = "coverage", "覆盖率", "coverage of distinct units"
    RATIO = "ratio", "比值", "ratio, which may exceed 100"


@dataclass(frozen=True)
class Count:
    """One published count.

    Attributes:
        name: Identifier inside the text; empty where a figure stands without one.
        value: The count, not negative.
        kind: What it counts.
        label: What the text calls it; the name by default.
        scope: Part of the business it covers, None where the text does not say.
        as_of: Cut-off day, None where the text does not say.
    """

    name: str
    value: int
    kind: CountKind = CountKind.ACTS
    label: str = ""
    scope: str | None = None
    as_of: date | None = None

    def __str__(self) -> str:
        """Return name and value as a finding shows them."""
        shown = self.label or self.name
        return f"{shown} {self.value}" if shown else str(self.value)


@dataclass(frozen=True)
class PrintedRate:
    """One published percentage and what the text says it was made of.

    Attributes:
        name: What the text calls it.
        printed: The percentage with its decimals; None where the text gives none.
        n: Stated numerator.
        denominators: The stated denominator; several where the text leaves it open which.
        kind: What it claims to be.
        group: Whose rate it is, where the same rate is ranked over several.
    """

    name: str
    printed: Percent | None = None
    n: Count | None = None
    denominators: tuple[Count, ...] = ()
    kind: RateKind = RateKind.SHARE
    group: str = ""

    @property
    def is_share(self) -> bool:
        """Whether the numerator is a part of the denominator."""
        return self.kind is not RateKind.RATIO

    @property
    def subject(self) -> str:
        """Name and group, as a finding shows them."""
        return f"{self.name} · {self.group}" if self.group else self.name


@dataclass(frozen=True)
class PrintedSum:
    """A total and the parts it is said to consist of.

    Attributes:
        total: The total.
        parts: Its parts, at least one.
        is_complete: Whether the text gives every part.
    """

    total: Count
    parts: tuple[Count, ...]
    is_complete: bool = True

    @property
    def parts_sum(self) -> Count:
        """The parts added up, as a count of its own."""
        shown = " + ".join(str(part.value) for part in self.parts[:_PARTS_SHOWN])
        more = " + …" if len(self.parts) > _PARTS_SHOWN else ""
        return Count("", sum(part.value for part in self.parts), label=f"{shown}{more} =")


_PARTS_SHOWN = 6


@dataclass(frozen=True)
class Passage:
    """Figures that stand together in a text, under one scope and one cut-off."""

    name: str = ""
    counts: Mapping[str, Count] = field(default_factory=dict)
    rates: tuple[PrintedRate, ...] = ()
    sums: tuple[PrintedSum, ...] = ()


@dataclass(frozen=True)
class PressText:
    """Everything that was published together, to be held against itself.

    Attributes:
        title: What it is, for the reader of the findings.
        passages: In the order of the text.
        wider: For a scope the scopes that contain it.
    """

    title: str = ""
    passages: tuple[Passage, ...] = ()
    wider: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def is_within(self, scope: str | None, other: str | None) -> bool:
        """Whether one scope is known to lie within another. Pure.

        Two figures without a scope are in the text's one scope; a figure with one and a
        figure without are not known to be related.
        """
        return scope == other or (
            scope is not None and other is not None and other in self.wider.get(scope, ())
        )


def passage_text(passage: Passage, place: int) -> Text:
    """Return how a finding names a passage: its name, else its number. Pure."""
    if passage.name:
        return Text(f"“{passage.name}”", f"'{passage.name}'")
    return Text(f"第 {place} 段", f"passage {place}")
