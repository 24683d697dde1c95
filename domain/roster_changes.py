"""Without this file a ledger's roster could not be opened, or a unit be added or closed."""

import re
from uuid import UUID

from domain.act import Act
from domain.roster import InvalidUnitError, Roster, Unit
from domain.text import Text

_UNIT_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


def open_roster(roster_uuid: UUID, zone: str, name: Text, act: Act) -> Roster:
    """Return a new roster with its birth event pending."""
    return Roster.begin(Roster.Created, roster_uuid, act, zone=zone, name=name)


def register_unit(roster: Roster, unit: Unit, act: Act) -> None:
    """Add a unit to the roster.

    Raises:
        InvalidUnitError: the code is malformed or taken, or the parent's tier is lower.
        UnknownUnitError: the parent is not on the roster.
        UnitClosedError: the parent is closed.
    """
    if not _UNIT_ID.fullmatch(unit.unit_id):
        raise _refused(
            unit.unit_id,
            "代码须为 1 至 40 位小写字母、数字、_ 或 -",
            "a code is 1 to 40 of a-z 0-9 _ -",
        )
    if unit.unit_id in roster.state.units:
        raise _refused(unit.unit_id, "代码已被使用", "the code is taken")
    if unit.parent is not None:
        parent = roster.state.open_unit(unit.parent)
        if parent.tier.rank > unit.tier.rank:
            raise _refused(
                unit.unit_id,
                f"上级单位为{parent.tier.label.zh}，低于本单位的{unit.tier.label.zh}",
                f"its parent is of tier {parent.tier}, below {unit.tier}",
            )
    roster.record(Roster.UnitRegistered, act, unit=unit)


def adopt_pack(roster: Roster, pack_id: str, act: Act) -> None:
    """Make a published pack the one that petitions filed from now on pin."""
    roster.record(Roster.PackAdopted, act, pack_id=pack_id)


def close_unit(roster: Roster, unit_id: str, reason: str, act: Act) -> None:
    """Close a unit; its code is never used again.

    Raises:
        UnknownUnitError: it is not on the roster.
        UnitClosedError: it is closed already.
        InvalidUnitError: open units stand below it.
    """
    roster.state.open_unit(unit_id)
    below = roster.state.children(unit_id)
    if below:
        raise _refused(
            unit_id,
            f"其下仍有在册单位：{'、'.join(below)}",
            f"open units stand below it: {', '.join(below)}",
        )
    roster.record(Roster.UnitClosed, act, unit_id=unit_id, reason=reason)


def _refused(unit_id: str, zh: str, en: str) -> InvalidUnitError:
    return InvalidUnitError(
        Text(
            f"单位“{unit_id}”：{zh}；未作任何更改，请修改后重试。",
            f"unit '{unit_id}': {en}; nothing was changed, correct it and try again.",
        )
    )
