"""Tests of the roster as a read model, and of the zone it brings."""

from datetime import timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.act import Act
from domain.roster import Roster, Tier, Unit, UnitKind
from domain.roster_changes import close_unit, open_roster, register_unit
from domain.text import Text
from domain.vocabulary import Role as Actor
from ledger.codec import DomainEvent
from ledger.database import Database, Role
from ledger.zone import UnknownZoneError, ZoneFixedError, fix_zone, ledger_zone
from projections.engine import Engine
from projections.models import MODELS
from projections.units import read_units
from tests.histories import START
from tests.integration.logged_petitions import append_events, draw_log, open_recorder
from tests.petition_tables import expected_rows, stored_rows

ACT = Act(actor_id="admin", actor_role=Actor.ADMIN, occurred_at=START)
LATER = START + timedelta(days=3)


def _roster(zone: str = "Asia/Shanghai") -> Roster:
    roster = open_roster(UUID(int=9), zone, Text("双流", "Shuangliu"), ACT)
    hub = Unit(
        unit_id="hub", name=Text("枢纽", "Hub"), tier=Tier.COUNTY, parent=None, kind=UnitKind.HUB
    )
    register_unit(roster, hub, ACT)
    for code in ("water", "power"):
        unit = Unit(
            unit_id=code,
            name=Text(code, code.title()),
            tier=Tier.COUNTY,
            parent="hub",
            kind=UnitKind.DEPARTMENT,
        )
        register_unit(roster, unit, ACT)
    return roster


def _project(database: Database, *batches: list[DomainEvent]) -> None:
    recorder = open_recorder(database)
    with database.connect(Role.PROJECTOR, autocommit=True) as connection:
        for batch in batches:
            append_events(recorder, batch)
            Engine(connection, MODELS).catch_up()
    recorder.close()


def test_units_are_listed_by_name_and_keep_their_history_when_closed(database: Database) -> None:
    """A closed unit stays on the list with the date of its end."""
    roster = _roster()
    close_unit(roster, "power", "merged", replace(ACT, occurred_at=LATER))
    _project(database, list(roster.collect_events()))
    with database.connect(Role.APP) as connection:
        units = {unit.unit: unit for unit in read_units(connection)}
    assert list(units) == ["hub", "power", "water"]
    assert units["water"].name == Text("water", "Water")
    assert (units["water"].parent, units["water"].closed_at) == ("hub", None)
    assert units["power"].closed_at == LATER


def test_roster_fixes_the_zone_in_which_days_are_counted(database: Database) -> None:
    """Petitions after a New York roster are counted by New York days."""
    events = draw_log(61, 20)
    _project(database, [*_roster("America/New_York").collect_events(), *events])
    with database.connect(Role.APP) as connection:
        zone = ledger_zone(connection)
        assert zone.key == "America/New_York"
        assert stored_rows(connection) == expected_rows(events, zone)
        with pytest.raises(ZoneFixedError):
            fix_zone(connection, "Asia/Shanghai")
        with pytest.raises(UnknownZoneError):
            fix_zone(connection, "Mars/Olympus")
        assert fix_zone(connection, "America/New_York") == zone


def test_zone_stays_when_the_roster_comes_after_petitions(database: Database) -> None:
    """Days already counted never end at another midnight."""
    events = draw_log(62, 5)
    _project(database, [*events], list(_roster("America/New_York").collect_events()))
    with database.connect(Role.APP) as connection:
        assert ledger_zone(connection).key == "Asia/Shanghai"
        assert stored_rows(connection) == expected_rows(events)
