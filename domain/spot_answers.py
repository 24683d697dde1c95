"""Without this file the simplest question would have to be dispatched to be answered."""

from typing import ClassVar

from domain.acceptance import Matter, accept
from domain.command import Code, PetitionCommand, Prose, states
from domain.errors import GuardError
from domain.guards import acting_unit
from domain.handling_events import AnsweredOnSpot
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import Clock, PetitionState, PetitionType


class AnswerNow(PetitionCommand, frozen=True, kw_only=True):
    """Answer a consultation on the spot; one that is only registered is accepted first."""

    label: ClassVar = Text("现场答复", "answer on the spot")
    path: ClassVar = "spot-answers"
    roles: ClassVar = who_may("AnswerNow")
    from_states: ClassVar = states(PetitionState.REGISTERED, PetitionState.ACCEPTED)

    category: Code | None = None
    text: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the acceptance where it is missing, then the answer."""
        claimed = facts.petition_type or PetitionType.CONSULTATION
        if claimed is not PetitionType.CONSULTATION:
            raise GuardError(
                "not-a-consultation",
                f"仅“咨询”可现场答复，该诉求类型为“{claimed.label.zh}”；未作任何更改，请派单办理。",
                f"only a consultation is answered on the spot, this is a {claimed.label.en}; "
                "nothing was changed, dispatch it.",
            )
        unit = acting_unit(situation)
        if facts.state is PetitionState.REGISTERED:
            rule = situation.pack.clock_rule(claimed, Clock.REPLY)
            due_at = situation.act.occurred_at if rule is not None and rule.per_item else None
            accept(petition, situation, Matter(claimed, self.category or "consultation"), due_at)
        petition.record(
            AnsweredOnSpot, situation.act, unit=unit, text=Personal(self.text), deadlines=()
        )
