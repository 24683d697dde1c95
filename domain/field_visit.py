"""Without this file nobody could say which enterprises the leadership went to see."""

from typing import Annotated, ClassVar
from uuid import UUID

from msgspec import Meta

from domain.aggregate import LedgerAggregate
from domain.command import Code, Prose
from domain.errors import GuardError
from domain.guards import acting_unit
from domain.parties import Enterprises, Units, enterprises, open_units, refuse_other_unit
from domain.personal import Personal
from domain.resource import AggregateCommand, OpeningCommand, Resource
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text


class FieldVisit(LedgerAggregate):
    """One visit to parks and enterprises 调研."""

    TOPIC = "field_visit"

    def __init__(self, unit: str) -> None:
        """Start without a problem found."""
        self.unit = unit
        self.problems: set[UUID] = set()

    class Event(LedgerAggregate.Event):
        """Base of the visit's events."""

    class Created(Event, LedgerAggregate.Created):
        """开展调研: people of some units went to some enterprises."""

        TOPIC: ClassVar[str] = "field_visit.held"
        unit: str
        units: tuple[str, ...]
        visitors: int
        enterprises: tuple[str, ...]
        park: str | None
        text: Personal[str]

    class ProblemFound(Event):
        """发现难题: what was heard became a petition."""

        TOPIC: ClassVar[str] = "field_visit.problem_found"
        petition_id: UUID
        enterprise: str | None

        def apply(self, aggregate: "FieldVisit") -> None:
            """Remember the petition."""
            aggregate.problems.add(self.petition_id)

    class FollowedUp(Event):
        """调研回访: what came of the visit."""

        TOPIC: ClassVar[str] = "field_visit.followed_up"
        text: Personal[str]

        def apply(self, aggregate: "FieldVisit") -> None:
            """Change nothing that a decision reads."""


class HoldFieldVisit(OpeningCommand[FieldVisit], frozen=True, kw_only=True):
    """Record a visit; ``visitors`` counts the people who went, whoever they are."""

    label: ClassVar = Text("记录调研", "record a field visit")
    roles: ClassVar = who_may("HoldFieldVisit")

    units: Units = ()
    visitors: Annotated[int, Meta(ge=1, le=10_000)]
    enterprises: Enterprises = ()
    park: Code | None = None
    text: Prose

    def create(self, aggregate_id: UUID, situation: Situation) -> FieldVisit:
        """Begin the visit, led by the actor's unit."""
        if not self.enterprises and self.park is None:
            raise GuardError(
                "nobody-visited",
                "调研须注明企业或产业园；未作任何记录，请填写 enterprises 或 park。",
                "a visit goes to an enterprise or a park; nothing was recorded, fill in "
                "'enterprises' or 'park'.",
            )
        return FieldVisit.begin(
            FieldVisit.Created,
            aggregate_id,
            situation.act,
            unit=acting_unit(situation),
            units=open_units(self.units, situation),
            visitors=self.visitors,
            enterprises=enterprises(self.enterprises),
            park=self.park,
            text=Personal(self.text),
        )


class LinkFoundProblem(AggregateCommand[FieldVisit], frozen=True, kw_only=True):
    """Name the petition that a problem heard on the visit became."""

    label: ClassVar = Text("登记调研发现的难题", "link a problem found")
    path: ClassVar = "problems"
    roles: ClassVar = who_may("LinkFoundProblem")

    petition_id: UUID
    enterprise: Code | None = None

    def decide(self, aggregate: FieldVisit, situation: Situation) -> None:
        """Record the link, once per petition."""
        refuse_other_unit(aggregate.unit, situation)
        if self.petition_id in aggregate.problems:
            raise GuardError(
                "linked-already",
                f"诉求 {self.petition_id} 已关联本次调研；未作任何更改，无需重复登记。",
                f"petition {self.petition_id} is linked to this visit already; nothing was "
                "changed, it needs no second link.",
            )
        if self.enterprise is not None:
            enterprises((self.enterprise,))
        found, problem, enterprise = FieldVisit.ProblemFound, self.petition_id, self.enterprise
        aggregate.record(found, situation.act, petition_id=problem, enterprise=enterprise)


class FollowUpFieldVisit(AggregateCommand[FieldVisit], frozen=True, kw_only=True):
    """Say what came of the visit, as often as something does."""

    label: ClassVar = Text("调研回访", "follow up the field visit")
    path: ClassVar = "follow-ups"
    roles: ClassVar = who_may("FollowUpFieldVisit")

    text: Prose

    def decide(self, aggregate: FieldVisit, situation: Situation) -> None:
        """Record what came of it."""
        refuse_other_unit(aggregate.unit, situation)
        aggregate.record(FieldVisit.FollowedUp, situation.act, text=Personal(self.text))


FIELD_VISITS = Resource(
    path="field-visits",
    label=Text("调研", "field visit"),
    aggregate=FieldVisit,
    opening=(HoldFieldVisit,),
    commands=(LinkFoundProblem, FollowUpFieldVisit),
)
