"""Without this file nobody could say how many departments a session should have drawn."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, ClassVar

from msgspec import Meta

from domain.command import Code
from domain.errors import GuardError
from domain.resource import AggregateCommand
from domain.role_table import who_may
from domain.roster import Roster
from domain.situation import Situation
from domain.text import Text

Units = Annotated[tuple[Code, ...], Meta(min_length=1, max_length=1_000)]
"""Codes of units, 1 to 1,000."""


class SetDutyToAttend(AggregateCommand[Roster], frozen=True, kw_only=True):
    """Say which units are bound to attend sessions from a day on; the list is the whole."""

    label: ClassVar = Text("确定参会单位名单", "set the duty to attend")
    path: ClassVar = "attendance-duties"
    roles: ClassVar = who_may("SetDutyToAttend")

    units: Units
    effective_on: date

    def decide(self, aggregate: Roster, situation: Situation) -> None:
        """Record the list; an earlier list of the same day gives way.

        Raises:
            UnknownUnitError: a unit is not on the roster.
            UnitClosedError: a unit is closed.
            GuardError: ``unit-listed-twice``.
        """
        refuse_repeats(self.units)
        for unit in self.units:
            aggregate.state.open_unit(unit)
        aggregate.record(
            Roster.DutyToAttendSet,
            situation.act,
            units=self.units,
            effective_on=self.effective_on,
        )


def refuse_repeats(units: Iterable[str]) -> None:
    """Refuse a unit that stands twice in one command.

    Raises:
        GuardError: ``unit-listed-twice``.
    """
    seen: set[str] = set()
    for unit in units:
        if unit in seen:
            raise GuardError(
                "unit-listed-twice",
                f"单位“{unit}”重复；未作任何更改，同一单位只列一次。",
                f"unit '{unit}' is named twice; nothing was changed, name each unit once.",
            )
        seen.add(unit)
