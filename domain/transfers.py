"""Without this file a petition could never change hands, nor get help, once it was dispatched."""

from typing import ClassVar

from domain.assignment_orders import named_twice, order_unit, order_units, refuse_crowd
from domain.command import Code, PetitionCommand, Prose, states
from domain.errors import GuardError
from domain.handling_events import AssignmentTransferred, CoHandlerAdded
from domain.kin import same_office
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import PetitionState


class TransferAssignment(PetitionCommand, frozen=True, kw_only=True):
    """Pass the lead on to another unit; the petition's due stays."""

    label: ClassVar = Text("转办", "transfer the assignment")
    path: ClassVar = "transfers"
    roles: ClassVar = who_may("TransferAssignment")
    from_states: ClassVar = states(PetitionState.IN_PROGRESS)

    to_unit: Code
    reason: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the transfer from the present lead."""
        lead = facts.lead
        if lead is None or lead.unit == self.to_unit:
            raise GuardError(
                "transfer-to-itself",
                "该单位已是主办单位；未作任何更改，请另选单位。",
                "that unit leads already; nothing was changed, choose another unit.",
            )
        (order,) = order_units(facts, situation, self.to_unit, ())
        petition.record(
            AssignmentTransferred,
            situation.act,
            from_unit=lead.unit,
            assignment=order,
            reason=Personal(self.reason),
        )


class AddCoHandler(PetitionCommand, frozen=True, kw_only=True):
    """Order one more unit to report to the lead."""

    label: ClassVar = Text("增加协办", "add a co-handler")
    path: ClassVar = "co-handlers"
    roles: ClassVar = who_may("AddCoHandler")
    from_states: ClassVar = states(PetitionState.DISPATCHED, PetitionState.IN_PROGRESS)

    unit: Code

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the order; one unit holds one assignment at a time."""
        held = [order for order in facts.assignments if order.ended_at is None]
        if any(same_office(order.unit, self.unit, situation) for order in held):
            raise named_twice(self.unit)
        refuse_crowd(sum(1 for order in held if not order.lead) + 1)
        petition.record(
            CoHandlerAdded,
            situation.act,
            assignment=order_unit(facts, situation, self.unit, lead=False),
        )
