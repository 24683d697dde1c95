"""Without this file the clock could not say that supervision is due, or people say no."""

from typing import ClassVar
from uuid import UUID

from domain.command import Code, Instant, Line, Prose
from domain.personal import Personal
from domain.resource import OpeningCommand
from domain.role_table import who_may
from domain.situation import Situation
from domain.supervision import SupervisionOrder
from domain.supervision_command import (
    PROPOSED,
    Citations,
    Petitions,
    SupervisionCommand,
    refuse_past_due,
)
from domain.text import Text
from domain.vocabulary import SupervisionLevel


class ProposeSupervision(OpeningCommand[SupervisionOrder], frozen=True, kw_only=True):
    """Propose an order by a rule; people decide."""

    label: ClassVar = Text("督办建议", "propose supervision")
    path: ClassVar = "proposals"
    roles: ClassVar = who_may("ProposeSupervision")

    unit: Code
    petitions: Petitions
    cited: Citations
    level: SupervisionLevel
    rule: Line

    def create(self, aggregate_id: UUID, situation: Situation) -> SupervisionOrder:
        """Return the proposal.

        Raises:
            UnknownUnitError: the unit is not on the roster.
            UnitClosedError: it no longer exists.
        """
        situation.roster.state.open_unit(self.unit)
        return SupervisionOrder.begin(
            SupervisionOrder.Proposed,
            aggregate_id,
            situation.act,
            unit=self.unit,
            petitions=self.petitions,
            cited=self.cited,
            level=self.level,
            rule=self.rule,
        )


class AdoptProposal(SupervisionCommand, frozen=True, kw_only=True):
    """Make a proposal an order, at the proposed colour or another one."""

    label: ClassVar = Text("采纳督办建议", "adopt a proposal")
    path: ClassVar = "adoption"
    roles: ClassVar = who_may("AdoptProposal")
    from_states: ClassVar = PROPOSED

    level: SupervisionLevel
    due_at: Instant
    requirement: Prose

    def settle(self, aggregate: SupervisionOrder, situation: Situation) -> None:
        """Record the order.

        Raises:
            UnitClosedError: the unit no longer exists.
            GuardError: ``order-in-the-past``.
        """
        situation.roster.state.open_unit(aggregate.unit)
        refuse_past_due(self.due_at, situation)
        aggregate.record(
            SupervisionOrder.ProposalAdopted,
            situation.act,
            level=self.level,
            due_at=self.due_at,
            officer_id=situation.act.actor_id,
            requirement=Personal(self.requirement),
        )


class DismissProposal(SupervisionCommand, frozen=True, kw_only=True):
    """Say why a proposal leads to no order."""

    label: ClassVar = Text("不采纳督办建议", "dismiss a proposal")
    path: ClassVar = "dismissal"
    roles: ClassVar = who_may("DismissProposal")
    from_states: ClassVar = PROPOSED

    reason: Prose

    def settle(self, aggregate: SupervisionOrder, situation: Situation) -> None:
        """Record the reason."""
        aggregate.record(
            SupervisionOrder.ProposalDismissed, situation.act, reason=Personal(self.reason)
        )
