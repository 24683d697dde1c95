"""Without this file claim gaps would have no shape that a client could rely on."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from api.figure_views import Naming
from api.figures import Rows
from api.schemas import Count, Label, Name, Position
from domain.claim_gap import PAIRINGS, UNWEIGHTED, Pairing, gap_of
from domain.counts import Counts, check_identities
from domain.difference import printed_points
from domain.dimension import Dimension
from domain.text import Text
from projections.rate_queries import CountsAnswer


class GapShare(msgspec.Struct, frozen=True, kw_only=True):
    """What two say of the same items; a petition counts only where both have spoken.

    Attributes:
        gap: Identifier of the definition.
        items: On how many both have spoken; null, as all below, where it is withheld.
        first: How many of them the first calls resolved.
        second: How many the second calls resolved.
        both: How many both call resolved.
        points: First less second in percentage points; null below ``cases_min`` items.
        interval_95: Its limits, by Newcombe's hybrid score for paired samples.
        withheld: Why it is not given, or null.
    """

    gap: Name
    items: Count | None = None
    first: Count | None = None
    second: Count | None = None
    both: Count | None = None
    points: Name | None = None
    interval_95: tuple[Name, Name] | None = None
    withheld: Label | None = None

    @classmethod
    def of(
        cls, pairing: Pairing, counts: Counts, withheld: Text | None, cases_min: int
    ) -> "GapShare":
        """Return the gap of a group."""
        if withheld is not None:
            return cls(gap=pairing.gap_id, withheld=Label.of(withheld))
        gap = gap_of(pairing, counts)
        found = gap.difference_of(cases_min)
        return cls(
            gap=pairing.gap_id,
            items=gap.items,
            first=gap.first.n,
            second=gap.second.n,
            both=gap.both,
            points=gap.points if found else None,
            interval_95=found and (printed_points(found.lower), printed_points(found.upper)),
        )


class GapDefinition(msgspec.Struct, frozen=True, kw_only=True):
    """Which two words a gap compares; the names are those of rates."""

    gap: Name
    reference: Name
    label: Label
    first: Name
    second: Name


class GapRow(msgspec.Struct, frozen=True, kw_only=True):
    """One group; key ``""`` is the hub, or what has no such attribute."""

    key: Name
    label: Label
    gaps: Annotated[tuple[GapShare, ...], Meta(max_length=10)]


class GapsView(msgspec.Struct, frozen=True, kw_only=True):
    """Claim gaps by group; ``weighting`` says that items are not weighted by any sample."""

    by: Name
    as_of: datetime
    position: Position
    accepted_from: datetime | None
    accepted_before: datetime | None
    as_dispatched: bool
    cases_min: Count
    weighting: Label
    definitions: Annotated[tuple[GapDefinition, ...], Meta(max_length=10)]
    rows: Annotated[tuple[GapRow, ...], Rows]
    total: GapRow


DEFINITIONS = tuple(
    GapDefinition(
        gap=each.gap_id,
        reference=each.reference,
        label=Label.of(each.label),
        first=each.first_id,
        second=each.second_id,
    )
    for each in PAIRINGS
)


def show_gaps(answer: CountsAnswer, cases_min: int, name: Naming) -> GapsView:
    """Return the gaps of every group. Pure.

    Raises:
        CountsDisagreeError: the counts do not add up; nothing is shown.
    """

    def row(key: str | None, label: Label, counts: Counts) -> GapRow:
        check_identities(counts)
        withheld = answer.withheld(key)
        gaps = tuple(GapShare.of(each, counts, withheld, cases_min) for each in PAIRINGS)
        return GapRow(key=key or "", label=label, gaps=gaps)

    return GapsView(
        by=answer.by.value,
        as_of=answer.as_of,
        position=answer.position,
        accepted_from=answer.cohort.accepted_from if answer.cohort else None,
        accepted_before=answer.cohort.accepted_before if answer.cohort else None,
        as_dispatched=answer.scope.as_dispatched,
        cases_min=cases_min,
        weighting=Label.of(UNWEIGHTED),
        definitions=DEFINITIONS,
        rows=tuple(row(key, name(key), counts) for key, counts in answer.rows.items()),
        total=row(None, Label.of(Dimension.TOTAL.label), answer.total),
    )
