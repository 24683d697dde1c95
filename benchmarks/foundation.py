"""Without this file a benchmark's ledger would have no units and no rules."""

from datetime import UTC, datetime

from ledger.application import PetitionLedger
from ledger.database import Database, Role
from ledger.foundation import adopt, open_ledger, publish, register_units
from ledger.recorder import LedgerRecorder
from scenarios.cast import ADMIN
from scenarios.pack_files import read_pack
from scenarios.scenario import Scenario


def found_ledger(database: Database, scenario: Scenario) -> PetitionLedger:
    """Return an application on a ledger with a scenario's units and rules; close it."""
    ledger = PetitionLedger(database, lambda: datetime.now(UTC))
    at = scenario.opened_at
    open_ledger(ledger, scenario.zone.key, scenario.title, ADMIN, at)
    register_units(ledger, scenario.units, ADMIN, at)
    pack = read_pack(scenario.pack)
    publish(ledger, pack, ADMIN, at)
    adopt(ledger, pack.pack_id, ADMIN, at)
    return ledger


def open_recorder(database: Database) -> LedgerRecorder:
    """Return the production recorder of a ledger; close it."""
    return LedgerRecorder(
        database.ledger,
        lambda: database.connect(Role.APP, autocommit=True),
        database.schema,
    )
