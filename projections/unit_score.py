"""Without this file units could not be compared fairly, nor could anybody see why."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Any, Final
from zoneinfo import ZoneInfo

from psycopg import Connection
from psycopg.rows import tuple_row

from domain.band import Band, band_of
from domain.counts import Counts
from domain.dimension import Dimension
from domain.ranking import Entry, Ranking, rank, rank_rates, volume_group
from domain.rate import PUBLIC_CASES_MIN, Rate
from domain.rates import RateDefinition
from domain.score_rules import CURRENT_SCORE, ScoreRules
from domain.scoring import Score, scored, unit_score
from domain.text import Text
from ledger.queries import load_queries
from projections.rate_queries import CountsAnswer, read_counts
from projections.scope import EVERYTHING, Cohort, Scope
from projections.score_exclusions import read_excluded

QUERIES: Final = load_queries("projections", "unit_score")


@dataclass(frozen=True)
class ScoreLine:
    """One unit's place and what it was given for.

    Attributes:
        rank: Place among all units, shared by equal scores; None for too few cases.
        group_rank: Place among the units of like volume.
        unit: Code of the unit, ``""`` for the hub.
        group: Volume group, None without a place.
        score: Points with their components.
    """

    rank: int | None
    group_rank: int | None
    unit: str
    group: Text | None
    score: Score

    @property
    def band(self) -> Band | None:
        """The band of its points; None without a place."""
        points = self.score.points
        return None if points is None or self.rank is None else band_of(points)


@dataclass(frozen=True)
class UnitScores:
    """The ranking of units; who has too few cases stands in a list of its own.

    Attributes:
        counts: The counts it was made from, with position, instant and scope.
        excluded: Units with petitions that appeals took out of the score, and how many.
        cases_min: Fewest petitions for a place.
        ranked: Units with a place.
        unranked: The hub, and units with fewer cases.
    """

    counts: CountsAnswer
    excluded: Mapping[str, int]
    cases_min: int
    ranked: tuple[ScoreLine, ...]
    unranked: tuple[ScoreLine, ...]


@dataclass(frozen=True)
class RateRanking:
    """Groups ranked by one rate; its denominator is the number of cases.

    Attributes:
        counts: The counts it was made from.
        definition: The rate.
        rates: Every group's rate.
        ranking: Places.
    """

    counts: CountsAnswer
    definition: RateDefinition
    rates: Mapping[str, Rate]
    ranking: Ranking


def read_unit_scores(
    connection: Connection[Any],
    *,
    as_of: datetime,
    zone: ZoneInfo,
    scope: Scope = EVERYTHING,
    cohort: Cohort | None = None,
    cases_min: int = PUBLIC_CASES_MIN,
) -> UnitScores:
    """Return all units ranked by their composite score; see ``score_units``.

    Blocking, four statements.

    Args:
        connection: Of a role that may read the read models.
        as_of: Aware instant the petitions are judged at.
        zone: Zone of the ledger's days.
        scope: Which petitions are meant, such as one type.
        cohort: Only petitions accepted in this stretch.
        cases_min: Fewest petitions in the base set for a place.
    """
    counts = read_counts(
        connection, Dimension.UNIT, as_of=as_of, zone=zone, scope=scope, cohort=cohort
    )
    return score_units(counts, cases_min, read_excluded(connection, counts))


def score_units(
    counts: CountsAnswer,
    cases_min: int = PUBLIC_CASES_MIN,
    excluded: Mapping[str, Counts] | None = None,
    rules: ScoreRules = CURRENT_SCORE,
) -> UnitScores:
    """Return all units ranked by their composite score.

    Pure. A unit with an incomplete intake has no points. Scores are compared as printed,
    with two decimals, so that units a reader sees as equal share a place.

    Args:
        counts: By unit.
        cases_min: Fewest petitions in the base set for a place.
        excluded: What petitions count for that appeals took out of the score, by unit.
        rules: Which version of the score, or a supposed one.

    Source:
        domain.md §5, "Composite" and "Ranking", and decision 15.
    """
    gone = excluded or {}
    counts = replace(counts, rows=scored(counts.rows, gone))
    scores = {unit: _score(counts, unit, rules) for unit in counts.rows}
    ranking = _rank_scores(scores, cases_min)
    groups = {line.key: volume_group(line.cases) for line in ranking.ranked}
    group_ranks: dict[str, int | None] = {}
    for group in set(groups.values()):
        members = {unit: scores[unit] for unit, each in groups.items() if each == group}
        for line in _rank_scores(members, cases_min).ranked:
            group_ranks[line.key] = line.rank
    ranked, unranked = (
        tuple(
            ScoreLine(
                line.rank,
                group_ranks.get(line.key),
                line.key,
                groups.get(line.key),
                scores[line.key],
            )
            for line in lines
        )
        for lines in ranking
    )
    left_out = {unit: each["received"] for unit, each in gone.items()}
    return UnitScores(counts, left_out, cases_min, ranked, unranked)


def rank_by_rate(
    counts: CountsAnswer, definition: RateDefinition, cases_min: int = PUBLIC_CASES_MIN
) -> RateRanking:
    """Return groups ranked by one rate alone, compared exactly. Pure."""
    rates = {key: counts.rate(definition, key) for key in counts.rows}
    return RateRanking(counts, definition, rates, rank_rates(rates, cases_min))


def read_unit_names(connection: Connection[Any]) -> dict[str, Text]:
    """Return the names of the units on the roster, by code. Blocking, one statement."""
    cursor = connection.cursor(row_factory=tuple_row)
    cursor.execute(QUERIES["list_unit_names"])
    return {unit: Text(zh, en) for unit, zh, en in cursor}


def _score(counts: CountsAnswer, unit: str, rules: ScoreRules) -> Score:
    row = counts.rows[unit]
    if counts.withheld(unit) is None:
        return unit_score(row, rules)
    return replace(unit_score(Counts(), rules), cases=row["base"])


def _rank_scores(scores: Mapping[str, Score], cases_min: int) -> Ranking:
    return rank(
        (
            Entry(unit, None if score.points is None else Fraction(score.points), score.cases)
            for unit, score in scores.items()
        ),
        cases_min,
    )
