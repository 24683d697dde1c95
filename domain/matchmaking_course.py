"""Without this file nobody could bring the parties of a project together."""

from typing import ClassVar
from uuid import UUID

from domain.command import Line, Prose, personal
from domain.course import refuse_state
from domain.errors import GuardError
from domain.guards import acting_unit
from domain.matchmaking import Matchmaking, MatchResult, MatchState, ProjectPhase
from domain.parties import Enterprises, enterprises, refuse_other_unit
from domain.personal import Personal
from domain.resource import AggregateCommand, OpeningCommand, Resource
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text


class OpenMatchmaking(OpeningCommand[Matchmaking], frozen=True, kw_only=True):
    """Bring parties together for a project."""

    label: ClassVar = Text("发起项目对接", "open a matchmaking")
    roles: ClassVar = who_may("OpenMatchmaking")

    project: Line
    phase: ProjectPhase
    parties: Enterprises

    def create(self, aggregate_id: UUID, situation: Situation) -> Matchmaking:
        """Begin the matchmaking of the actor's unit."""
        if not self.parties:
            raise GuardError(
                "no-party",
                "项目对接须至少有一家企业；未作任何记录，请填写 parties。",
                "a matchmaking needs at least one enterprise; nothing was recorded, fill in "
                "'parties'.",
            )
        return Matchmaking.begin(
            Matchmaking.Created,
            aggregate_id,
            situation.act,
            project=Personal(self.project),
            unit=acting_unit(situation),
            phase=self.phase,
            parties=enterprises(self.parties),
        )


class EnterPhase(AggregateCommand[Matchmaking], frozen=True, kw_only=True):
    """Say that the project went on to a later phase."""

    label: ClassVar = Text("进入项目阶段", "enter a project phase")
    path: ClassVar = "phases"
    roles: ClassVar = who_may("EnterPhase")

    phase: ProjectPhase
    note: Prose | None = None

    def decide(self, aggregate: Matchmaking, situation: Situation) -> None:
        """Record the phase; a project never goes back."""
        refuse_state(self.label, aggregate.state, MatchState.OPEN)
        refuse_other_unit(aggregate.unit, situation)
        order = list(ProjectPhase)
        if order.index(self.phase) <= order.index(aggregate.phase):
            raise GuardError(
                "phase-not-later",
                f"项目已处于“{aggregate.phase.label.zh}”；未作任何更改，请填写之后的阶段。",
                f"the project is in phase '{aggregate.phase}'; nothing was changed, name a later "
                "one.",
            )
        note = personal(self.note)
        aggregate.record(Matchmaking.PhaseEntered, situation.act, phase=self.phase, note=note)


class ConcludeMatchmaking(AggregateCommand[Matchmaking], frozen=True, kw_only=True):
    """Say what came of it."""

    label: ClassVar = Text("结束项目对接", "conclude the matchmaking")
    path: ClassVar = "conclusion"
    roles: ClassVar = who_may("ConcludeMatchmaking")

    result: MatchResult
    text: Prose

    def decide(self, aggregate: Matchmaking, situation: Situation) -> None:
        """Record the result."""
        refuse_state(self.label, aggregate.state, MatchState.OPEN)
        refuse_other_unit(aggregate.unit, situation)
        text = Personal(self.text)
        aggregate.record(Matchmaking.Concluded, situation.act, result=self.result, text=text)


MATCHMAKINGS = Resource(
    path="matchmakings",
    label=Text("项目对接", "matchmaking"),
    aggregate=Matchmaking,
    opening=(OpenMatchmaking,),
    commands=(EnterPhase, ConcludeMatchmaking),
)
