"""Demand in 2,110 real messages: what rose, what is alike, and what was to come."""

from collections.abc import Iterator
from math import isclose
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from psycopg import Connection

from domain.demand_grouping import DemandGrouping
from domain.monthly_series import ForecastMethod, MonthlySeries
from domain.period import Period, read_period
from ledger.database import Database, Role
from replay.demand_documents import refresh_words
from replay.demand_forecast import make_forecasts
from replay.demand_scope import DemandScope
from replay.demand_similar import find_similar, read_question
from replay.demand_topics import read_topics
from replay.demand_volume import read_volume
from replay.demand_words import count_words
from replay.imported_case import petition_id
from tests.acceptance.imported_ledger import import_whole, truth

SHANGHAI = ZoneInfo("Asia/Shanghai")
CSV = "tipdm2020c/petitions.csv"
DECEMBER = Period(2019, 12, 1)


@pytest.fixture(scope="module")
def source(module_database: Database) -> str:
    """Import every message, read its words, and return the name of the source."""
    summary, _ = import_whole(module_database, CSV)
    with module_database.connect(Role.APP, autocommit=True) as connection:
        assert refresh_words(connection).documents == 2_110
    return summary.source


@pytest.fixture
def connection(module_database: Database, source: str) -> Iterator[Connection[Any]]:
    """Yield a reader's connection to the ledger with all messages in it."""
    assert source
    with module_database.connect(Role.APP, autocommit=True) as connection:
        yield connection


def test_topics_of_a_year_and_a_region_add_up(connection: Connection[Any]) -> None:
    """Every message of the year has a text, and the words of a region are its own."""
    year = read_period("2019")
    bounds = year.bounds(SHANGHAI), year.previous.bounds(SHANGHAI)
    topics = read_topics(connection, *bounds, terms_max=5)
    messages = truth("tipdm2020c")["by_created_year"]
    assert (topics.now.with_text, topics.now.without_text) == (messages["2019"], 0)
    assert topics.before is not None
    assert topics.before.with_text == messages["2018"]
    assert all((term.z or 0) > 1.96 for term in topics.groups[0].terms)
    region = read_topics(connection, *bounds, scope=DemandScope(region="A7县"))
    grouped = read_topics(connection, *bounds, by=DemandGrouping.REGION)
    (same,) = (group for group in grouped.groups if group.key == "A7县")
    assert region.groups[0].terms == same.terms


def test_message_on_its_housing_estate_finds_others_on_theirs(
    connection: Connection[Any], source: str
) -> None:
    """The nearest messages share the matter's own words, and come with reply and days."""
    asked = petition_id(source, "2549")
    words = count_words(read_question(connection, asked)[1])
    similar = find_similar(connection, words, petition_id=asked, open_personal=True)
    assert len(similar.matches) == 10
    assert all("物业公司" in match.likeness.shared for match in similar.matches[:3])
    assert all(match.reply and match.time_to_reply for match in similar.matches)


def test_months_are_those_of_the_file(connection: Connection[Any]) -> None:
    """The months of a year add up to the messages that the truth counts for it."""
    (series,) = read_volume(connection, DemandGrouping.TOTAL, DECEMBER, SHANGHAI).values()
    expected = truth("tipdm2020c")["by_created_year"]
    assert sum(series.counts[-12:]) == expected["2019"]
    assert sum(series.counts) == sum(count for year, count in expected.items() if year < "2020")


def test_intervals_contain_most_of_what_came(connection: Connection[Any]) -> None:
    """From each quarter's end since 2016 three months ahead: 43 of 48 lie in their interval.

    Nominally 95 %; the file grew by leaps that no model of its past foresees.
    """
    (series,) = read_volume(connection, DemandGrouping.TOTAL, DECEMBER, SHANGHAI).values()
    ends = range(len(series.counts) - 48, len(series.counts), 3)
    volume = {str(end): MonthlySeries(series.first, series.counts[:end]) for end in ends}
    forecasts = make_forecasts(volume, 3)
    assert {forecast.method for forecast in forecasts} == {ForecastMethod.ETS}
    came = [
        month.lower <= series.counts[end + ahead] <= month.upper
        for end, forecast in zip(ends, forecasts, strict=True)
        for ahead, month in enumerate(forecast.months)
        if month.lower is not None and month.upper is not None
    ]
    assert len(came) == 48
    assert isclose(sum(came), 43, abs_tol=1)
