"""Without this file a unit could join the roster under another name, tier or superior."""

import pytest
from msgspec.structs import replace

from domain.roster import Roster, RosterState, Tier, Unit, UnitClosedError, UnitKind
from domain.text import Text
from domain.vocabulary import Role
from tests.unit.government_lives import CLOSE_UNIT, REGISTER, roster_life
from tests.unit.resource_story import Deed, Life


def register(**fields: object) -> Deed:
    """Return a registration that differs in some fields."""
    return Deed(replace(REGISTER.command, **fields), Role.ADMIN)


def close(unit: str) -> Deed:
    """Return the closure of a unit."""
    return Deed(replace(CLOSE_UNIT.command, unit=unit), Role.ADMIN)


def state_of(life: Life) -> RosterState:
    """Return the roster's state."""
    assert isinstance(life.aggregate, Roster)
    return life.aggregate.state


def test_unit_is_registered_as_it_was_stated() -> None:
    """Every field of the command is that of the unit, from the moment on."""
    below = register(
        unit="data-station",
        name_zh="示例站",
        name_en="Data Station",
        tier=Tier.STATION,
        kind=UnitKind.HUB,
        parent="data-bureau",
        duties=("files", "maps"),
    )
    state = state_of(roster_life().do(REGISTER, below))
    assert state.open_unit("data-bureau").name == Text("示例市数据局", "City Data Bureau")
    assert state.open_unit("data-station") == Unit(
        unit_id="data-station",
        name=Text("示例站", "Data Station"),
        tier=Tier.STATION,
        parent="data-bureau",
        kind=UnitKind.HUB,
        duties=("files", "maps"),
    )
    assert state.children("data-bureau") == ["data-station"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"unit": "bureau"}, "invalid-unit"),
        ({"unit": "Data Bureau"}, "invalid-unit"),
        ({"parent": "nowhere"}, "unknown-unit"),
        ({"tier": Tier.PROVINCE, "parent": "bureau"}, "invalid-unit"),
    ],
    ids=["taken", "malformed", "no-parent", "above"],
)
def test_unit_that_cannot_be_is_not_registered(fields: dict[str, object], code: str) -> None:
    """The roster stays as it is."""
    roster_life().refuses(register(**fields), code)


def test_closed_unit_stays_readable_and_receives_nothing() -> None:
    """Nobody goes on for it, and its code is never given again."""
    life = roster_life().do(REGISTER, CLOSE_UNIT)
    state = state_of(life)
    assert state.unit("data-bureau").name.zh == "示例市数据局"
    assert state.heirs == {}
    with pytest.raises(UnitClosedError):
        state.open_unit("data-bureau")
    life.refuses(REGISTER, "invalid-unit")
    life.refuses(CLOSE_UNIT, "unit-closed")
    life.refuses(register(unit="data-station", parent="data-bureau"), "unit-closed")


def test_unit_above_an_open_one_is_not_closed() -> None:
    """First those below, then the one above."""
    life = roster_life().do(REGISTER, register(unit="data-station", parent="data-bureau"))
    life.refuses(close("data-bureau"), "invalid-unit")
    life.refuses(close("nowhere"), "unknown-unit")
    state = state_of(life.do(close("data-station"), close("data-bureau")))
    assert {"data-bureau", "data-station"} <= state.closed
