"""2,110 real messages to local leaders, from the file to handling times and rankings."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from psycopg import Connection

from domain.dimension import Dimension
from domain.petition import Petition
from domain.rate import Rate
from ledger.application import PetitionLedger
from ledger.database import Database, Role
from projections.rate_queries import read_counts
from replay.import_summary import ImportSummary
from replay.imported_case import petition_id
from tests.acceptance.imported_ledger import NOW, import_whole, log_position

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


def test_import_takes_every_message(summary: ImportSummary) -> None:
    """2,110 messages and as many answers are recorded; no unit is made up."""
    assert (summary.rows, summary.accepted) == (2_110, 2_110)
    assert summary.events == {
        "roster.opened": 1,
        "petition.case_imported": 2_110,
        "petition.imported_outcome": 2_110,
    }


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
