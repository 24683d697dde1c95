"""Without this file a report could not be exported before it is published."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import msgspec

from commands.reading import Reading
from commands.report_question import Question
from domain.extent import Extent
from domain.report_cells import Figures, report_cells
from domain.report_kind import ReportKind
from domain.report_question import ReportQuestion
from domain.rounding import Rounding
from domain.score_rules import CURRENT_SCORE
from domain.text import Text
from domain.vocabulary import Channel, PetitionType
from projections.rate_queries import CountsAnswer
from replay.catalogue import catalogue_known_at
from replay.exclusions import excluded_known_at
from replay.rated_report import RatedReport


def rated_kind(
    kind: ReportKind,
    reading: Reading,
    question: Question,
    options: dict[str, Any],
    *,
    metrics: tuple[str, ...] = (),
    is_public: bool = False,
) -> RatedReport:
    """Return one of the reports of ``ReportKind``, of the present figures. Blocking.

    Args:
        kind: Which.
        reading: The ledger.
        question: What is asked.
        options: As the command line read them, for the period's name.
        metrics: What is asked for, of a report on chosen rates.
        is_public: Whether small cells are suppressed.

    Raises:
        CountsDisagreeError: the counts do not add up; nothing may be exported.
    """
    asked = asked_question(kind, reading, question, options)
    asked = msgspec.structs.replace(asked, metrics=metrics, is_public=is_public)
    answer = question.counts(reading)
    figures = _figures(reading, question, answer)
    if kind is ReportKind.RANKING:
        excluded = excluded_known_at(reading.connection, answer, question.known_at)
        figures = replace(figures, excluded=excluded)
    definitions = kind.definitions(figures.catalogue, asked.as_of_day, metrics)
    rated = _rated(asked, definitions, figures)
    is_ranking = kind is ReportKind.RANKING
    return replace(rated, rank_by=CURRENT_SCORE.reference if is_ranking else None)


def rated_ranking(
    rate_id: str, reading: Reading, question: Question, options: dict[str, Any]
) -> RatedReport:
    """Return groups ranked by one rate. Blocking.

    Raises:
        CountsDisagreeError: the counts do not add up; nothing may be exported.
        NoSuchMetricError: there is no such rate.
    """
    # Of all kinds this one has nothing but rates in its cells.
    asked = asked_question(ReportKind.ONTIME, reading, question, options)
    figures = _figures(reading, question, question.counts(reading))
    rate = figures.catalogue.take(rate_id, asked.as_of_day)
    rated = _rated(asked, (rate.reference,), figures)
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
        as_dispatched=scope.as_dispatched,
    )


def _figures(reading: Reading, question: Question, answer: CountsAnswer) -> Figures:
    reasons = {key: answer.withheld(key) for key in (*answer.rows, None)}
    withheld = {key: reason for key, reason in reasons.items() if reason is not None}
    catalogue = catalogue_known_at(reading.connection, answer.position, question.known_at)
    return Figures(answer.position, answer.rows, withheld, catalogue=catalogue)


def _rated(asked: ReportQuestion, definitions: Sequence[str], figures: Figures) -> RatedReport:
    return RatedReport(
        asked.kind.value,
        asked.kind.label,
        asked,
        tuple(definitions),
        figures.position,
        report_cells(asked, definitions, figures),
        withheld=tuple(dict.fromkeys(figures.withheld.values())),
        catalogue=figures.catalogue,
    )
