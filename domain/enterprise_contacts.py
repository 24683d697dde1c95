"""Without this file no enterprise would know whom to call, and nobody whom to call there."""

from datetime import date
from typing import ClassVar

from domain.command import Code, Line
from domain.enterprise import ChiefRepresentative, Enterprise
from domain.enterprise_terms import LiaisonSide
from domain.errors import GuardError
from domain.parties import Phone
from domain.personal import Personal
from domain.resource import AggregateCommand
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text


class AssignLiaison(AggregateCommand[Enterprise], frozen=True, kw_only=True):
    """Name the fixed liaison of one side."""

    label: ClassVar = Text("指定固定联络人", "assign a liaison")
    path: ClassVar = "liaisons"
    roles: ClassVar = who_may("AssignLiaison")

    side: LiaisonSide
    unit: Code | None = None
    person_id: Code
    name: Line
    phone: Phone

    def decide(self, aggregate: Enterprise, situation: Situation) -> None:
        """Record the liaison; the government's is of a unit, the enterprise's of none.

        Raises:
            UnknownUnitError: the unit is not on the roster.
            UnitClosedError: it no longer exists.
            GuardError: ``liaison-unit``.
        """
        if (self.unit is not None) is not (self.side is LiaisonSide.GOVERNMENT):
            raise GuardError(
                "liaison-unit",
                "政府方联络人须注明单位，企业方联络人不填单位；未作任何更改，请修改 unit。",
                "a liaison of the government is of a unit and one of the enterprise of none; "
                "nothing was changed, correct 'unit'.",
            )
        if self.unit is not None:
            situation.roster.state.open_unit(self.unit)
        aggregate.record(
            Enterprise.LiaisonAssigned,
            situation.act,
            side=self.side,
            unit=self.unit,
            person_id=self.person_id,
            name=Personal(self.name),
            phone=Personal(self.phone),
        )


class AppointChiefRepresentative(AggregateCommand[Enterprise], frozen=True, kw_only=True):
    """Appoint who speaks for the government, trained before the first day in the post."""

    label: ClassVar = Text("任命政府首席代表", "appoint a chief representative")
    path: ClassVar = "chief-representatives"
    roles: ClassVar = who_may("AppointChiefRepresentative")

    unit: Code
    person_id: Code
    name: Line
    contact: Line
    public: bool = True
    trained_on: date
    from_on: date
    until_on: date | None = None

    def decide(self, aggregate: Enterprise, situation: Situation) -> None:
        """Record the appointment.

        Raises:
            UnknownUnitError: the unit is not on the roster.
            UnitClosedError: it no longer exists.
            GuardError: ``training-missing`` or ``post-period``.
        """
        situation.roster.state.open_unit(self.unit)
        if self.trained_on > self.from_on:
            raise GuardError(
                "training-missing",
                f"上岗日 {self.from_on} 早于岗前培训日 {self.trained_on}；未作任何更改，"
                "请先培训后上岗。",
                f"the post begins on {self.from_on}, before the training on {self.trained_on}; "
                "nothing was changed, train first.",
            )
        if self.until_on is not None and self.until_on < self.from_on:
            raise GuardError(
                "post-period",
                f"任期结束日 {self.until_on} 早于上岗日 {self.from_on}；未作任何更改，请修改日期。",
                f"the post ends on {self.until_on}, before it begins on {self.from_on}; nothing "
                "was changed, correct the days.",
            )
        representative = ChiefRepresentative(
            unit=self.unit,
            person_id=self.person_id,
            name=Personal(self.name),
            contact=Personal(self.contact),
            public=self.public,
            trained_on=self.trained_on,
            from_on=self.from_on,
            until_on=self.until_on,
        )
        aggregate.record(
            Enterprise.ChiefRepresentativeAppointed,
            situation.act,
            representative=representative,
        )
