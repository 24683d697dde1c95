"""Without this file a rate over petitions of which only solved ones came in would be printed."""

from typing import ClassVar
from uuid import UUID

from domain.aggregate import LedgerAggregate
from domain.command import Code, Line
from domain.errors import GuardError
from domain.extent import Extent
from domain.resource import AggregateCommand, OpeningCommand, Resource
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import Channel, PetitionType


class Scope(LedgerAggregate):
    """What is known of the intake of some petitions (domain.md decision 11)."""

    TOPIC = "scope"

    def __init__(
        self,
        intake_complete: bool,  # noqa: FBT001 - the library passes the event's fields by name
        reason: str,
    ) -> None:
        """Start as declared."""
        self.intake_complete = intake_complete
        self.reason = reason

    class Event(LedgerAggregate.Event):
        """Base of the scope's events."""

    class Created(Event, LedgerAggregate.Created):
        """口径声明: whether all petitions of the scope are on record, and why not."""

        TOPIC: ClassVar[str] = "scope.declared"
        extent: Extent
        intake_complete: bool
        reason: str

    class Revised(Event):
        """口径变更: it is otherwise from now on."""

        TOPIC: ClassVar[str] = "scope.revised"
        intake_complete: bool
        reason: str

        def apply(self, aggregate: "Scope") -> None:
            """Keep the newest."""
            aggregate.intake_complete = self.intake_complete
            aggregate.reason = self.reason


ScopeEvent = Scope.Created | Scope.Revised
"""Every event of a scope, for dispatch that type checking can close."""


class DeclareScope(OpeningCommand[Scope], frozen=True, kw_only=True):
    """Say whether all petitions of a scope are on record; left out, all petitions are meant.

    Where they are not, no rate over such petitions is given, and the reason stands instead.
    """

    label: ClassVar = Text("声明收件口径", "declare the intake of a scope")
    roles: ClassVar = who_may("DeclareScope")

    unit: Code | None = None
    petition_type: PetitionType | None = None
    channel: Channel | None = None
    region: Line | None = None
    intake_complete: bool
    reason: Line

    @property
    def stream_name(self) -> str:
        """The scope's own: it is declared once and revised later."""
        parts = (self.unit, self.petition_type, self.channel, self.region)
        return "/".join(("scope", *(part or "*" for part in parts)))

    def create(self, aggregate_id: UUID, situation: Situation) -> Scope:
        """Return the scope.

        Raises:
            UnknownUnitError: the roster has no such unit.
        """
        if self.unit is not None:
            situation.roster.state.unit(self.unit)
        extent = Extent(
            unit=self.unit,
            petition_type=self.petition_type,
            channel=self.channel,
            region=self.region,
        )
        return Scope.begin(
            Scope.Created,
            aggregate_id,
            situation.act,
            extent=extent,
            intake_complete=self.intake_complete,
            reason=self.reason,
        )


class ReviseScope(AggregateCommand[Scope], frozen=True, kw_only=True):
    """Say that the intake of the scope is otherwise from now on."""

    label: ClassVar = Text("变更收件口径", "revise the intake of a scope")
    path: ClassVar = "revisions"
    roles: ClassVar = who_may("ReviseScope")

    intake_complete: bool
    reason: Line

    def decide(self, aggregate: Scope, situation: Situation) -> None:
        """Record what differs.

        Raises:
            GuardError: ``nothing-revised``.
        """
        if (self.intake_complete, self.reason) == (aggregate.intake_complete, aggregate.reason):
            raise GuardError(
                "nothing-revised",
                "收件口径与现有声明相同；未作任何更改，无需变更。",
                "the intake is declared so already; nothing was changed, there is nothing to "
                "revise.",
            )
        aggregate.record(
            Scope.Revised,
            situation.act,
            intake_complete=self.intake_complete,
            reason=self.reason,
        )


SCOPES = Resource(
    path="scopes",
    label=Text("统计口径", "scope"),
    aggregate=Scope,
    opening=(DeclareScope,),
    commands=(ReviseScope,),
)
