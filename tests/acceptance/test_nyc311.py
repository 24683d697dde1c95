"""One real day of New York's 311 service requests, from the file to the published figures."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from psycopg import Connection

from domain.dimension import Dimension
from domain.ranking import Entry, rank, rank_rates
from domain.rate import Rate
from domain.rates import RATES
from domain.vocabulary import Channel
from ledger.database import Database, Role
from ledger.zone import ledger_zone
from projections.case_statistics import read_handling_times, read_open_overdue
from projections.rate_queries import CountsAnswer, read_counts
from projections.units import read_units
from replay.import_summary import ImportSummary
from tests.acceptance.imported_ledger import import_whole, log_position, share, truth

NEW_YORK = ZoneInfo("America/New_York")
AS_OF = datetime(2018, 10, 22, 2, 47, tzinfo=NEW_YORK)
CHANNELS = {
    "PHONE": Channel.PHONE,
    "ONLINE": Channel.WEB,
    "MOBILE": Channel.APP,
    "UNKNOWN": Channel.NOT_RECORDED,
    "OTHER": Channel.OTHER,
}


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


def _counts(connection: Connection[Any], by: Dimension) -> CountsAnswer:
    return read_counts(connection, by, as_of=AS_OF, zone=ledger_zone(connection))


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
    total = _counts(connection, Dimension.TOTAL).total
    assert RATES["closure_rate"].of(total) == Rate(2_441, 6_765)
    assert RATES["ontime_rate.closed"].of(total) == Rate(2_064, 2_188)
    assert RATES["ontime_rate.closed"].of(total).percent() == "94.33"
    assert RATES["ontime_rate.effective"].of(total) == Rate(2_064, 2_228)
    assert RATES["ontime_rate.effective"].of(total).percent() == "92.64"


@pytest.mark.parametrize(
    ("dimension", "figures", "keys"),
    [
        (Dimension.UNIT, "by_agency", str.lower),
        (Dimension.CHANNEL, "by_channel", lambda label: CHANNELS[label].value),
        (Dimension.REGION, "by_borough", str),
    ],
)
def test_every_group_equals_the_truth(
    connection: Connection[Any], dimension: Dimension, figures: str, keys: Callable[[str], str]
) -> None:
    """Every agency, channel and borough has its cases, closures, on-time share and median."""
    expected = {keys(label): figure for label, figure in truth("nyc311")[figures].items()}
    counts = _counts(connection, dimension).rows
    times = read_handling_times(connection, dimension, as_of=AS_OF).rows
    overdue = read_open_overdue(connection, dimension, now=AS_OF, as_of=AS_OF)
    found = {}
    for key, row in counts.items():
        on_time = RATES["ontime_rate.closed"].of(row)
        median = times[key].hours()["median"] if key in times else None
        found[key] = {
            "cases": row["base"],
            "closed": row["closed"],
            "closure_rate": share(RATES["closure_rate"].of(row)),
            "closed_with_due": on_time.d,
            "on_time": on_time.n,
            "on_time_share": share(on_time),
            "median_hours": None if median is None else float(median),
            "open": row.open,
            "open_overdue_as_of": overdue.get(key, 0),
        }
    assert found == expected


def test_rankings_of_agencies_equal_the_truth(connection: Connection[Any]) -> None:
    """Agencies with at least ten cases rank as in the truth, by share on time and by closure."""
    expected = truth("nyc311")["rankings_min10"]
    rows = _counts(connection, Dimension.UNIT).rows
    for name, metric in (
        ("by_on_time_share", "ontime_rate.closed"),
        ("by_closure_rate", "closure_rate"),
    ):
        rates = {unit: RATES[metric].of(row) for unit, row in rows.items()}
        ranked = rank_rates(rates, cases_min=10).ranked
        found = [[line.key.upper(), share(rates[line.key]), line.cases] for line in ranked]
        assert found == expected[name]


def test_ranking_by_median_equals_the_truth(connection: Connection[Any]) -> None:
    """The quickest agency comes first, by the median of at least ten closed cases."""
    times = read_handling_times(connection, Dimension.UNIT, as_of=AS_OF).rows
    entries = [
        Entry(unit, None if spread.median is None else -spread.median, spread.count)
        for unit, spread in times.items()
    ]
    ranked = rank(entries, cases_min=10).ranked
    found = [
        [line.key.upper(), float(times[line.key].hours()["median"] or 0), line.cases]
        for line in ranked
    ]
    assert found == truth("nyc311")["rankings_min10"]["by_median_hours"]


def test_handling_times_equal_the_truth(connection: Connection[Any]) -> None:
    """Half of the closed requests took 1.8167 hours or less."""
    expected = truth("nyc311")["close_hours"]
    total = read_handling_times(connection, Dimension.TOTAL, as_of=AS_OF).total
    assert total.count == expected.pop("n")
    assert {name: float(hours or 0) for name, hours in total.hours().items()} == expected


def test_second_import_adds_nothing(module_database: Database, summary: ImportSummary) -> None:
    """Importing the same file again finds every case and leaves the log as it is."""
    before = log_position(module_database)
    again, rejects = import_whole(module_database, "nyc311/nyc311_day.csv")
    assert (again.accepted, again.already_there, rejects) == (0, summary.rows, [])
    assert log_position(module_database) == before
