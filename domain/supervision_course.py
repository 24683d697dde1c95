"""Without this file a supervised unit could not answer, and no order would ever end."""

from datetime import date
from typing import Annotated, ClassVar

from msgspec import Meta

from domain.command import AttachmentNote, Code, Prose, attachments
from domain.errors import GuardError
from domain.guards import refuse_second_self
from domain.local_day import refuse_later_day
from domain.personal import Personal
from domain.role_table import who_may
from domain.situation import Situation
from domain.supervision import SupervisionOrder
from domain.supervision_command import SupervisionCommand
from domain.supervision_terms import SupervisionFinding
from domain.text import Text
from domain.unit_guard import unit_acting_for


class RespondToSupervision(SupervisionCommand, frozen=True, kw_only=True):
    """Say what the unit did about the order; for the unit itself."""

    label: ClassVar = Text("督办反馈", "respond to supervision")
    path: ClassVar = "responses"
    roles: ClassVar = who_may("RespondToSupervision")

    text: Prose
    evidence: Annotated[tuple[AttachmentNote, ...], Meta(max_length=200)] = ()

    def settle(self, aggregate: SupervisionOrder, situation: Situation) -> None:
        """Record the response.

        Raises:
            NotPermittedError: the actor is of another unit.
        """
        unit = unit_acting_for(aggregate.unit, situation)
        aggregate.record(
            SupervisionOrder.UnitResponded,
            situation.act,
            unit=unit,
            text=Personal(self.text),
            evidence=attachments(self.evidence),
        )


class HoldInterview(SupervisionCommand, frozen=True, kw_only=True):
    """Call in who answers for the unit."""

    label: ClassVar = Text("约谈", "hold an interview")
    path: ClassVar = "interviews"
    roles: ClassVar = who_may("HoldInterview")

    held_on: date
    persons: Annotated[tuple[Code, ...], Meta(min_length=1, max_length=50)]
    note: Prose

    def settle(self, aggregate: SupervisionOrder, situation: Situation) -> None:
        """Record who was called in.

        Raises:
            GuardError: ``day-not-come``.
        """
        refuse_later_day(self.held_on, "held_on", situation)
        aggregate.record(
            SupervisionOrder.InterviewHeld,
            situation.act,
            held_on=self.held_on,
            persons=self.persons,
            note=Personal(self.note),
        )


class CloseSupervision(SupervisionCommand, frozen=True, kw_only=True):
    """Strike an order off with a finding; by a second officer, after the unit was heard."""

    label: ClassVar = Text("督办销号", "close supervision")
    path: ClassVar = "closing"
    roles: ClassVar = who_may("CloseSupervision")

    finding: SupervisionFinding
    text: Prose

    def settle(self, aggregate: SupervisionOrder, situation: Situation) -> None:
        """Record the finding.

        Raises:
            NotPermittedError: the actor opened the order.
            GuardError: ``no-response`` or ``circular-not-final``.
        """
        refuse_second_self(aggregate.officer_id or "", situation)
        if not aggregate.has_response:
            raise GuardError(
                "no-response",
                "被督办单位尚未反馈；未作任何更改，请待其反馈后销号。",
                "the unit has not responded; nothing was changed, close the order once it has.",
            )
        circular = aggregate.circular
        if circular is not None and not circular.is_final_at(situation.act.occurred_at):
            raise GuardError(
                "circular-not-final",
                f"通报 {circular.number} 尚在复核期或复核中；未作任何更改，"
                "请待其生效或撤销后销号。",
                f"circular {circular.number} may still be reviewed; nothing was changed, close "
                "the order once it is final or revoked.",
            )
        aggregate.record(
            SupervisionOrder.Closed,
            situation.act,
            finding=self.finding,
            officer_id=situation.act.actor_id,
            text=Personal(self.text),
        )
