"""Without this file units could not merge or split, or be bound to attend sessions."""

from datetime import date
from typing import ClassVar

from domain.attendance_duty import SetDutyToAttend, Units, refuse_repeats
from domain.command import Code, Line
from domain.delegation_commands import EndDelegation, GrantDelegation
from domain.errors import GuardError
from domain.local_day import refuse_later_day
from domain.resource import AggregateCommand, Resource
from domain.role_table import who_may
from domain.roster import Roster, RosterState
from domain.situation import Situation
from domain.text import Text
from domain.unit_commands import CloseUnit, RegisterUnit


class MergeUnits(AggregateCommand[Roster], frozen=True, kw_only=True):
    """End units and let an open one go on for them; what they did keeps their codes."""

    label: ClassVar = Text("并入单位", "merge units")
    path: ClassVar = "mergers"
    roles: ClassVar = who_may("MergeUnits")

    units: Units
    successor: Code
    effective_on: date
    document: Line

    def decide(self, aggregate: Roster, situation: Situation) -> None:
        """Record the merger once it is in force.

        Raises:
            UnknownUnitError: a unit is not on the roster.
            UnitClosedError: a unit is closed.
            GuardError: ``unit-listed-twice``, ``successor-below``, ``successor-tier`` or
                ``day-not-come``.
        """
        state = aggregate.state
        refuse_repeats((*self.units, self.successor))
        _refuse_heir(state, self.successor, self.units)
        refuse_later_day(self.effective_on, "effective_on", situation)
        aggregate.record(
            Roster.UnitsMerged,
            situation.act,
            units=self.units,
            successor=self.successor,
            effective_on=self.effective_on,
            document=self.document,
        )


class SplitUnit(AggregateCommand[Roster], frozen=True, kw_only=True):
    """Divide a unit's matters among others; the heir takes over what is under way.

    The unit ends, unless it is its own heir.
    """

    label: ClassVar = Text("拆分单位", "split a unit")
    path: ClassVar = "splits"
    roles: ClassVar = who_may("SplitUnit")

    unit: Code
    into: Units
    heir: Code
    effective_on: date
    document: Line

    def decide(self, aggregate: Roster, situation: Situation) -> None:
        """Record the split once it is in force.

        Raises:
            UnknownUnitError: a unit is not on the roster.
            UnitClosedError: a unit is closed.
            GuardError: ``unit-listed-twice``, ``heir-not-listed``, ``successor-below``,
                ``successor-tier`` or ``day-not-come``.
        """
        state = aggregate.state
        refuse_repeats((*self.into, self.unit))
        state.open_unit(self.unit)
        for unit in self.into:
            state.open_unit(unit)
        if self.heir not in (*self.into, self.unit):
            raise GuardError(
                "heir-not-listed",
                f"承接单位“{self.heir}”不在拆分所涉单位中；未作任何更改，请从中指定。",
                f"the heir '{self.heir}' is none of the units of the split; nothing was changed, "
                "name one of them.",
            )
        if self.heir != self.unit:
            _refuse_heir(state, self.heir, (self.unit,))
        refuse_later_day(self.effective_on, "effective_on", situation)
        aggregate.record(
            Roster.UnitSplit,
            situation.act,
            unit=self.unit,
            into=self.into,
            heir=self.heir,
            effective_on=self.effective_on,
            document=self.document,
        )


def _refuse_heir(state: RosterState, heir: str, ended: tuple[str, ...]) -> None:
    """Refuse an heir that could not stand above what stood below the units that end."""
    tier = state.open_unit(heir).tier
    for unit in ended:
        if state.open_unit(unit).tier.rank < tier.rank:
            raise GuardError(
                "successor-tier",
                f"承接单位为{tier.label.zh}，低于“{unit}”；未作任何更改，请选同级或上级单位。",
                f"the successor is of tier {tier}, below that of '{unit}'; nothing was changed, "
                "choose a unit of the same tier or a higher one.",
            )
    above = state.parent(heir)
    while above is not None:
        if above in ended:
            raise GuardError(
                "successor-below",
                f"承接单位“{heir}”隶属于“{above}”；未作任何更改，请选不在其下的单位。",
                f"the successor '{heir}' stands below '{above}'; nothing was changed, choose a "
                "unit that does not.",
            )
        above = state.parent(above)


ROSTERS = Resource(
    path="rosters",
    label=Text("名册", "roster"),
    aggregate=Roster,
    opening=(),
    commands=(
        RegisterUnit,
        MergeUnits,
        SplitUnit,
        CloseUnit,
        SetDutyToAttend,
        GrantDelegation,
        EndDelegation,
    ),
)
"""The one roster of a ledger as people change it; its first units come in by the foundation."""
