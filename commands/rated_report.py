"""Without this file a report could not be exported before it is published."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from commands.reading import Reading
from commands.report_question import Question
from domain.extent import Extent
from domain.rates import RATES
from domain.report_cells import Figures, report_cells
from domain.report_kind import ReportKind
from domain.report_question import ReportQuestion
from domain.rounding import Rounding
from domain.scoring import SCORE_VERSION
from domain.text import Text
from domain.vocabulary import Channel, PetitionType
from projections.rate_queries import CountsAnswer
from replay.rated_report import RatedReport


def rated_kind(
    kind: ReportKind, reading: Reading, question: Question, options: dict[str, Any]
) -> RatedReport:
    """Return one of the reports of ``ReportKind``, of the present figures. Blocking.

    Args:
        kind: Which.
        reading: The ledger.
        question: What is asked.
        options: As the command line read them, for the period's name.

    Raises:
        CountsDisagreeError: the counts do not add up; nothing may be exported.
    """
    asked = asked_question(kind, reading, question, options)
    rated = _rated(asked, kind.definitions, question.counts(reading))
    return replace(rated, rank_by=SCORE_VERSION if kind is ReportKind.RANKING else None)


def rated_ranking(
    rate_id: str, reading: Reading, question: Question, options: dict[str, Any]
) -> RatedReport:
    """Return groups ranked by one rate. Blocking.

    Raises:
        CountsDisagreeError: the counts do not add up; nothing may be exported.
    """
    rate = RATES[rate_id]
    # Of all kinds this one has nothing but rates in its cells.
    asked = asked_question(ReportKind.ONTIME, reading, question, options)
    rated = _rated(asked, (rate.reference,), question.counts(reading))
    title = Text(f"{rate.label.zh}排名", f"Ranking by {rate.label.en}")
    return replace(rated, name="ranking", title=title, rank_by=rate.reference)


def asked_question(
    kind: ReportKind, reading: Reading, question: Question, options: dict[str, Any]
) -> ReportQuestion:
    """Return what the command line asks, in the words of a published report; pure."""
    scope, cohort = question.scope, question.cohort
    kind_of = scope.petition_type and PetitionType(scope.petition_type)
    return ReportQuestion(
        kind=kind,
        by=question.by,
        extent=Extent(
            unit=scope.unit,
            petition_type=kind_of,
            channel=scope.channel and Channel(scope.channel),
            region=scope.region,
        ),
        period=options.get("period"),
        month_start_day=options.get("month_start_day") or 1,
        accepted_from=None if cohort is None else cohort.accepted_from,
        accepted_before=None if cohort is None else cohort.accepted_before,
        as_of=question.instant,
        known_at=question.known_at,
        zone=reading.zone.key,
        cases_min=question.cases_min,
        rounding=Rounding.HALF_UP,
    )


def _rated(asked: ReportQuestion, definitions: Sequence[str], counts: CountsAnswer) -> RatedReport:
    reasons = {key: counts.withheld(key) for key in (*counts.rows, None)}
    withheld = {key: reason for key, reason in reasons.items() if reason is not None}
    figures = Figures(counts.position, counts.rows, withheld)
    return RatedReport(
        asked.kind.value,
        asked.kind.label,
        asked,
        tuple(definitions),
        counts.position,
        report_cells(asked, definitions, figures),
        withheld=tuple(dict.fromkeys(withheld.values())),
    )
