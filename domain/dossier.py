"""Without this file what is known of an industrial park would be scattered over reports."""

from typing import ClassVar
from uuid import UUID

from domain.aggregate import LedgerAggregate
from domain.command import Code, Line, Prose, personal
from domain.course import refuse_state
from domain.guards import acting_unit
from domain.parties import Digest, refuse_other_unit
from domain.personal import Personal
from domain.resource import AggregateCommand, OpeningCommand, Resource
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import Labelled


class DossierState(Labelled):
    """Whether a dossier is kept up to date."""

    OPEN = "open", "在册", "open"
    CLOSED = "closed", "已封存", "closed"


class Dossier(LedgerAggregate):
    """The file on one industrial park 产业园档案."""

    TOPIC = "dossier"

    def __init__(self, unit: str) -> None:
        """Start open."""
        self.unit = unit
        self.state = DossierState.OPEN

    class Event(LedgerAggregate.Event):
        """Base of the dossier's events."""

    class Created(Event, LedgerAggregate.Created):
        """建立档案: a unit opens the file on a park."""

        TOPIC: ClassVar[str] = "dossier.opened"
        park: str
        name: str
        region: str | None
        unit: str
        text: Personal[str]

    class Updated(Event):
        """更新档案: something new is known of the park."""

        TOPIC: ClassVar[str] = "dossier.updated"
        text: Personal[str]
        sha256: str | None

        def apply(self, aggregate: "Dossier") -> None:
            """Change nothing that a decision reads."""

    class Closed(Event):
        """封存档案: the file is kept and no longer added to."""

        TOPIC: ClassVar[str] = "dossier.closed"
        reason: Personal[str] | None

        def apply(self, aggregate: "Dossier") -> None:
            """Note the end."""
            aggregate.state = DossierState.CLOSED


class OpenDossier(OpeningCommand[Dossier], frozen=True, kw_only=True):
    """Open the file on a park, of which there is one."""

    label: ClassVar = Text("建立产业园档案", "open a park dossier")
    roles: ClassVar = who_may("OpenDossier")

    park: Code
    name: Line
    region: Line | None = None
    text: Prose

    @property
    def claims(self) -> tuple[str, ...]:
        """The park, which has one dossier."""
        return (f"dossier:{self.park}",)

    def create(self, aggregate_id: UUID, situation: Situation) -> Dossier:
        """Begin the dossier, kept by the actor's unit."""
        return Dossier.begin(
            Dossier.Created,
            aggregate_id,
            situation.act,
            park=self.park,
            name=self.name,
            region=self.region,
            unit=acting_unit(situation),
            text=Personal(self.text),
        )


class UpdateDossier(AggregateCommand[Dossier], frozen=True, kw_only=True):
    """Add what is new, with the digest of a document where there is one."""

    label: ClassVar = Text("更新产业园档案", "update the park dossier")
    path: ClassVar = "updates"
    roles: ClassVar = who_may("UpdateDossier")

    text: Prose
    sha256: Digest | None = None

    def decide(self, aggregate: Dossier, situation: Situation) -> None:
        """Record what is new."""
        refuse_state(self.label, aggregate.state, DossierState.OPEN)
        refuse_other_unit(aggregate.unit, situation)
        text = Personal(self.text)
        aggregate.record(Dossier.Updated, situation.act, text=text, sha256=self.sha256)


class CloseDossier(AggregateCommand[Dossier], frozen=True, kw_only=True):
    """Close the file."""

    label: ClassVar = Text("封存产业园档案", "close the park dossier")
    path: ClassVar = "closure"
    roles: ClassVar = who_may("CloseDossier")

    reason: Prose | None = None

    def decide(self, aggregate: Dossier, situation: Situation) -> None:
        """Record the end."""
        refuse_state(self.label, aggregate.state, DossierState.OPEN)
        refuse_other_unit(aggregate.unit, situation)
        aggregate.record(Dossier.Closed, situation.act, reason=personal(self.reason))


DOSSIERS = Resource(
    path="dossiers",
    label=Text("产业园档案", "park dossier"),
    aggregate=Dossier,
    opening=(OpenDossier,),
    commands=(UpdateDossier, CloseDossier),
)
