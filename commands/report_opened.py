"""Without this file a unit would have to take its score on trust."""

from itertools import groupby
from operator import sub

from commands.language import say
from commands.reading import Reading
from commands.report_document import NO_FIGURE, Report
from commands.report_question import Question, take_unit_names
from commands.table_text import Column
from domain.rates import RATES
from domain.score_rules import CURRENT_SCORE
from domain.text import Text
from projections.opened_score import CASES, EXCLUDED, OpenedLine, open_score
from replay.exclusions import exclusions_known_at

_TITLE = Text("得分明细", "What a score is made of")
_PARTS = {
    CASES: Text("件数", "cases"),
    EXCLUDED: Text("申诉剔除", "excluded on appeal"),
} | {each.penalty_id: each.label for each in CURRENT_SCORE.penalties}


def make_opened_report(unit: str, reading: Reading, question: Question) -> Report:
    """Return the petitions behind each part of a unit's score. Blocking.

    Raises:
        CommandError: the roster has no such unit.
    """
    take_unit_names(reading, unit)
    answer = question.counts(reading)
    excluded = exclusions_known_at(reading.connection, answer, question.known_at)
    lines = open_score(reading.connection, unit, answer, excluded)
    columns = [
        Column(Text("得分项", "part"), is_number=False),
        Column(Text("编号", "number"), is_number=False),
        Column(Text("件数 n/d", "n/d")),
        Column(Text("日志位置", "log positions"), is_number=False),
    ]
    return Report(
        "ranking-opened",
        Text(f"{_TITLE.zh}：{question.label(unit).zh}", f"{_TITLE.en}: {question.label(unit).en}"),
        [CURRENT_SCORE.reference, *CURRENT_SCORE.weights],
        answer.position,
        columns,
        [
            [
                say(_label(line.part)),
                line.number or NO_FIGURE,
                str(line.n) if line.d is None else f"{line.n}/{line.d}",
                runs(line.positions),
            ]
            for line in lines
        ],
        {"unit": unit, "lines": [_member(line) for line in lines]},
    )


def runs(positions: tuple[int, ...]) -> str:
    """Return positions as runs, such as ``3, 7–9``; pure.

    Args:
        positions: Rising.
    """
    texts = []
    for _, group in groupby(enumerate(positions), key=lambda pair: sub(*pair)):
        run = [position for _, position in group]
        texts.append(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}")
    return ", ".join(texts)


def _label(part: str) -> Text:
    return RATES[part].label if part in RATES else _PARTS[part]


def _member(line: OpenedLine) -> dict[str, object]:
    return {
        "part": line.part,
        "petition_id": str(line.petition_id),
        "number": line.number,
        "n": line.n,
        "d": line.d,
        "positions": list(line.positions),
    }
