"""Without this file the times departments were brought together would be a guess."""

from typing import Annotated, ClassVar
from uuid import UUID

from msgspec import Meta

from domain.aggregate import LedgerAggregate
from domain.command import Prose
from domain.errors import GuardError
from domain.guards import acting_unit
from domain.parties import Units, open_units, refuse_other_unit
from domain.personal import Personal
from domain.resource import AggregateCommand, OpeningCommand, Resource
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text


class Coordination(LedgerAggregate):
    """One time departments were brought together over a matter 协调部门."""

    TOPIC = "coordination"

    def __init__(self, unit: str) -> None:
        """Start held: it is recorded afterwards."""
        self.unit = unit

    class Event(LedgerAggregate.Event):
        """Base of the coordination's events."""

    class Created(Event, LedgerAggregate.Created):
        """协调部门: units were brought together; each counts once for each person it sent."""

        TOPIC: ClassVar[str] = "coordination.held"
        unit: str
        units: tuple[str, ...]
        person_times: int
        petition_id: UUID | None
        text: Personal[str]

    class Agreed(Event):
        """协调意见: what the units agreed on."""

        TOPIC: ClassVar[str] = "coordination.agreed"
        text: Personal[str]

        def apply(self, aggregate: "Coordination") -> None:
            """Change nothing that a decision reads."""


class HoldCoordination(OpeningCommand[Coordination], frozen=True, kw_only=True):
    """Record which units were brought together and how many people they sent."""

    label: ClassVar = Text("记录部门协调", "record a coordination")
    roles: ClassVar = who_may("HoldCoordination")

    units: Units
    person_times: Annotated[int, Meta(ge=1, le=10_000)]
    petition_id: UUID | None = None
    text: Prose

    def create(self, aggregate_id: UUID, situation: Situation) -> Coordination:
        """Begin the coordination, called by the actor's unit."""
        if not self.units or self.person_times < len(self.units):
            raise GuardError(
                "person-times-too-few",
                "每个参加单位至少一人次；未作任何记录，请核对 units 与 person_times。",
                "each unit sends at least one person; nothing was recorded, check 'units' and "
                "'person_times'.",
            )
        return Coordination.begin(
            Coordination.Created,
            aggregate_id,
            situation.act,
            unit=acting_unit(situation),
            units=open_units(self.units, situation),
            person_times=self.person_times,
            petition_id=self.petition_id,
            text=Personal(self.text),
        )


class RecordAgreement(AggregateCommand[Coordination], frozen=True, kw_only=True):
    """Record what the units agreed on."""

    label: ClassVar = Text("记录协调意见", "record what was agreed")
    path: ClassVar = "agreements"
    roles: ClassVar = who_may("RecordAgreement")

    text: Prose

    def decide(self, aggregate: Coordination, situation: Situation) -> None:
        """Record the agreement."""
        refuse_other_unit(aggregate.unit, situation)
        aggregate.record(Coordination.Agreed, situation.act, text=Personal(self.text))


COORDINATIONS = Resource(
    path="coordinations",
    label=Text("部门协调", "coordination"),
    aggregate=Coordination,
    opening=(HoldCoordination,),
    commands=(RecordAgreement,),
)
