"""One real day of New York's 311 service requests, from the file to the published figures."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from psycopg import Connection

from domain.dimension import Dimension
from domain.rate import Rate
from domain.rates import RATES
from ledger.database import Database, Role
from ledger.zone import ledger_zone
from projections.rate_queries import read_counts
from projections.units import read_units
from replay.import_summary import ImportSummary
from tests.acceptance.imported_ledger import import_whole, log_position

NEW_YORK = ZoneInfo("America/New_York")
AS_OF = datetime(2018, 10, 22, 2, 47, tzinfo=NEW_YORK)


@pytest.fixture(scope="module")
def summary(module_database: Database) -> ImportSummary:
    """Return what became of the rows of the first import."""
    return import_whole(module_database, "nyc311/nyc311_day.csv")[0]


@pytest.fixture
def connection(module_database: Database, summary: ImportSummary) -> Iterator[Connection[Any]]:
    """Yield a reader's connection to the ledger with the whole day in it."""
    assert summary.rejected == 0
    with module_database.connect(Role.APP, autocommit=True) as connection:
        yield connection


def test_import_takes_every_row_of_the_day(summary: ImportSummary) -> None:
    """6,765 requests and 2,441 outcomes are recorded, and the 19 agencies are registered."""
    assert (summary.rows, summary.accepted, summary.already_there) == (6_765, 6_765, 0)
    assert summary.events["petition.case_imported"] == 6_765
    assert summary.events["petition.imported_outcome"] == 2_441
    assert summary.units_registered == 19


def test_import_fixes_the_zone_of_a_new_ledger(connection: Connection[Any]) -> None:
    """The days of a ledger that begins with New York's file are New York's days."""
    assert ledger_zone(connection) == NEW_YORK


def test_import_names_the_agencies(connection: Connection[Any]) -> None:
    """An agency has the name the mapping states, not one of its 36 offices'."""
    names = {unit.unit: unit.name.en for unit in read_units(connection)}
    assert names["dsny"] == "Department of Sanitation"


def test_rates_equal_the_published_ones(connection: Connection[Any]) -> None:
    """2,441 of 6,765 are closed; on time 2,064 of 2,188 closed and of 2,228 judged by then."""
    total = read_counts(connection, Dimension.TOTAL, as_of=AS_OF, zone=NEW_YORK).total
    assert RATES["closure_rate"].of(total) == Rate(2_441, 6_765)
    assert RATES["ontime_rate.closed"].of(total) == Rate(2_064, 2_188)
    assert RATES["ontime_rate.closed"].of(total).percent() == "94.33"
    assert RATES["ontime_rate.effective"].of(total) == Rate(2_064, 2_228)
    assert RATES["ontime_rate.effective"].of(total).percent() == "92.64"


def test_second_import_adds_nothing(module_database: Database, summary: ImportSummary) -> None:
    """Importing the same file again finds every case and leaves the log as it is."""
    before = log_position(module_database)
    again, rejects = import_whole(module_database, "nyc311/nyc311_day.csv")
    assert (again.accepted, again.already_there, rejects) == (0, summary.rows, [])
    assert log_position(module_database) == before
