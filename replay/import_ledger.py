"""Without this file the first import into a new ledger would find no roster and no zone."""

from datetime import datetime

from domain.roster import Roster, RosterState
from domain.text import Text
from ledger.application import PetitionLedger
from ledger.database import Database, Role
from ledger.foundation import open_ledger
from ledger.reference import ROSTER_ID
from ledger.zone import ZoneFixedError, fix_zone, ledger_zone
from replay.import_units import ImportUnits
from replay.imported_case import Origin
from replay.mapping import FileMapping


def open_for_import(
    ledger: PetitionLedger,
    database: Database,
    mapping: FileMapping,
    origin: Origin,
    now: datetime,
    *,
    is_dry: bool,
) -> tuple[ImportUnits, bool]:
    """Return the roster to import under, and whether it was opened for this import.

    Blocking.

    A new ledger counts its days in the zone of the first file, unless another zone
    was fixed before. An opened ledger keeps its own, whatever the file's zone is.

    Args:
        ledger: Where the cases go.
        database: The ledger's database.
        mapping: What the file's columns mean.
        origin: Where the cases come from.
        now: Aware instant of the import.
        is_dry: Whether nothing may be recorded.

    Raises:
        UnknownUnitError, UnitClosedError: the parent for new units is not on the roster.
    """
    roster = ledger.load(ROSTER_ID)
    unit = mapping.fields.named().get("unit")
    state = roster.state if isinstance(roster, Roster) else RosterState()
    units = ImportUnits(state, mapping.new_units, None if unit is None else unit.column)
    if roster is None and not is_dry:
        zone = _fixed_zone(database, mapping.zone)
        name = Text(mapping.source, mapping.source)
        open_ledger(ledger, zone, name, origin.principal, now)
    return units, roster is None


def _fixed_zone(database: Database, wanted: str) -> str:
    with database.connect(Role.APP) as connection:
        try:
            return fix_zone(connection, wanted).key
        except ZoneFixedError:
            return ledger_zone(connection).key
