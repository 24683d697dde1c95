"""Without this file no ranking could be printed, nor why a unit stands where it stands."""

from commands.language import say
from commands.reading import Reading
from commands.report_document import NO_FIGURE, Report, group_member, rate_cells, rate_member
from commands.report_question import Question
from commands.table_text import Column
from domain.rates import RATES
from domain.scoring import PENALTIES, SCORE_VERSION, WEIGHTS
from domain.text import Text
from projections.rate_queries import CountsAnswer
from projections.unit_score import ScoreLine, rank_by_rate, score_units

_TITLE = Text("排名", "Ranking")
_RANK = Column(Text("名次", "rank"))


def make_score_report(reading: Reading, question: Question) -> Report:
    """Return the ranking of units by their composite score. Blocking."""
    scores = score_units(question.counts(reading), question.cases_min)
    columns = [
        _RANK,
        Column(question.by.label, is_number=False),
        Column(Text("件数", "cases")),
        Column(Text("得分", "score")),
        *(Column(RATES[rate_id].label) for rate_id in WEIGHTS),
        Column(Text("扣分", "penalty")),
        Column(Text("体量组", "volume group"), is_number=False),
        Column(Text("组内名次", "rank in group")),
        Column(Text("缺项（权重已重分）", "missing (reweighted)"), is_number=False),
    ]
    lines = (*scores.ranked, *scores.unranked)
    return Report(
        "ranking",
        _TITLE,
        [SCORE_VERSION, *(RATES[rate_id].reference for rate_id in WEIGHTS)],
        scores.counts.position,
        columns,
        [_score_cells(line, question) for line in lines],
        {
            "ranked": [_score_member(line, question) for line in scores.ranked],
            "unranked": [_score_member(line, question) for line in scores.unranked],
        },
        _reasons(scores.counts),
    )


def make_rate_ranking(rate_id: str, reading: Reading, question: Question) -> Report:
    """Return the ranking of groups by one rate alone. Blocking."""
    counts = question.counts(reading)
    definition = RATES[rate_id]
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


def _score_cells(line: ScoreLine, question: Question) -> list[str]:
    score = line.score
    is_ranked = line.rank is not None
    return [
        str(line.rank) if is_ranked else NO_FIGURE,
        say(question.label(line.unit)),
        str(score.cases),
        str(score.points) if is_ranked else NO_FIGURE,
        *(f"{part.rate.n}/{part.rate.d}" for part in score.components),
        str(score.penalty),
        say(line.group) if line.group else NO_FIGURE,
        str(line.group_rank) if is_ranked else NO_FIGURE,
        ", ".join(say(RATES[rate_id].label) for rate_id in score.missing) or NO_FIGURE,
    ]


def _score_member(line: ScoreLine, question: Question) -> dict[str, object]:
    score = line.score
    is_ranked = line.rank is not None
    return (
        {"rank": line.rank, "group_rank": line.group_rank}
        | group_member(question, line.unit)
        | {
            "cases": score.cases,
            "score": str(score.points) if is_ranked else None,
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
            "occurrences": {
                each.penalty_id: score.occurrences[each.penalty_id] for each in PENALTIES
            },
        }
    )
