"""Without this file supervision could not begin, or become graver."""

from typing import ClassVar
from uuid import UUID

from domain.command import Code, Instant, Prose
from domain.errors import GuardError
from domain.personal import Personal
from domain.resource import OpeningCommand
from domain.role_table import who_may
from domain.situation import Situation
from domain.supervision import SupervisionOrder
from domain.supervision_command import (
    Citations,
    Petitions,
    SupervisionCommand,
    refuse_own_unit,
    refuse_past_due,
)
from domain.text import Text
from domain.vocabulary import SupervisionLevel


class OpenSupervision(OpeningCommand[SupervisionOrder], frozen=True, kw_only=True):
    """Order a unit to act on petitions by a date, on the strength of cited events."""

    label: ClassVar = Text("督办立项", "open supervision")
    roles: ClassVar = who_may("OpenSupervision")

    unit: Code
    petitions: Petitions
    cited: Citations
    level: SupervisionLevel
    due_at: Instant
    requirement: Prose

    def create(self, aggregate_id: UUID, situation: Situation) -> SupervisionOrder:
        """Return the order.

        Raises:
            UnknownUnitError: the unit is not on the roster.
            UnitClosedError: it no longer exists.
            NotPermittedError: it is the officer's own.
            GuardError: ``order-in-the-past``.
        """
        situation.roster.state.open_unit(self.unit)
        refuse_own_unit(self.unit, situation)
        refuse_past_due(self.due_at, situation)
        return SupervisionOrder.begin(
            SupervisionOrder.Created,
            aggregate_id,
            situation.act,
            unit=self.unit,
            petitions=self.petitions,
            cited=self.cited,
            level=self.level,
            due_at=self.due_at,
            officer_id=situation.act.actor_id,
            requirement=Personal(self.requirement),
        )


class UpgradeSupervision(SupervisionCommand, frozen=True, kw_only=True):
    """Give an order a graver colour and a new date; it never becomes milder."""

    label: ClassVar = Text("督办升级", "upgrade supervision")
    path: ClassVar = "upgrades"
    roles: ClassVar = who_may("UpgradeSupervision")

    level: SupervisionLevel
    cited: Citations
    due_at: Instant
    reason: Prose

    def settle(self, aggregate: SupervisionOrder, situation: Situation) -> None:
        """Record the graver colour.

        Raises:
            GuardError: ``level-not-graver`` or ``order-in-the-past``.
        """
        ladder = list(SupervisionLevel)
        if ladder.index(self.level) <= ladder.index(aggregate.level):
            raise GuardError(
                "level-not-graver",
                f"现为{aggregate.level.label.zh}，只能升级；未作任何更改，请选更高等级。",
                f"the order is {aggregate.level.label.en} and only becomes graver; nothing was "
                "changed, choose a graver colour.",
            )
        refuse_past_due(self.due_at, situation)
        aggregate.record(
            SupervisionOrder.Upgraded,
            situation.act,
            old=aggregate.level,
            new=self.level,
            cited=self.cited,
            due_at=self.due_at,
            reason=Personal(self.reason),
        )
