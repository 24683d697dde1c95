"""Without this file figures would be counted and never shown."""

from collections.abc import Callable, Collection
from decimal import Decimal

from api.figures import Metric, RankingView, RankLine, RateRow, RatesView, ScorePart, Share
from api.schemas import Label
from domain.dimension import Dimension
from domain.ranking import Standing
from domain.rates import RateDefinition
from domain.score_rules import SCORE_VERSION
from domain.text import Text
from domain.vocabulary import Channel, PetitionType
from projections.rate_queries import CountsAnswer
from projections.unit_score import RateRanking, ScoreLine, UnitScores

Naming = Callable[[str], Label]

SCORE = "unit_score"
_HUB = Label("枢纽", "hub")
_NOT_RECORDED = Label("未记录", "not recorded")
_TOTAL = Label("合计", "total")
_SCORE = Metric(SCORE, SCORE_VERSION, Label("综合得分", "composite score"))


def naming(by: Dimension, units: dict[str, Text]) -> Naming:
    """Return the function that names the groups of a dimension. Pure."""

    def name(key: str) -> Label:
        if not key:
            return _HUB if by is Dimension.UNIT else _NOT_RECORDED
        if by is Dimension.UNIT and key in units:
            return Label.of(units[key])
        if by is Dimension.TYPE and key in set(PetitionType):
            return Label.of(PetitionType(key).label)
        if by is Dimension.CHANNEL and key in set(Channel):
            return Label.of(Channel(key).label)
        return Label(key, key)

    return name


def show_rates(
    answer: CountsAnswer, definitions: Collection[RateDefinition], name: Naming
) -> RatesView:
    """Return rates by group. Pure."""

    def row(key: str | None, label: Label) -> RateRow:
        shares = tuple(Share.of(each, answer.rate(each, key)) for each in definitions)
        return RateRow(key=key or "", label=label, shares=shares)

    return RatesView(
        by=answer.by.value,
        as_of=answer.as_of,
        position=answer.position,
        accepted_from=answer.cohort.accepted_from if answer.cohort else None,
        accepted_before=answer.cohort.accepted_before if answer.cohort else None,
        as_dispatched=answer.scope.as_dispatched,
        metrics=tuple(Metric.of(each) for each in definitions),
        rows=tuple(row(key, name(key)) for key in answer.rows),
        total=row(None, _TOTAL),
    )


def show_rate_ranking(ranking: RateRanking, cases_min: int, name: Naming) -> RankingView:
    """Return groups ranked by one rate. Pure."""

    def line(standing: Standing) -> RankLine:
        rate = ranking.rates[standing.key]
        return RankLine(
            key=standing.key,
            label=name(standing.key),
            rank=standing.rank,
            group=None,
            group_rank=None,
            cases=standing.cases,
            value=rate.percent() if rate.d else None,
            parts=(),
            penalty=None,
            withheld=_label(rate.withheld),
        )

    lines = [tuple(line(each) for each in listed) for listed in ranking.ranking]
    return _ranking(ranking.counts, Metric.of(ranking.definition), cases_min, lines)


def show_scores(scores: UnitScores, name: Naming) -> RankingView:
    """Return units ranked by their composite score. Pure."""
    lines = [
        tuple(_score_line(each, name, scores) for each in listed)
        for listed in (scores.ranked, scores.unranked)
    ]
    return _ranking(scores.counts, _SCORE, scores.cases_min, lines)


def _score_line(line: ScoreLine, name: Naming, scores: UnitScores) -> RankLine:
    score = line.score
    is_given = score.points is not None and score.upper is not None
    return RankLine(
        key=line.unit,
        label=name(line.unit),
        rank=line.rank,
        group=None if line.group is None else Label.of(line.group),
        group_rank=line.group_rank,
        cases=score.cases,
        value=_decimal(score.points),
        parts=tuple(
            ScorePart(
                metric=part.rate_id,
                n=part.rate.n,
                d=part.rate.d,
                weight=str(part.weight),
                value=_decimal(None if part.value is None else part.value.quantize(_CENT)),
            )
            for part in score.components
        ),
        penalty=str(score.penalty),
        withheld=_label(scores.counts.withheld(line.unit)),
        band=line.band,
        interval=(str(score.points), str(score.upper)) if is_given else None,
        excluded=scores.excluded.get(line.unit, 0),
    )


def _label(text: Text | None) -> Label | None:
    return None if text is None else Label.of(text)


_CENT = Decimal("0.01")


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _ranking(
    counts: CountsAnswer, metric: Metric, cases_min: int, lines: list[tuple[RankLine, ...]]
) -> RankingView:
    return RankingView(
        by=counts.by.value,
        metric=metric,
        as_of=counts.as_of,
        position=counts.position,
        accepted_from=counts.cohort.accepted_from if counts.cohort else None,
        accepted_before=counts.cohort.accepted_before if counts.cohort else None,
        as_dispatched=counts.scope.as_dispatched,
        cases_min=cases_min,
        ranked=lines[0],
        unranked=lines[1],
    )
