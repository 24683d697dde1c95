"""Without this file the parts of a sum over ledgers would be read at several instants."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from commands.failures import CommandError, Exit
from commands.invocation import Invocation
from domain.dimension import Dimension
from domain.report_kind import ReportKind
from domain.text import Text

if TYPE_CHECKING:
    from commands.reading import Reading
    from ledger.database import Database
    from replay.province import Contribution, ProvinceReport


def gather_parts(
    invocation: Invocation, kind: ReportKind, asked: dict[str, int | None], options: dict[str, Any]
) -> "ProvinceReport":
    """Read every ledger by itself and return the report of all. Blocking.

    Args:
        invocation: With the environment.
        kind: Which report.
        asked: Number of the published report by ledger, None for the present figures.
        options: What ``question_options`` read.

    Raises:
        NotSummableError: the figures do not mean the same.
        ReportNotStandingError: a ledger has no such report.
        LedgerMovedError: a ledger lives elsewhere by now.
        StartupError: a ledger is not set up, or not current.
    """
    from ledger.database import open_database
    from ledger.settings import DatabaseSettings
    from replay.province import ProvinceReport

    now = datetime.now(UTC)
    with open_database(DatabaseSettings.from_env(invocation.environ)) as database:
        return ProvinceReport.of(
            [
                _read(replace(database, ledger=name), kind, number, options, now)
                for name, number in asked.items()
            ]
        )


def _read(
    database: "Database",
    kind: ReportKind,
    number: int | None,
    options: dict[str, Any],
    now: datetime,
) -> "Contribution":
    from commands.rated_report import rated_kind
    from commands.report_question import make_question
    from replay.catalogue import replay_catalogue
    from replay.jurisdiction import jurisdiction
    from replay.province import Contribution, standing_report
    from replay.rated_report import RatedReport

    with _reading(database, now) as reading:
        connection = reading.connection
        if number is None:
            rated = rated_kind(kind, reading, make_question(reading, Dimension.TOTAL, options))
        else:
            published = standing_report(connection, database.ledger, number)
            if published.question.kind is not kind:
                raise _other_kind(database.ledger, number, published.question.kind)
            catalogue = replay_catalogue(connection, published.position)
            rated = RatedReport.published(published, catalogue)
        return Contribution(database.ledger, jurisdiction(connection), rated)


@contextmanager
def _reading(database: "Database", now: datetime) -> "Iterator[Reading]":
    """Look at one ledger as it is at the instant of the whole report.

    Raises:
        LedgerMovedError: it lives elsewhere by now, so its figures here stand still.
        StartupError: it is not set up, or not current.
    """
    from commands.reading import read_from
    from ledger.head_state import require_home
    from ledger.migration_plan import check

    check(database)
    with read_from(database) as reading:
        require_home(reading.connection)
        yield replace(reading, now=now)


def _other_kind(ledger: str, number: int, found: ReportKind) -> CommandError:
    return CommandError(
        Exit.REFUSED,
        Text(
            f"台账 {ledger} 的第 {number} 号报表是“{found.label.zh}”；未生成报表，请核对编号。",
            f"Report {number} of ledger {ledger} is '{found.label.en}'; no report was made, check "
            "the number.",
        ),
    )
