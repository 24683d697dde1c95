"""Without this file every test of the clock would project, run and read the log by itself."""

from datetime import UTC, datetime, timedelta

from ledger.application import PetitionLedger
from ledger.database import Database, Role
from ledger.header import RecordedEvent
from projections.engine import Engine
from projections.models import MODELS
from replay.clock_commands import CLOCK
from replay.clock_report import ClockReport
from replay.clock_run import run_clock

LATE = datetime.now(UTC) + timedelta(days=800)
"""A host clock after everything that tests record, by whatever clock."""


def project(database: Database) -> None:
    """Bring the read models up to date."""
    with database.connect(Role.PROJECTOR, autocommit=True) as connection:
        Engine(connection, MODELS).catch_up()


def tick(
    database: Database,
    ledger: PetitionLedger,
    at: datetime,
    *,
    now: datetime = LATE,
    is_dry: bool = False,
    steps_max: int = 10_000,
) -> ClockReport:
    """Run the clock once, on current read models."""
    project(database)
    with database.connect(Role.APP, autocommit=True) as connection:
        return run_clock(ledger, connection, at, now, is_dry=is_dry, steps_max=steps_max)


def raised(ledger: PetitionLedger) -> list[RecordedEvent]:
    """Return what the clock recorded, in the order of the log."""
    events = ledger.reader.read_log(0, 10_000)
    return [event for event in events if event.actor_id == CLOCK.actor_id]


def told(ledger: PetitionLedger) -> list[tuple[str, datetime]]:
    """Return what the clock recorded and for which instant, in the order of the log."""
    return [(event.topic, event.occurred_at) for event in raised(ledger)]
