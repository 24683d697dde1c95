"""Without this file what enterprises ask before and after a fair would be lost."""

from typing import ClassVar

from domain.aggregate import LedgerAggregate
from domain.command import Instant
from domain.personal import Personal
from domain.vocabulary import Labelled


class ExhibitionState(Labelled):
    """How far an exhibition has come."""

    ANNOUNCED = "announced", "筹备或举办中", "announced"
    CONCLUDED = "concluded", "已闭幕", "concluded"


class Exhibition(LedgerAggregate):
    """One fair 展会: consultations on it, and what followed."""

    TOPIC = "exhibition"

    def __init__(self) -> None:
        """Start announced, with nobody consulted."""
        self.state = ExhibitionState.ANNOUNCED
        self.consulted: set[str] = set()

    class Event(LedgerAggregate.Event):
        """Base of the exhibition's events."""

    class Created(Event, LedgerAggregate.Created):
        """展会公告: a fair is announced."""

        TOPIC: ClassVar[str] = "exhibition.announced"
        name: str
        place: str
        unit: str
        starts_at: Instant
        ends_at: Instant

    class Consulted(Event):
        """参展咨询: an enterprise asked about taking part, and was answered."""

        TOPIC: ClassVar[str] = "exhibition.consulted"
        enterprise: str
        question: Personal[str]
        answer: Personal[str]

        def apply(self, aggregate: "Exhibition") -> None:
            """Remember the enterprise."""
            aggregate.consulted.add(self.enterprise)

    class FollowedUp(Event):
        """展会后续: what came of it for an enterprise."""

        TOPIC: ClassVar[str] = "exhibition.followed_up"
        enterprise: str
        text: Personal[str]

        def apply(self, aggregate: "Exhibition") -> None:
            """Change nothing that a decision reads."""

    class Concluded(Event):
        """展会闭幕: it is over; following up goes on."""

        TOPIC: ClassVar[str] = "exhibition.concluded"
        note: Personal[str] | None

        def apply(self, aggregate: "Exhibition") -> None:
            """Note the end."""
            aggregate.state = ExhibitionState.CONCLUDED
