"""Without this file a supposed figure could be read without the real one beside it."""

from collections.abc import Collection
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from api.figure_views import Naming
from api.figures import Metric, Rows, Share
from api.schemas import Count, Label, Name, Position
from domain.counts import check_identities
from domain.dimension import Dimension
from domain.rate import Rate, points_between
from domain.rates import RateDefinition
from domain.supposition import Supposition
from projections.unit_score import ScoreLine, UnitScores
from replay.what_if import WhatIf


class SupposedRules(msgspec.Struct, frozen=True, kw_only=True):
    """What was supposed; null is what each petition pinned, and the pack's own calendar.

    Attributes:
        pack: Policy pack with its version.
        calendar: Calendar with its version.
        petitions: How many the log has.
        dues_moved: How many would have had another due in their first cycle.
        imported: How many came from another system, with a due that its file states.
    """

    pack: Name | None
    calendar: Name | None
    petitions: Count
    dues_moved: Count
    imported: Count

    @classmethod
    def of(cls, told: WhatIf, supposition: Supposition) -> "SupposedRules":
        """Return what was supposed, and what that moved."""
        return cls(
            pack=None if supposition.pack is None else supposition.pack.reference,
            calendar=None if supposition.calendar is None else supposition.calendar.reference,
            petitions=told.petitions,
            dues_moved=told.dues_moved,
            imported=told.imported,
        )


class SupposedShare(msgspec.Struct, frozen=True, kw_only=True):
    """One rate as it is and as it would be; `points` is null below `cases_min` cases."""

    real: Share
    what_if: Share
    points: Name | None


class SupposedRow(msgspec.Struct, frozen=True, kw_only=True):
    """One group; key ``""`` is the hub, or what has no such attribute."""

    key: Name
    label: Label
    shares: Annotated[tuple[SupposedShare, ...], Meta(max_length=100)]


class SupposedRates(msgspec.Struct, frozen=True, kw_only=True):
    """Rates by group under the real rules and under others; the ledger is as it was."""

    supposed: SupposedRules
    by: Name
    as_of: datetime
    position: Position
    cases_min: Count
    metrics: Annotated[tuple[Metric, ...], Meta(max_length=100)]
    rows: Annotated[tuple[SupposedRow, ...], Rows]
    total: SupposedRow


class SupposedPlace(msgspec.Struct, frozen=True):
    """A place and a score; both are null for a unit without a place."""

    rank: Count | None
    score: Name | None


class SupposedUnit(msgspec.Struct, frozen=True, kw_only=True):
    """One unit's place as it is and as it would be."""

    key: Name
    label: Label
    cases: Count
    real: SupposedPlace
    what_if: SupposedPlace


class SupposedRanking(msgspec.Struct, frozen=True, kw_only=True):
    """Units by their supposed score, each beside its real place; the ledger is as it was."""

    supposed: SupposedRules
    weights: dict[Name, Name]
    as_of: datetime
    position: Position
    cases_min: Count
    units: Annotated[tuple[SupposedUnit, ...], Rows]


def show_supposed_rates(
    told: WhatIf,
    supposition: Supposition,
    definitions: Collection[RateDefinition],
    cases_min: int,
    name: Naming,
) -> SupposedRates:
    """Return the rates of every group, as they are and as they would be. Pure.

    Raises:
        CountsDisagreeError: the counts do not add up; nothing is shown.
    """
    for counts in (*told.real.rows.values(), *told.supposed.rows.values()):
        check_identities(counts)

    def share(definition: RateDefinition, key: str | None) -> SupposedShare:
        real, supposed = (each.rate(definition, key) for each in (told.real, told.supposed))
        return SupposedShare(
            real=Share.of(definition, real),
            what_if=Share.of(definition, supposed),
            points=_points(real, supposed, cases_min),
        )

    def row(key: str | None, label: Label) -> SupposedRow:
        shares = tuple(share(each, key) for each in definitions)
        return SupposedRow(key=key or "", label=label, shares=shares)

    keys = sorted(told.real.rows.keys() | told.supposed.rows.keys())
    is_whole = told.real.by is Dimension.TOTAL
    return SupposedRates(
        supposed=SupposedRules.of(told, supposition),
        by=told.real.by.value,
        as_of=told.real.as_of,
        position=told.real.position,
        cases_min=cases_min,
        metrics=tuple(Metric.of(each) for each in definitions),
        rows=() if is_whole else tuple(row(key, name(key)) for key in keys),
        total=row(None, Label.of(Dimension.TOTAL.label)),
    )


def _points(real: Rate, supposed: Rate, cases_min: int) -> str | None:
    shown = all(rate.withheld is None and rate.d >= max(cases_min, 1) for rate in (real, supposed))
    return points_between(real, supposed) if shown else None


def show_supposed_ranking(
    told: WhatIf,
    supposition: Supposition,
    real: UnitScores,
    supposed: UnitScores,
    weights: dict[str, str],
    name: Naming,
) -> SupposedRanking:
    """Return every unit's place and score, as they are and as they would be. Pure."""
    before = {line.unit: line for line in (*real.ranked, *real.unranked)}
    return SupposedRanking(
        supposed=SupposedRules.of(told, supposition),
        weights=weights,
        as_of=told.real.as_of,
        position=told.real.position,
        cases_min=supposed.cases_min,
        units=tuple(
            SupposedUnit(
                key=line.unit,
                label=name(line.unit),
                cases=line.score.cases,
                real=_place(before[line.unit]),
                what_if=_place(line),
            )
            for line in (*supposed.ranked, *supposed.unranked)
        ),
    )


def _place(line: ScoreLine) -> SupposedPlace:
    if line.rank is None:
        return SupposedPlace(None, None)
    return SupposedPlace(line.rank, str(line.score.points))
