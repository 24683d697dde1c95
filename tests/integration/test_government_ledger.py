"""Without this file numbers could be given twice although every aggregate keeps its rules."""

from collections.abc import Iterator
from datetime import timedelta
from typing import cast
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace

from domain.enterprise_commands import ENTERPRISES
from domain.enterprise_groups import JoinGroup
from domain.enterprise_records import RecordEnterprise
from domain.principal import Principal
from domain.roster import Tier, Unit, UnitClosedError, UnitKind
from domain.roster_commands import ROSTERS, MergeUnits
from domain.supervision_circulars import IssueCircular
from domain.supervision_commands import SUPERVISION_ORDERS
from domain.supervision_orders import OpenSupervision
from domain.text import Text
from domain.vocabulary import Role
from ledger.application import PetitionLedger
from ledger.database import Database
from ledger.errors import ClaimTakenError
from ledger.foundation import adopt, open_ledger, publish, register_units
from ledger.lookup_errors import AlreadyOpenedError
from ledger.reference import ROSTER_ID
from scenarios.pack_files import read_pack
from tests.unit.given_when_then import START
from tests.unit.government_lives import CIRCULAR, MERGE, OPEN_ORDER, RECORD
from tests.unit.resource_story import FIRM

ORDER = cast("OpenSupervision", OPEN_ORDER.command)
ISSUE = cast("IssueCircular", CIRCULAR.command)
ENTRY = cast("RecordEnterprise", RECORD.command)
MERGER = cast("MergeUnits", MERGE.command)
ADMIN = Principal(actor_id="admin-1", role=Role.ADMIN)


@pytest.fixture
def ledger(database: Database) -> Iterator[PetitionLedger]:
    """Yield an open ledger with four units."""
    ledger = PetitionLedger(database, lambda: START + timedelta(hours=1))
    units = [
        Unit(
            unit_id=unit_id,
            name=Text(f"单位{unit_id}", unit_id),
            tier=Tier.CITY,
            parent=None,
            kind=UnitKind.DEPARTMENT,
        )
        for unit_id in ("hub", "bureau", "roads", "watch")
    ]
    open_ledger(ledger, "Asia/Shanghai", Text("示例市", "Example City"), ADMIN, START)
    register_units(ledger, units, ADMIN, START)
    publish(ledger, read_pack("plain"), ADMIN, START)
    adopt(ledger, "plain", ADMIN, START)
    yield ledger
    ledger.close()


def test_enterprise_is_recorded_once_under_the_id_of_its_code(ledger: PetitionLedger) -> None:
    """Whatever id the caller draws, one code has one stream."""
    first = ledger.open(ENTERPRISES, uuid4(), ENTRY, RECORD.principal)
    with pytest.raises(AlreadyOpenedError):
        ledger.open(ENTERPRISES, uuid4(), ENTRY, RECORD.principal)
    given = ledger.give(ENTERPRISES, first.originator_id, JoinGroup(group="g-1"), RECORD.principal)
    assert given.version == 2
    assert ENTRY.stream_name == f"enterprise/{FIRM}"


def test_circular_is_refused_when_its_number_is_taken(ledger: PetitionLedger) -> None:
    """A number belongs to one circular of the whole ledger, whatever the order."""
    orders = (UUID(int=31), UUID(int=32))
    for order in orders:
        ledger.open(SUPERVISION_ORDERS, order, ORDER, OPEN_ORDER.principal)
    ledger.give(SUPERVISION_ORDERS, orders[0], ISSUE, CIRCULAR.principal)
    with pytest.raises(ClaimTakenError):
        ledger.give(SUPERVISION_ORDERS, orders[1], ISSUE, CIRCULAR.principal)


def test_order_on_a_merged_unit_is_refused_from_the_merger_on(ledger: PetitionLedger) -> None:
    """Every process sees the roster as it is now."""
    ledger.give(ROSTERS, ROSTER_ID, MERGER, ADMIN)
    order = replace(ORDER, unit="roads")
    with pytest.raises(UnitClosedError):
        ledger.open(SUPERVISION_ORDERS, UUID(int=33), order, OPEN_ORDER.principal)
