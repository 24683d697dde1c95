"""Without this file the options of a publication would not become a command."""

from datetime import datetime
from typing import Any, cast
from uuid import uuid4
from zoneinfo import ZoneInfo

from commands.acting import Acting
from commands.failures import CommandError, Exit
from commands.instants import last_instant
from domain.dimension import Dimension
from domain.published_report import PublishedReport
from domain.report_kind import ReportKind
from domain.report_publishing import (
    PUBLISHED_REPORTS,
    PublishReport,
    RetractReport,
    report_stream_name,
)
from domain.rounding import Rounding
from domain.text import Text
from domain.vocabulary import Channel, PetitionType
from ledger.reference import named_stream
from replay.published import LoggedFigures


def publish_order(
    acting: Acting, kind: ReportKind, options: dict[str, Any], *, is_rehearsal: bool
) -> PublishedReport:
    """Publish a report and return it. Blocking; replays the log.

    Args:
        acting: Who publishes.
        kind: Which report.
        options: As the command line read them.
        is_rehearsal: Whether to record nothing.

    Raises:
        DomainError: a guard refused it.
        LedgerError: the ledger could not record it.
    """
    figures = LoggedFigures(acting.database)
    command = _command(acting, kind, options, figures.next_number())
    if is_rehearsal:
        return cast("PublishedReport", acting.ledger.rehearse(command, acting.principal))
    acting.ledger.open(PUBLISHED_REPORTS, uuid4(), command, acting.principal)
    return take_report(figures, command.number)


def retract_order(acting: Acting, number: int, approver: str, reason: str) -> PublishedReport:
    """Retract a report and return it. Blocking.

    Raises:
        CommandError: there is none of this number.
        DomainError: a guard refused it.
        LedgerError: the ledger could not record it.
    """
    figures = LoggedFigures(acting.database)
    take_report(figures, number)
    acting.ledger.give(
        PUBLISHED_REPORTS,
        named_stream(report_stream_name(number)),
        RetractReport(approver_id=approver, reason=reason),
        acting.principal,
    )
    return take_report(figures, number)


def take_report(figures: LoggedFigures, number: int) -> PublishedReport:
    """Return a published report. Blocking.

    Raises:
        CommandError: there is none of this number.
    """
    report = figures.find_report(number)
    if report is None:
        raise CommandError(
            Exit.NOT_FOUND,
            Text(
                f"没有第 {number} 号报表。全部报表见：taizhang report list",
                f"There is no report {number}. See them all: taizhang report list",
            ),
        )
    return report


def _command(
    acting: Acting, kind: ReportKind, options: dict[str, Any], number: int
) -> PublishReport:
    zone = ZoneInfo(acting.ledger.reference.roster().zone)
    by = Dimension.UNIT if kind is ReportKind.RANKING else Dimension.TOTAL
    petition_type, channel = options["petition_type"], options["channel"]
    return PublishReport(
        number=number,
        kind=kind,
        approver_id=options["approver"],
        as_of=last_instant(options["as_of"], zone),
        by=Dimension(options["by"] or by),
        unit=options["unit"],
        petition_type=petition_type and PetitionType(petition_type),
        channel=channel and Channel(channel),
        region=options["region"],
        period=options["period"],
        month_start_day=options["month_start_day"],
        known_at=_known_at(options["known_at"], zone),
        cases_min=options["cases_min"],
        rounding=Rounding(options["rounding"]),
        metrics=options["metrics"],
        is_public=options["is_public"],
        as_dispatched=options["as_dispatched"],
        supersedes=options["supersedes"],
        reason=options["reason"],
    )


def _known_at(text: str | None, zone: ZoneInfo) -> datetime | None:
    return None if text is None else last_instant(text, zone)
