"""Without this file units could be ranked on a screen but not in a form."""

from domain.dimension import Dimension
from domain.extent import Extent
from domain.report_cells import Figures, report_cells
from domain.report_kind import ReportKind
from domain.report_question import ReportQuestion
from domain.rounding import Rounding
from domain.score_rules import CURRENT_SCORE
from replay.exclusions import excluded_known_at
from replay.export_document import Document
from replay.export_rates import rated_document
from replay.rated_report import RatedReport
from replay.template_frame import Frame


def ranking_form(frame: Frame) -> Document:
    """Return 部门考评排名: units by their score over the period. Blocking.

    Raises:
        CountsDisagreeError: the counts do not add up.
    """
    answer = frame.counts(frame.period)
    accepted_from, accepted_before = frame.period.bounds(frame.zone)
    question = ReportQuestion(
        kind=ReportKind.RANKING,
        by=Dimension.UNIT,
        extent=Extent(),
        period=str(frame.period),
        month_start_day=frame.period.start_day,
        accepted_from=accepted_from,
        accepted_before=accepted_before,
        as_of=frame.as_of,
        known_at=frame.known_at,
        zone=frame.zone.key,
        cases_min=frame.cases_min,
        rounding=Rounding.HALF_UP,
        as_dispatched=False,
    )
    reasons = {key: answer.withheld(key) for key in (*answer.rows, None)}
    withheld = {key: reason for key, reason in reasons.items() if reason is not None}
    catalogue = frame.catalogue(answer.position)
    definitions = ReportKind.RANKING.definitions(catalogue, question.as_of_day)
    excluded = excluded_known_at(frame.connection, answer, frame.known_at)
    figures = Figures(answer.position, answer.rows, withheld, excluded, catalogue)
    report = RatedReport(
        frame.template.value,
        frame.template.label,
        question,
        definitions,
        answer.position,
        report_cells(question, definitions, figures),
        catalogue,
        CURRENT_SCORE.reference,
        shows_ranks=False,
        withheld=tuple(dict.fromkeys(withheld.values())),
    )
    return rated_document(
        report, frame.names, frame.letterhead, frame.say, total_first=frame.total_first
    )
