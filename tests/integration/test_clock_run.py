"""Without this file the clock could repeat itself, forget, or write what nobody may see."""

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import pytest

from domain.calendar_orders import CALENDARS, PublishCalendar, ReviseCalendar
from domain.clock_step import StepKind
from domain.text import Text
from domain.vocabulary import Role
from domain.year_notice import HolidayPeriod, YearNotice
from ledger.application import PetitionLedger
from ledger.database import Database
from ledger.database import Role as Login
from ledger.header import RecordedEvent
from projections.engine import Engine
from projections.models import MODELS
from replay.clock_commands import CLOCK
from replay.clock_report import ClockReport
from replay.clock_run import run_clock
from tests.integration.opened_ledger import (
    ADMIN,
    FRIDAY,
    HostClock,
    dispatched,
    facts_of,
    opened_ledger,
    person,
    signed,
    submitted,
)

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
LATE = datetime.now(UTC) + 800 * DAY


@pytest.fixture
def ledger(database: Database) -> Iterator[PetitionLedger]:
    """Return an opened ledger with the plain pack in force."""
    with opened_ledger(database, HostClock(LATE)) as ledger:
        yield ledger


def project(database: Database) -> None:
    """Bring the read models up to date."""
    with database.connect(Login.PROJECTOR, autocommit=True) as connection:
        Engine(connection, MODELS).catch_up()


def tick(database: Database, ledger: PetitionLedger, at: datetime, **how: bool) -> ClockReport:
    """Run the clock once, on current read models."""
    project(database)
    with database.connect(Login.APP, autocommit=True) as connection:
        return run_clock(ledger, connection, at, LATE, **how)


def raised(ledger: PetitionLedger) -> list[RecordedEvent]:
    """Return what the clock recorded, in the order of the log."""
    return [
        event for event in ledger.reader.read_log(0, 10_000) if event.actor_id == CLOCK.actor_id
    ]


def told(events: list[RecordedEvent]) -> list[tuple[str, datetime]]:
    """Return what was said and for which instant."""
    return [(event.topic, event.occurred_at) for event in events]


def test_clock_reminds_and_proposes_at_the_logical_instants(
    database: Database, ledger: PetitionLedger
) -> None:
    """Ten working days: reminders inside, blue at the due, each at its own instant."""
    petition_id = signed(ledger, FRIDAY)
    report = tick(database, ledger, FRIDAY + 40 * DAY)
    assert report.counts == {StepKind.REMINDER: 3, StepKind.PROPOSAL: 2}
    assert report.failures == ()
    facts = facts_of(ledger, petition_id)
    due_at = facts.reminders[-1].due_at
    print(told(raised(ledger)), due_at)


def test_clock_that_runs_twice_adds_nothing(database: Database, ledger: PetitionLedger) -> None:
    """Every step is raised under a key that says rule, petition, cycle and instant."""
    signed(ledger, FRIDAY)
    dispatched(ledger, FRIDAY, "bureau", ("roads",))
    submitted(ledger, FRIDAY)
    at = FRIDAY + 40 * DAY
    first = tick(database, ledger, at)
    position = ledger.reader.read_position()
    print(first)
    assert sum(first.counts.values()) > 0
    again = tick(database, ledger, at)
    print(again)
    assert not again.counts
    assert ledger.reader.read_position() == position
