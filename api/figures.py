"""Without this file published figures would have no shape that a client could rely on."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from api.schemas import Count, Label, Name, Position
from domain.rate import Rate
from domain.rates import RateDefinition

Rows = Meta(max_length=100_000)


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """A rate as two integers; ``percent`` is null where there are no cases.

    Over petitions of which not all are on record no rate is given: all three are null then.

    Attributes:
        metric: Identifier of the definition.
        n: Cases that count.
        d: Cases they are a share of.
        percent: n of d in percent, two decimals, rounded half-up once.
        shown: As it may be printed in public: below ten cases n/d and no rate.
        withheld: Why it is not given, or null.
    """

    metric: Name
    n: Count | None
    d: Count | None
    percent: Name | None
    shown: Label
    withheld: Label | None

    @classmethod
    def of(cls, definition: RateDefinition, rate: Rate) -> "Share":
        """Return the share of a rate."""
        is_given = rate.withheld is None
        return cls(
            metric=definition.rate_id,
            n=rate.n if is_given else None,
            d=rate.d if is_given else None,
            percent=rate.percent() if rate.d else None,
            shown=Label.of(rate.shown()),
            withheld=None if rate.withheld is None else Label.of(rate.withheld),
        )


class Metric(msgspec.Struct, frozen=True):
    """What a figure is called, and which version of its definition was used."""

    metric: Name
    reference: Name
    label: Label

    @classmethod
    def of(cls, definition: RateDefinition) -> "Metric":
        """Return the name of a definition."""
        return cls(definition.rate_id, definition.reference, Label.of(definition.label))


class RateRow(msgspec.Struct, frozen=True, kw_only=True):
    """One group; key ``""`` is the hub, or what has no such attribute."""

    key: Name
    label: Label
    shares: Annotated[tuple[Share, ...], Meta(max_length=100)]


class RatesView(msgspec.Struct, frozen=True, kw_only=True):
    """Rates by group, with all that is needed to ask the same question again."""

    by: Name
    as_of: datetime
    position: Position
    accepted_from: datetime | None
    accepted_before: datetime | None
    as_dispatched: bool
    metrics: Annotated[tuple[Metric, ...], Meta(max_length=100)]
    rows: Annotated[tuple[RateRow, ...], Rows]
    total: RateRow


class ScorePart(msgspec.Struct, frozen=True, kw_only=True):
    """One component of a score; ``value`` is null where the unit had no such case."""

    metric: Name
    n: Count
    d: Count
    weight: Name
    value: Name | None


class RankLine(msgspec.Struct, frozen=True, kw_only=True):
    """One group and its place; ``rank`` is null for those listed without one.

    Attributes:
        key: Its code.
        label: What people call it.
        rank: Place; equal values share one and the next counts them all.
        group: Units of like volume it is compared with.
        group_rank: Place among those.
        cases: Petitions behind the value.
        value: What it is ranked by: percent, or points of the score.
        parts: What the points are made of.
        penalty: Points taken off.
        band: Band of the points, A the best; null for a ranking by one rate.
        interval: Points by the lower and by the upper limits of the parts.
        excluded: Petitions that appeals took out of the score.
        withheld: Why it has no value, or null.
    """

    key: Name
    label: Label
    rank: Count | None
    group: Label | None
    group_rank: Count | None
    cases: Count
    value: Name | None
    parts: Annotated[tuple[ScorePart, ...], Meta(max_length=20)]
    penalty: Name | None
    withheld: Label | None
    band: Name | None = None
    interval: tuple[Name, Name] | None = None
    excluded: Count = 0


class RankingView(msgspec.Struct, frozen=True, kw_only=True):
    """Who has a place, and who is listed without one."""

    by: Name
    metric: Metric
    as_of: datetime
    position: Position
    accepted_from: datetime | None
    accepted_before: datetime | None
    as_dispatched: bool
    cases_min: Count
    ranked: Annotated[tuple[RankLine, ...], Rows]
    unranked: Annotated[tuple[RankLine, ...], Rows]
