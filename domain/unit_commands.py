"""Without this file a new bureau could not be added to the roster, nor an old one be closed."""

from typing import Annotated, ClassVar

from msgspec import Meta

from domain.command import Code, Line
from domain.resource import AggregateCommand
from domain.role_table import who_may
from domain.roster import Roster, Tier, Unit, UnitKind
from domain.roster_changes import close_unit, register_unit
from domain.situation import Situation
from domain.text import Text

_TAGS_MAX = 200


class RegisterUnit(AggregateCommand[Roster], frozen=True, kw_only=True):
    """Add a unit to the roster; its code is never used again."""

    label: ClassVar = Text("登记单位", "register a unit")
    path: ClassVar = "units"
    roles: ClassVar = who_may("RegisterUnit")

    unit: Code
    name_zh: Line
    name_en: Line
    tier: Tier
    kind: UnitKind
    parent: Code | None = None
    duties: Annotated[tuple[Code, ...], Meta(max_length=_TAGS_MAX)] = ()

    def decide(self, aggregate: Roster, situation: Situation) -> None:
        """Record the unit.

        Raises:
            InvalidUnitError: the code is malformed or taken, or the parent's tier is lower.
            UnknownUnitError: the parent is not on the roster.
            UnitClosedError: the parent is closed.
        """
        unit = Unit(
            unit_id=self.unit,
            name=Text(self.name_zh, self.name_en),
            tier=self.tier,
            parent=self.parent,
            kind=self.kind,
            duties=self.duties,
        )
        register_unit(aggregate, unit, situation.act)


class CloseUnit(AggregateCommand[Roster], frozen=True, kw_only=True):
    """End a unit that nobody takes over; a merger or a split names who goes on.

    It receives nothing more. What it holds stays under its code until it is transferred.
    """

    label: ClassVar = Text("撤销单位", "close a unit")
    path: ClassVar = "closures"
    roles: ClassVar = who_may("CloseUnit")

    unit: Code
    reason: Line

    def decide(self, aggregate: Roster, situation: Situation) -> None:
        """Record the closure.

        Raises:
            UnknownUnitError: the unit is not on the roster.
            UnitClosedError: it is closed already.
            InvalidUnitError: open units stand below it.
        """
        close_unit(aggregate, self.unit, self.reason, situation.act)
