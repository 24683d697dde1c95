"""Without this file a project would lose its partners between two phases."""

from typing import ClassVar

from domain.aggregate import LedgerAggregate
from domain.personal import Personal
from domain.vocabulary import Labelled


class ProjectPhase(Labelled):
    """Phases of a project, in order (domain.md §1.0)."""

    PLANNING = "planning", "前期规划", "planning"
    TENDERING = "tendering", "招标采购", "tendering"
    CONSTRUCTION = "construction", "项目建设", "construction"
    OPERATION = "operation", "后期运营", "operation"


class MatchResult(Labelled):
    """What came of bringing the parties together."""

    AGREED = "agreed", "达成合作", "agreed"
    NOT_AGREED = "not_agreed", "未达成", "not agreed"


class MatchState(Labelled):
    """Whether the parties still talk."""

    OPEN = "open", "对接中", "open"
    CONCLUDED = "concluded", "已结束", "concluded"


class Matchmaking(LedgerAggregate):
    """Bringing a project and its partners together 项目对接."""

    TOPIC = "matchmaking"

    def __init__(self, unit: str, phase: ProjectPhase) -> None:
        """Start in the phase the project is in."""
        self.unit = unit
        self.phase = phase
        self.state = MatchState.OPEN

    class Event(LedgerAggregate.Event):
        """Base of the matchmaking's events."""

    class Created(Event, LedgerAggregate.Created):
        """发起对接: a unit brings parties together for a project."""

        TOPIC: ClassVar[str] = "matchmaking.opened"
        project: Personal[str]
        unit: str
        phase: ProjectPhase
        parties: tuple[str, ...]

    class PhaseEntered(Event):
        """进入阶段: the project went on to a later phase."""

        TOPIC: ClassVar[str] = "matchmaking.phase_entered"
        phase: ProjectPhase
        note: Personal[str] | None

        def apply(self, aggregate: "Matchmaking") -> None:
            """Remember the phase."""
            aggregate.phase = self.phase

    class Concluded(Event):
        """对接结束: the parties agreed, or did not."""

        TOPIC: ClassVar[str] = "matchmaking.concluded"
        result: MatchResult
        text: Personal[str]

        def apply(self, aggregate: "Matchmaking") -> None:
            """Note the end."""
            aggregate.state = MatchState.CONCLUDED
