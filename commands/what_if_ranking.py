"""Without this file nobody could see which unit other rules would have put first."""

from commands.language import say
from commands.report_document import NO_FIGURE, Report, group_member
from commands.report_question import Question
from commands.table_text import Column
from commands.what_if_head import what_if_head, what_if_notes
from domain.score_rules import CURRENT_SCORE, ScoreRules
from domain.supposition import Supposition
from domain.text import Text
from projections.unit_score import ScoreLine, UnitScores, score_units
from replay.what_if import WhatIf


def make_ranking(
    told: WhatIf, supposition: Supposition, rules: ScoreRules, question: Question
) -> Report:
    """Return every unit's place and score, as they are and as they would be.

    Args:
        told: The history counted twice, by unit.
        supposition: The other rules.
        rules: Of the supposed score; the real one has the usual.
        question: What was asked.
    """
    real = _lines(score_units(told.real, question.cases_min, told.real_excluded))
    supposed = _lines(score_units(told.supposed, question.cases_min, told.supposed_excluded, rules))
    columns = [
        Column(question.by.label, is_number=False),
        Column(Text("件数", "cases")),
        Column(Text("实际名次", "real rank")),
        Column(Text("实际得分", "real score")),
        Column(Text("假设名次", "what-if rank")),
        Column(Text("假设得分", "what-if score")),
        Column(Text("得分相差", "difference in score")),
    ]
    rows: list[list[str]] = []
    members: list[dict[str, object]] = []
    for unit, after in supposed.items():
        before = real[unit]
        moved = _score_moved(before, after)
        rows.append(
            [
                say(question.label(unit)),
                str(after.score.cases),
                *_place(before),
                *_place(after),
                moved or NO_FIGURE,
            ]
        )
        members.append(
            group_member(question, unit)
            | {
                "cases": after.score.cases,
                "real": _place_member(before),
                "what_if": _place_member(after),
                "difference": moved,
            }
        )
    stated = {
        reference.partition("@")[0]: str(weight) for reference, weight in rules.weights.items()
    }
    notes = [*what_if_notes(told, supposition)]
    if rules is not CURRENT_SCORE:
        text = ", ".join(f"{rate_id} {weight}" for rate_id, weight in stated.items())
        notes.append((Text("假设权重", "supposed weights"), text))
    return Report(
        "what-if ranking",
        Text("假设重放：部门考评排名", "What-if: unit ranking"),
        [CURRENT_SCORE.reference, *{**CURRENT_SCORE.weights, **rules.weights}],
        told.real.position,
        columns,
        rows,
        what_if_head(told, supposition) | {"weights": stated, "units": members},
        (),
        notes,
    )


def _lines(scores: UnitScores) -> dict[str, ScoreLine]:
    return {line.unit: line for line in (*scores.ranked, *scores.unranked)}


def _place(line: ScoreLine) -> tuple[str, str]:
    if line.rank is None:
        return NO_FIGURE, NO_FIGURE
    return str(line.rank), str(line.score.points)


def _place_member(line: ScoreLine) -> dict[str, object]:
    is_ranked = line.rank is not None
    return {"rank": line.rank, "score": str(line.score.points) if is_ranked else None}


def _score_moved(before: ScoreLine, after: ScoreLine) -> str | None:
    old, new = before.score.points, after.score.points
    if None in (before.rank, after.rank) or old is None or new is None:
        return None
    return f"{new - old:+}" if new != old else "0.00"
