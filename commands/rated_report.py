"""Without this file a report could not be exported before it is published."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import msgspec

from commands.reading import Reading
from commands.report_question import Question
from domain.counts import Counts
from domain.extent import Extent
from domain.report_cells import Figures, report_cells
from domain.report_kind import ReportKind
from domain.report_question import ReportQuestion
from domain.rounding import Rounding
from domain.score_rules import SCORE_RULES
from domain.text import Text
from domain.vocabulary import Channel, PetitionType
from replay.catalogue import catalogue_known_at
from replay.exclusions import excluded_known_at
from replay.rated_report import RatedReport


def rated_kind(
    kind: ReportKind,
    reading: Reading,
    question: Question,
    metrics: Sequence[str] = (),
    *,
    is_public: bool = False,
    shows_ranks: bool = False,
) -> RatedReport:
    """Return one of the reports of ``ReportKind``, of the present figures. Blocking.

    Args:
        kind: Which.
        reading: The ledger.
        question: What is asked.
        metrics: Which rates, of a report on chosen ones.
        is_public: Whether small cells are suppressed.
        shows_ranks: Whether a ranking's form has the places beside the bands.

    Raises:
        CountsDisagreeError: the counts do not add up; nothing may be exported.
        NoSuchMetricError: there is no such rate.
        RetiredDefinitionError: one of the rates was retired.
    """
    asked = asked_question(kind, reading, question)
    asked = msgspec.structs.replace(asked, metrics=tuple(metrics), is_public=is_public)
    rated = _rated(asked, reading, question)
    rank_by = next((each for each in rated.definitions if each in SCORE_RULES), None)
    return replace(rated, rank_by=rank_by, shows_ranks=shows_ranks)


def rated_ranking(rate_id: str, reading: Reading, question: Question) -> RatedReport:
    """Return groups ranked by one rate. Blocking.

    Raises:
        CountsDisagreeError: the counts do not add up; nothing may be exported.
        NoSuchMetricError: there is no such rate.
        RetiredDefinitionError: it was retired.
    """
    asked = asked_question(ReportKind.RATES, reading, question)
    rated = _rated(msgspec.structs.replace(asked, metrics=(rate_id,)), reading, question)
    (reference,) = rated.definitions
    label = rated.catalogue.find(reference).label
    title = Text(f"{label.zh}排名", f"Ranking by {label.en}")
    return replace(rated, name="ranking", title=title, rank_by=reference)


def asked_question(kind: ReportKind, reading: Reading, question: Question) -> ReportQuestion:
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
        period=None if question.period is None else str(question.period),
        month_start_day=1 if question.period is None else question.period.start_day,
        accepted_from=None if cohort is None else cohort.accepted_from,
        accepted_before=None if cohort is None else cohort.accepted_before,
        as_of=question.instant,
        known_at=question.known_at,
        zone=reading.zone.key,
        cases_min=question.cases_min,
        rounding=Rounding.HALF_UP,
        as_dispatched=scope.as_dispatched,
    )


def _rated(asked: ReportQuestion, reading: Reading, question: Question) -> RatedReport:
    counts = question.counts(reading)
    connection, known_at = reading.connection, question.known_at
    catalogue = catalogue_known_at(connection, counts.position, known_at)
    definitions = asked.kind.definitions(catalogue, asked.as_of_day, asked.metrics)
    reasons = {key: counts.withheld(key) for key in (*counts.rows, None)}
    withheld = {key: reason for key, reason in reasons.items() if reason is not None}
    excluded: Mapping[str, Counts] = {}
    if asked.kind is ReportKind.RANKING:
        excluded = excluded_known_at(connection, counts, known_at)
    figures = Figures(counts.position, counts.rows, withheld, excluded, catalogue)
    return RatedReport(
        asked.kind.value,
        asked.kind.label,
        asked,
        definitions,
        counts.position,
        report_cells(asked, definitions, figures),
        catalogue,
        withheld=tuple(dict.fromkeys(withheld.values())),
    )
