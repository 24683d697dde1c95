"""Without this file a report could not be exported before it is published."""

from collections.abc import Sequence

import msgspec

from commands.reading import Reading
from commands.report_question import Question
from domain.extent import Extent
from domain.report_kind import ReportKind
from domain.report_question import ReportQuestion
from domain.rounding import Rounding
from domain.vocabulary import Channel, PetitionType
from replay.asked_report import read_ranking, read_report
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
    return read_report(reading.connection, asked, shows_ranks=shows_ranks)


def rated_ranking(rate_id: str, reading: Reading, question: Question) -> RatedReport:
    """Return groups ranked by one rate. Blocking.

    Raises:
        CountsDisagreeError: the counts do not add up; nothing may be exported.
        NoSuchMetricError: there is no such rate.
        RetiredDefinitionError: it was retired.
    """
    asked = asked_question(ReportKind.RATES, reading, question)
    return read_ranking(reading.connection, asked, rate_id)


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
