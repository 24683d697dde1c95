"""Without this file no ranking could be printed, nor why a unit stands where it stands."""

from commands.language import say
from commands.reading import Reading
from commands.report_document import NO_FIGURE, Report, group_member, rate_cells, rate_member
from commands.report_question import Question
from commands.table_text import Column
from domain.band import BAND_FLOORS
from domain.rates import RATES
from domain.report_kind import ReportKind
from domain.score_rules import CURRENT_SCORE
from domain.text import Text
from projections.rate_queries import CountsAnswer
from projections.unit_score import ScoreLine, UnitScores, rank_by_rate, score_units
from replay.exclusions import excluded_known_at

_TITLE = Text("排名", "Ranking")
_RANK = Column(Text("名次", "rank"))
_COMPONENTS = tuple(each.partition("@")[0] for each in CURRENT_SCORE.weights)


def make_score_report(reading: Reading, question: Question, *, shows_ranks: bool = False) -> Report:
    """Return units by their composite score: in bands, with places where asked for. Blocking."""
    counts = question.counts(reading)
    excluded = excluded_known_at(reading.connection, counts, question.known_at)
    scores = score_units(counts, question.cases_min, excluded)
    places = [_RANK, Column(Text("组内名次", "rank in group"))] if shows_ranks else []
    columns = [
        *places,
        Column(Text("档次", "band"), is_number=False),
        Column(question.by.label, is_number=False),
        Column(Text("件数", "cases")),
        Column(Text("得分", "score")),
        Column(Text("得分区间", "interval")),
        *(Column(RATES[rate_id].label) for rate_id in _COMPONENTS),
        Column(Text("扣分", "penalty")),
        Column(Text("申诉剔除", "excluded on appeal")),
        Column(Text("体量组", "volume group"), is_number=False),
        Column(Text("缺项（权重已重分）", "missing (reweighted)"), is_number=False),
    ]
    lines = (*scores.ranked, *scores.unranked)
    return Report(
        "ranking",
        _TITLE,
        [CURRENT_SCORE.reference, *CURRENT_SCORE.weights],
        scores.counts.position,
        columns,
        [_score_cells(line, scores, question, shows_ranks=shows_ranks) for line in lines],
        {
            "bands": {band.value: str(floor) for band, floor in BAND_FLOORS.items()},
            "ranked": [_score_member(line, scores, question) for line in scores.ranked],
            "unranked": [_score_member(line, scores, question) for line in scores.unranked],
        },
        _reasons(scores.counts),
    )


def make_rate_ranking(rate_id: str, reading: Reading, question: Question) -> Report:
    """Return the ranking of groups by one rate alone. Blocking."""
    counts = question.counts(reading)
    (definition,) = question.rates(reading, counts, ReportKind.RATES, [rate_id])
    found = rank_by_rate(counts, definition, question.cases_min)
    columns = [
        _RANK,
        Column(question.by.label, is_number=False),
        Column(Text("件数 n/d", "n/d")),
        Column(Text(f"{definition.label.zh} %", f"{definition.label.en} %")),
        Column(Text("95% 区间", "95 % interval")),
    ]
    rows = [
        [
            NO_FIGURE if line.rank is None else str(line.rank),
            say(question.label(line.key)),
            *rate_cells(found.rates[line.key], question.cases_min),
        ]
        for line in (*found.ranking.ranked, *found.ranking.unranked)
    ]
    members: dict[str, object] = {
        name: [
            {"rank": line.rank}
            | group_member(question, line.key)
            | rate_member(found.rates[line.key], question.cases_min)
            for line in lines
        ]
        for name, lines in found.ranking._asdict().items()
    }
    return Report(
        "ranking",
        _TITLE,
        [definition.reference],
        counts.position,
        columns,
        rows,
        members,
        _reasons(counts),
    )


def _reasons(counts: CountsAnswer) -> tuple[Text, ...]:
    found = (counts.withheld(key) for key in counts.rows)
    return tuple(dict.fromkeys(reason for reason in found if reason is not None))


def _score_cells(
    line: ScoreLine, scores: UnitScores, question: Question, *, shows_ranks: bool
) -> list[str]:
    score = line.score
    is_ranked = line.rank is not None
    places = [str(line.rank), str(line.group_rank)] if is_ranked else [NO_FIGURE, NO_FIGURE]
    return [
        *(places if shows_ranks else ()),
        NO_FIGURE if line.band is None else line.band.value,
        say(question.label(line.unit)),
        str(score.cases),
        str(score.points) if is_ranked else NO_FIGURE,
        f"{score.points}–{score.upper}" if is_ranked else NO_FIGURE,
        *(f"{part.rate.n}/{part.rate.d}" for part in score.components),
        str(score.penalty),
        str(scores.excluded.get(line.unit, 0)),
        say(line.group) if line.group else NO_FIGURE,
        ", ".join(say(RATES[rate_id].label) for rate_id in score.missing) or NO_FIGURE,
    ]


def _score_member(line: ScoreLine, scores: UnitScores, question: Question) -> dict[str, object]:
    score = line.score
    is_ranked = line.rank is not None
    return (
        {"rank": line.rank, "group_rank": line.group_rank}
        | group_member(question, line.unit)
        | {
            "cases": score.cases,
            "band": line.band,
            "score": str(score.points) if is_ranked else None,
            "interval": [str(score.points), str(score.upper)] if is_ranked else None,
            "volume_group": line.group._asdict() if line.group else None,
            "components": {
                part.rate_id: {
                    "n": part.rate.n,
                    "d": part.rate.d,
                    "weight": str(part.weight),
                    "value": None if part.value is None else f"{part.value:.2f}",
                }
                for part in score.components
            },
            "missing": list(score.missing),
            "penalty": str(score.penalty),
            "occurrences": dict(score.occurrences),
            "excluded": scores.excluded.get(line.unit, 0),
        }
    )
