"""Without this file what a unit cannot solve would never reach anybody higher."""

from typing import ClassVar

from domain.assignment_orders import lead_unit
from domain.closing_events import Escalated
from domain.command import OPEN_STATES, PetitionCommand, Prose
from domain.errors import GuardError
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import Role

ESCALATED_FROM_CYCLE = 3
ESCALATION_LEVEL_MAX = 3
"""1 head of the department, 2 leader in charge, 3 secretary and mayor (domain.md §4 row 35)."""


class EscalatePetition(PetitionCommand, frozen=True, kw_only=True):
    """Put the petition before the next level; it does not change hands."""

    label: ClassVar = Text("提级", "escalate the petition")
    path: ClassVar = "escalations"
    roles: ClassVar = who_may("EscalatePetition")
    from_states: ClassVar = OPEN_STATES

    reason: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record one level more, asked for by the lead unit or by the clock."""
        if situation.act.actor_role is not Role.SYSTEM:
            lead_unit(facts, situation)
        if facts.escalation_level >= ESCALATION_LEVEL_MAX:
            raise GuardError(
                "escalated-to-the-top",
                "已提至最高一级；未作任何更改，请等待领导批示。",
                "it is at the highest level already; nothing was changed, wait for the leader's "
                "instruction.",
            )
        petition.record(
            Escalated,
            situation.act,
            level=facts.escalation_level + 1,
            cycle=len(facts.cycles),
            reason=Personal(self.reason),
        )
