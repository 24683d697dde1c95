"""Without this file a downloaded report would answer another question than a printed one."""

from typing import Any
from zoneinfo import ZoneInfo

from psycopg import Connection

from api.figure_question import FigureQuestion, find_definition
from api.figure_reading import refuse_unknown_scope
from domain.extent import Extent
from domain.report_kind import ReportKind
from domain.report_question import ReportQuestion
from domain.rounding import Rounding
from ledger.zone import ledger_zone
from replay.catalogue import catalogue_known_at
from replay.figures import head_position


def ask_report(
    connection: Connection[Any],
    kind: ReportKind,
    question: FigureQuestion,
    cases_min: int,
    metrics: tuple[str, ...] = (),
) -> ReportQuestion:
    """Return what the query parameters ask, in the words of a published report.

    Blocking, a few queries.

    Args:
        connection: One snapshot of the role tz_app.
        kind: Which report.
        question: What is asked.
        cases_min: Below this denominator no digits are given.
        metrics: Which rates, of a report on chosen ones.

    Raises:
        RequestRefusedError: ``invalid-request``; there is no such rate.
        RetiredDefinitionError: one of the rates was retired.
        UnknownRegionError: no petition has the region of the scope.
        UnknownUnitError: the roster has no such unit.
    """
    refuse_unknown_scope(connection, question.scope)
    zone = ledger_zone(connection)
    if kind is ReportKind.RATES:
        _find(connection, question, metrics, zone)
    cohort = question.cohort(zone)
    scope = question.scope
    return ReportQuestion(
        kind=kind,
        by=question.by,
        extent=Extent(
            unit=scope.unit,
            petition_type=scope.petition_type,
            channel=scope.channel,
            region=scope.region,
        ),
        period=None,
        month_start_day=1,
        accepted_from=None if cohort is None else cohort.accepted_from,
        accepted_before=None if cohort is None else cohort.accepted_before,
        as_of=question.as_of,
        known_at=question.known_at,
        zone=zone.key,
        cases_min=cases_min,
        rounding=Rounding.HALF_UP,
        metrics=metrics if kind is ReportKind.RATES else (),
        as_dispatched=scope.as_dispatched,
    )


def _find(
    connection: Connection[Any],
    question: FigureQuestion,
    metrics: tuple[str, ...],
    zone: ZoneInfo,
) -> None:
    catalogue = catalogue_known_at(connection, head_position(connection), question.known_at)
    for metric in metrics:
        find_definition(metric, catalogue, question.as_of.astimezone(zone).date())
