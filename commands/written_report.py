"""Without this file a published report could be read but not handed in."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from commands.language import say
from domain.text import Text
from replay.catalogue import replay_catalogue
from replay.export_rates import rated_document
from replay.jurisdiction import jurisdiction
from replay.rated_report import RatedReport

if TYPE_CHECKING:
    from commands.file_order import FileOrder
    from commands.reading import Reading
    from domain.published_report import PublishedReport
    from ledger.database import Database


def write_rated(
    order: "FileOrder", reading: "Reading", report: RatedReport, names: Mapping[str, Text]
) -> None:
    """Write the figures of a report into a file. Blocking.

    Args:
        order: How.
        reading: The ledger.
        report: The figures.
        names: Names of the units by code.
    """
    document = rated_document(
        report, names, order.read_letterhead(), say, total_first=order.total_first
    )
    order.write(document, jurisdiction(reading.connection), reading.now)


def write_published(order: "FileOrder", database: "Database", report: "PublishedReport") -> None:
    """Write a published report into a file, as it was published. Blocking."""
    from ledger.database import Role
    from projections.unit_score import read_unit_names

    with database.connect(Role.APP) as connection:
        names, place = read_unit_names(connection), jurisdiction(connection)
        catalogue = replay_catalogue(connection, report.position)
    document = rated_document(
        RatedReport.published(report, catalogue),
        names,
        order.read_letterhead(),
        say,
        total_first=order.total_first,
    )
    order.write(document, place, datetime.now(UTC))
