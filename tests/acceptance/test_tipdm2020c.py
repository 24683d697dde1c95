"""2,110 real messages to local leaders, from the file to handling times and rankings."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from psycopg import Connection

from domain.calendar_cn import find_calendar
from domain.dimension import Dimension
from domain.limit import TimeUnit
from domain.petition import Petition
from domain.ranking import rank_rates
from domain.rate import Rate
from ledger.application import PetitionLedger
from ledger.database import Database, Role
from ledger.zone import ledger_zone
from projections.case_statistics import (
    AnswerLimit,
    AnswerShares,
    read_answered_within,
    read_handling_times,
    read_received_by_year,
)
from projections.rate_queries import read_counts
from replay.import_summary import ImportSummary
from replay.imported_case import petition_id
from tests.acceptance.imported_ledger import NOW, import_whole, log_position, share, truth

SHANGHAI = ZoneInfo("Asia/Shanghai")
CSV = "tipdm2020c/petitions.csv"
XLSX = "tipdm2020c/petitions.xlsx"


@pytest.fixture(scope="module")
def summary(module_database: Database) -> ImportSummary:
    """Return what became of the rows of the first import, from CSV."""
    return import_whole(module_database, CSV)[0]


@pytest.fixture
def connection(module_database: Database, summary: ImportSummary) -> Iterator[Connection[Any]]:
    """Yield a reader's connection to the ledger with all messages in it."""
    assert summary.rejected == 0
    with module_database.connect(Role.APP, autocommit=True) as connection:
        yield connection


def _answered_within(
    connection: Connection[Any], by: Dimension, amount: int, unit: TimeUnit
) -> AnswerShares:
    limit = AnswerLimit(amount, unit, find_calendar("cn@2026"), ledger_zone(connection))
    return read_answered_within(connection, by, limit, now=NOW)


def test_import_takes_every_message(summary: ImportSummary) -> None:
    """2,110 messages and as many answers are recorded; no unit is made up."""
    assert (summary.rows, summary.accepted) == (2_110, 2_110)
    assert summary.events == {
        "roster.opened": 1,
        "petition.case_imported": 2_110,
        "petition.imported_outcome": 2_110,
    }


def test_handling_times_equal_the_truth(connection: Connection[Any]) -> None:
    """Half of the messages were answered within 276.3208 hours."""
    expected = truth("tipdm2020c")["handling_hours"]
    total = read_handling_times(connection, Dimension.TOTAL).total
    assert total.count == expected.pop("n")
    assert {name: float(hours or 0) for name, hours in total.hours().items()} == expected


def test_shares_answered_in_time_equal_the_truth(connection: Connection[Any]) -> None:
    """1,578 were answered by the 15th working day, and every other limit agrees as well."""
    expected = truth("tipdm2020c")["answered_within"]
    found = {}
    for name in expected:
        amount, kind, *_ = name.split("_")
        unit = TimeUnit.WORKING_DAY if kind == "working" else TimeUnit.CALENDAR_DAY
        if unit is TimeUnit.WORKING_DAY:
            rate = _answered_within(connection, Dimension.TOTAL, int(amount), unit).total
        else:
            # The truth counts exact durations here, that is 24 hours a day.
            hours = int(amount) * 24
            limit = TimeUnit.WALL_HOUR
            rate = _answered_within(connection, Dimension.TOTAL, hours, limit).total
        assert rate.d == 2_110
        found[name] = {"n": rate.n, "share": share(rate)}
    assert found == expected


def test_ranking_of_regions_equals_the_truth(connection: Connection[Any]) -> None:
    """The first 15 regions with at least 20 messages, by their share within 15 working days."""
    expected = truth("tipdm2020c")["ranking_by_15wd_share_min20_cases"]
    answer = _answered_within(connection, Dimension.REGION, 15, TimeUnit.WORKING_DAY)
    times = read_handling_times(connection, Dimension.REGION).rows
    found = [
        {
            "region": line.key,
            "cases": line.cases,
            "median_hours": float(times[line.key].hours()["median"] or 0),
            "within_15_working_days": answer.rows[line.key].n,
            "share_15wd": share(answer.rows[line.key]),
        }
        for line in rank_rates(answer.rows, cases_min=20).ranked
    ]
    assert found[: len(expected)] == expected


def test_regions_by_cases_equal_the_truth(connection: Connection[Any]) -> None:
    """A7县 and A市 lead with 265 messages each; 230 messages name no region."""
    expected = truth("tipdm2020c")
    rows = read_counts(connection, Dimension.REGION, as_of=NOW, zone=SHANGHAI).rows
    cases = {region: row["base"] for region, row in rows.items()}
    assert cases.pop("") == expected["region_blank"]
    assert len(cases) == expected["regions_distinct"]
    first = sorted(cases.items(), key=lambda item: (-item[1], item[0]))[:10]
    listed = [(line["region"], line["cases"]) for line in expected["top10_regions_by_cases"]]
    assert first == listed


def test_open_messages_equal_the_truth(connection: Connection[Any]) -> None:
    """23, 41 and 45 messages were open at the end of 2017, of 2018 and of June 2019."""
    found = {}
    for moment in truth("tipdm2020c")["open_at"]:
        as_of = datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)
        total = read_counts(connection, Dimension.TOTAL, as_of=as_of, zone=SHANGHAI).total
        found[moment] = total.open
    assert found == truth("tipdm2020c")["open_at"]


def test_messages_by_year_equal_the_truth(connection: Connection[Any]) -> None:
    """Each local year has its messages, 5 in 2011 and 3 in 2020."""
    found = read_received_by_year(connection, SHANGHAI)
    expected = truth("tipdm2020c")["by_created_year"]
    assert {str(year): received for year, received in found.items()} == expected


def test_all_messages_are_closed(connection: Connection[Any]) -> None:
    """Every message of the file has an answer, so the ledger holds no open one."""
    total = read_counts(connection, Dimension.TOTAL, as_of=NOW, zone=SHANGHAI).total
    assert Rate(total["closed"], total["base"]) == Rate(2_110, 2_110)


def test_workbook_states_the_same_cases(module_database: Database, summary: ImportSummary) -> None:
    """The workbook of the same rows is found to hold the same cases, and adds nothing."""
    before = log_position(module_database)
    again, rejects = import_whole(module_database, XLSX)
    assert again.file_sha256 != summary.file_sha256
    assert (again.accepted, again.already_there, rejects) == (0, 2_110, [])
    assert log_position(module_database) == before


def test_second_import_adds_nothing(module_database: Database, summary: ImportSummary) -> None:
    """Importing the same file again finds every case and leaves the log as it is."""
    before = log_position(module_database)
    again, rejects = import_whole(module_database, CSV)
    assert (again.accepted, again.already_there, rejects) == (0, summary.rows, [])
    assert log_position(module_database) == before


def test_names_and_texts_stay_out_of_the_log(
    module_database: Database, summary: ImportSummary
) -> None:
    """The log holds commitments to author and texts; what they say is opened on request."""
    stream = petition_id(summary.source, "2549")
    with PetitionLedger(module_database, lambda: NOW) as ledger:
        events = ledger.reader.read_stream(stream)
        opened = ledger.reader.open_personal(stream)
    assert [event.topic for event in events] == [
        Petition.CaseImported.TOPIC,
        Petition.ImportedOutcome.TOPIC,
    ]
    assert opened[1, "/petitioner/name"] == "A00045581"
    assert {path for _, path in opened} == {"/petitioner/name", "/subject", "/text", "/reply"}
    for value in opened.values():
        assert all(str(value).encode() not in event.payload for event in events)
