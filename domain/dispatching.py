"""Without this file no unit could be ordered to act on a petition."""

from typing import Annotated, ClassVar

from msgspec import Meta

from domain.assignment_orders import (
    CO_HANDLERS_MAX,
    held_unit,
    open_order,
    order_units,
    returns_approved,
)
from domain.command import Code, Line, PetitionCommand, Prose, personal, states
from domain.errors import GuardError
from domain.handling_events import AssignmentSigned, Dispatched, LeadUnitDesignated
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import PetitionState


class DispatchPetition(PetitionCommand, frozen=True, kw_only=True):
    """Order one lead unit and any co-handlers to act; their clocks start now, not at signing."""

    label: ClassVar = Text("派单", "dispatch the petition")
    path: ClassVar = "dispatches"
    roles: ClassVar = who_may("DispatchPetition")
    from_states: ClassVar = states(PetitionState.ACCEPTED)

    lead: Code
    co_handlers: Annotated[tuple[Code, ...], Meta(max_length=CO_HANDLERS_MAX)] = ()
    catalogue: Line | None = None
    note: Prose | None = None

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the orders; after too many returns only a designation is left."""
        forced_after = situation.pinned_pack(facts).returns.forced_after
        if returns_approved(facts) >= forced_after:
            raise GuardError(
                "designation-required",
                f"已同意退单 {forced_after} 次，须指定主办；未作任何更改，请使用“指定主办”。",
                f"{forced_after} returns were approved, so the lead must be designated; nothing "
                "was changed, use the designation command.",
            )
        petition.record(
            Dispatched,
            situation.act,
            assignments=order_units(facts, situation, self.lead, self.co_handlers),
            catalogue=self.catalogue,
            note=personal(self.note),
        )


class DesignateLeadUnit(PetitionCommand, frozen=True, kw_only=True):
    """Name a lead unit that may not return the petition."""

    label: ClassVar = Text("指定主办", "designate the lead unit")
    path: ClassVar = "designations"
    roles: ClassVar = who_may("DesignateLeadUnit")
    from_states: ClassVar = states(PetitionState.ACCEPTED, PetitionState.RETURN_REQUESTED)

    lead: Code
    reason: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the designation."""
        petition.record(
            LeadUnitDesignated,
            situation.act,
            assignments=order_units(facts, situation, self.lead, ()),
            reason=Personal(self.reason),
        )


class SignAssignment(PetitionCommand, frozen=True, kw_only=True):
    """Take the assignment and name the person who handles it."""

    label: ClassVar = Text("签收", "sign for the assignment")
    path: ClassVar = "signatures"
    roles: ClassVar = who_may("SignAssignment")
    from_states: ClassVar = states(PetitionState.DISPATCHED, PetitionState.IN_PROGRESS)

    handler_id: Code
    handler_name: Line

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the signature once per assignment."""
        unit = held_unit(facts, situation)
        if open_order(facts, unit).signed_at is not None:
            raise GuardError(
                "already-signed",
                "本单位已签收；未作任何更改，更换承办人请记录进展。",
                "the unit has signed already; nothing was changed, record progress to name "
                "another handler.",
            )
        petition.record(
            AssignmentSigned,
            situation.act,
            unit=unit,
            handler_id=self.handler_id,
            handler_name=Personal(self.handler_name),
        )
