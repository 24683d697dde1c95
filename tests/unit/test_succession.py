"""Without this file petitions of a merged unit could end up under nobody."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from domain.act import Act
from domain.extent import Extent
from domain.roster import Roster, Tier, Unit, UnitClosedError, UnitKind
from domain.roster_changes import register_unit
from domain.roster_commands import MergeUnits
from domain.succession import (
    AS_DISPATCHED,
    Heir,
    Succession,
    UnitSucceededError,
    predecessors,
    resolve_heir,
)
from domain.text import Text
from domain.vocabulary import Role
from projections.incomplete_scopes import IncompleteScope, withheld_text
from tests.unit.given_when_then import DAY, START
from tests.unit.government_lives import ATTEND_DUTY, MERGE, SPLIT, TODAY, roster_life
from tests.unit.resource_story import Deed, Life

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def roster_of(life: Life) -> Roster:
    """Return the roster of a life."""
    assert isinstance(life.aggregate, Roster)
    return life.aggregate


def merge(**fields: object) -> Deed:
    """Return a merger that differs in some fields."""
    return Deed(replace(MERGE.command, **fields), Role.ADMIN)


def split(**fields: object) -> Deed:
    """Return a split that differs in some fields."""
    return Deed(replace(SPLIT.command, **fields), Role.ADMIN)


def test_heir_is_found_along_the_line_up_to_a_day() -> None:
    """A went into B, B into C: whose A is depends on the day."""
    heirs = {"a": Heir("b", date(2025, 1, 1)), "b": Heir("c", date(2026, 1, 1))}
    days = [date(2024, 12, 31), date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1)]
    assert [resolve_heir(heirs, "a", day) for day in days] == ["a", "b", "b", "c"]
    assert resolve_heir(heirs, "unheard-of", date.max) == "unheard-of"
    assert predecessors(heirs, "c", date.max) == {"a", "b"}
    assert predecessors(heirs, "b", date(2025, 6, 1)) == {"a"}
    assert predecessors(heirs, "a", date.max) == frozenset()


def test_merged_unit_stays_readable_and_receives_nothing() -> None:
    """Its code resolves to the successor from the day on, and not before."""
    state = roster_of(roster_life().do(MERGE)).state
    assert state.unit("roads").unit_id == "roads"
    with pytest.raises(UnitClosedError):
        state.open_unit("roads")
    assert state.resolve("roads", TODAY) == "bureau"
    assert state.resolve("roads", YESTERDAY) == "roads"
    assert state.predecessors("bureau", TODAY) == {"roads"}


def test_units_below_a_merged_one_stand_below_its_heir() -> None:
    """A station is never left without a bureau."""
    state = roster_of(roster_life().do(MERGE)).state
    assert state.parent("depot") == "bureau"
    assert state.children("bureau") == ["depot"]
    assert state.children("roads") == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"units": ("nowhere",)}, "unknown-unit"),
        ({"successor": "nowhere"}, "unknown-unit"),
        ({"units": ("roads", "roads")}, "unit-listed-twice"),
        ({"successor": "roads"}, "unit-listed-twice"),
        ({"successor": "depot"}, "successor-tier"),
        ({"effective_on": TOMORROW}, "day-not-come"),
    ],
)
def test_merger_is_refused_when_it_would_break_the_roster(
    fields: dict[str, object], code: str
) -> None:
    """Known units, each once, an heir that can carry them, and a day that has come."""
    roster_life().refuses(merge(**fields), code)


def test_merger_is_refused_when_the_heir_stands_below() -> None:
    """A unit that goes on for its own parent would stand below itself."""
    life = roster_life()
    act = Act(actor_id="admin-1", actor_role=Role.ADMIN, occurred_at=START)
    unit = Unit(
        unit_id="yard",
        name=Text("场站", "yard"),
        tier=Tier.CITY,
        parent="roads",
        kind=UnitKind.DEPARTMENT,
    )
    register_unit(roster_of(life), unit, act)
    life.refuses(merge(successor="yard"), "successor-below")


def test_merger_is_refused_when_a_unit_has_ended_already() -> None:
    """A unit ends once, and an ended one goes on for nobody."""
    life = roster_life().do(MERGE)
    life.refuses(MERGE, "unit-closed")
    life.refuses(merge(units=("water",), successor="roads"), "unit-closed")


def test_split_unit_ends_unless_it_is_its_own_heir() -> None:
    """What it held goes to the heir; a unit that only gives something away stays."""
    state = roster_of(roster_life().do(SPLIT)).state
    assert state.resolve("water", TODAY) == "watch"
    assert "water" in state.closed
    stays = roster_of(roster_life().do(split(heir="water"))).state
    assert stays.resolve("water", TODAY) == "water"
    assert stays.open_unit("water").unit_id == "water"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"unit": "nowhere"}, "unknown-unit"),
        ({"unit": "nowhere", "heir": "nowhere"}, "unknown-unit"),
        ({"into": ("watch", "nowhere")}, "unknown-unit"),
        ({"into": ("watch", "watch")}, "unit-listed-twice"),
        ({"into": ("watch", "water")}, "unit-listed-twice"),
        ({"heir": "bureau"}, "heir-not-listed"),
        ({"into": ("depot",), "heir": "depot"}, "successor-tier"),
        ({"effective_on": TOMORROW}, "day-not-come"),
    ],
)
def test_split_is_refused_when_it_would_break_the_roster(
    fields: dict[str, object], code: str
) -> None:
    """Known units, each once, an heir among them, and a day that has come."""
    roster_life().refuses(split(**fields), code)


def test_duty_to_attend_is_a_whole_list_from_a_day_on() -> None:
    """The list of a day holds until the next one, and merged units leave it to their heirs."""
    later = replace(ATTEND_DUTY.command, units=("roads",), effective_on=TOMORROW)
    state = roster_of(roster_life().do(ATTEND_DUTY, Deed(later, Role.ADMIN), MERGE)).state
    assert state.duty_to_attend(YESTERDAY) == frozenset()
    assert state.duty_to_attend(TODAY) == {"bureau", "watch"}
    assert state.duty_to_attend(TOMORROW) == {"bureau"}


@pytest.mark.parametrize(
    ("units", "code"),
    [
        (("bureau", "bureau"), "unit-listed-twice"),
        (("nowhere",), "unknown-unit"),
        (("roads",), "unit-closed"),
    ],
)
def test_duty_to_attend_is_refused_when_a_unit_cannot_come(
    units: tuple[str, ...], code: str
) -> None:
    """The list names open units, each once."""
    duty = Deed(replace(ATTEND_DUTY.command, units=units), Role.ADMIN)
    roster_life().do(MERGE).refuses(duty, code)


def test_merger_of_yesterday_is_recorded_today() -> None:
    """Late entry is honest: the day it took effect is the day of the document."""
    at = START + 3 * DAY
    command = MergeUnits(
        units=("roads",), successor="bureau", effective_on=TODAY, document="1号", occurred_at=at
    )
    state = roster_of(roster_life().do(Deed(command, Role.ADMIN))).state
    assert state.heirs["roads"] == Heir("bureau", TODAY)


def test_succession_reports_codes_under_the_heir_of_the_day() -> None:
    """The heir has its own code and those it goes on for; a merged unit has none any more."""
    heirs = {"roads": Heir("bureau", TODAY), "water": Heir("roads", YESTERDAY)}
    before, after = Succession(heirs, YESTERDAY), Succession(heirs, TODAY)
    assert [before.heir(unit) for unit in ("water", "roads", "bureau")] == [
        "roads",
        "roads",
        "bureau",
    ]
    assert before.codes("roads") == {"roads", "water"}
    assert after.codes("bureau") == {"bureau", "roads", "water"}
    assert AS_DISPATCHED.codes("water") == {"water"}
    with pytest.raises(UnitSucceededError, match="bureau"):
        after.codes("water")


def test_incomplete_intake_of_a_merged_unit_withholds_the_heirs_rates() -> None:
    """What the unit did not record is missing from the heir's sum, and from no other."""
    scopes = [IncompleteScope(Extent(unit="roads"), "只录入已解决的")]
    after = Succession({"roads": Heir("bureau", TODAY)}, TODAY)
    assert withheld_text(scopes, Extent(unit="bureau"), after) is not None
    assert withheld_text(scopes, Extent(unit="bureau")) is None
    assert withheld_text(scopes, Extent(unit="water"), after) is None
