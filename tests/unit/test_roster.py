"""Without this file a unit could stand below its own station, or vanish with open ones below."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec
import pytest

from domain.act import Act
from domain.roster import (
    InvalidUnitError,
    Roster,
    RosterState,
    Tier,
    Unit,
    UnitClosedError,
    UnitKind,
    UnknownUnitError,
)
from domain.roster_changes import adopt_pack, close_unit, open_roster, register_unit
from domain.text import Text
from domain.vocabulary import Role

ACT = Act(actor_id="rules", actor_role=Role.ADMIN, occurred_at=datetime(2026, 1, 5, tzinfo=UTC))
HUB = Unit(
    unit_id="hub",
    name=Text("区行政审批局", "Approval Bureau"),
    tier=Tier.COUNTY,
    parent=None,
    kind=UnitKind.HUB,
)
WATER = Unit(
    unit_id="water",
    name=Text("区水务局", "Water Bureau"),
    tier=Tier.COUNTY,
    parent="hub",
    kind=UnitKind.DEPARTMENT,
    duties=("water_supply",),
)


def roster_of(*units: Unit) -> Roster:
    """Return a roster with some units."""
    roster = open_roster(UUID(int=1), "Asia/Shanghai", Text("双流区", "Shuangliu"), ACT)
    for unit in units:
        register_unit(roster, unit, ACT)
    return roster


def changed(unit: Unit, **fields: object) -> Unit:
    """Return a unit with some fields replaced."""
    return msgspec.structs.replace(unit, **fields)


def test_roster_is_rebuilt_from_its_events() -> None:
    """Opening, registering and closing are three events that give the same state again."""
    roster = roster_of(HUB, WATER)
    close_unit(roster, "water", "merged into another bureau", ACT)
    events = roster.collect_events()
    assert [type(event) for event in events] == [
        Roster.Created,
        Roster.UnitRegistered,
        Roster.UnitRegistered,
        Roster.UnitClosed,
    ]
    copy: Roster | None = None
    for event in events:
        copy = event.mutate(copy)
    assert copy is not None
    assert copy.zone == "Asia/Shanghai"
    assert copy.name == Text("双流区", "Shuangliu")
    assert copy.state.units == {"hub": HUB, "water": WATER}
    assert copy.state.closed == {"water"}


def test_unit_is_found_by_its_code_also_when_closed() -> None:
    """A closed unit keeps its history but receives nothing."""
    roster = roster_of(HUB, WATER)
    close_unit(roster, "water", "dissolved", ACT)
    assert roster.state.unit("water") == WATER
    with pytest.raises(UnitClosedError, match="Water Bureau"):
        roster.state.open_unit("water")


def test_unit_is_refused_when_the_roster_has_none() -> None:
    """An unknown code is named in both languages."""
    with pytest.raises(UnknownUnitError, match="nowhere") as refused:
        RosterState().unit("nowhere")
    assert refused.value.code == "unknown-unit"
    assert "nowhere" in refused.value.text.zh


@pytest.mark.parametrize("unit_id", ["", "Water", "水务局", "a b", "-a", "a" * 41, "a\n"])
def test_registration_is_refused_when_the_code_is_malformed(unit_id: str) -> None:
    """A code is a short lower-case slug."""
    roster = roster_of(HUB)
    with pytest.raises(InvalidUnitError):
        register_unit(roster, changed(WATER, unit_id=unit_id), ACT)
    assert list(roster.state.units) == ["hub"]


def test_registration_is_refused_when_the_code_is_taken() -> None:
    """A code is never reused, not even after closing."""
    roster = roster_of(HUB, WATER)
    close_unit(roster, "water", "dissolved", ACT)
    with pytest.raises(InvalidUnitError, match="taken"):
        register_unit(roster, WATER, ACT)


def test_registration_is_refused_when_the_parent_is_unknown_or_closed() -> None:
    """A unit stands below a unit that is there."""
    roster = roster_of(HUB, WATER)
    with pytest.raises(UnknownUnitError):
        register_unit(roster, changed(WATER, unit_id="a", parent="nowhere"), ACT)
    close_unit(roster, "water", "dissolved", ACT)
    with pytest.raises(UnitClosedError):
        register_unit(roster, changed(WATER, unit_id="a", parent="water"), ACT)


@pytest.mark.parametrize("tier", [Tier.PROVINCE, Tier.CITY])
def test_registration_is_refused_when_the_parent_is_of_a_lower_tier(tier: Tier) -> None:
    """A city bureau cannot stand below a county hub."""
    with pytest.raises(InvalidUnitError, match="tier"):
        register_unit(roster_of(HUB), changed(WATER, tier=tier), ACT)


@pytest.mark.parametrize("tier", [Tier.COUNTY, Tier.STATION])
def test_registration_is_accepted_below_the_same_or_a_higher_tier(tier: Tier) -> None:
    """A county hub has county bureaus and stations."""
    roster = roster_of(HUB, changed(WATER, tier=tier))
    assert roster.state.children("hub") == ["water"]


def test_closing_is_refused_when_open_units_stand_below() -> None:
    """The lower units are closed or moved first."""
    roster = roster_of(HUB, WATER)
    with pytest.raises(InvalidUnitError, match="water"):
        close_unit(roster, "hub", "dissolved", ACT)
    close_unit(roster, "water", "dissolved", ACT)
    close_unit(roster, "hub", "dissolved", ACT)
    with pytest.raises(UnitClosedError):
        close_unit(roster, "hub", "again", ACT)


def test_roster_remembers_the_pack_adopted_last() -> None:
    """Petitions filed from now on pin the newest choice; before the first there is none."""
    roster = roster_of(HUB)
    in_force = [roster.pack_id]
    for pack_id in ("plain", "s2_quanzhou"):
        adopt_pack(roster, pack_id, ACT)
        in_force.append(roster.pack_id)
    assert in_force == [None, "plain", "s2_quanzhou"]
    events = roster.collect_events()
    adopted = [event.pack_id for event in events if isinstance(event, Roster.PackAdopted)]
    assert adopted == ["plain", "s2_quanzhou"]
