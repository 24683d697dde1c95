"""Without this file praise would be counted as a petition and lift a rate."""

from typing import ClassVar
from uuid import UUID

from domain.aggregate import LedgerAggregate
from domain.command import Line, Prose, personal
from domain.course import refuse_state
from domain.parties import CreditCodeText, Units, enterprises, open_units
from domain.personal import Personal
from domain.resource import AggregateCommand, OpeningCommand, Resource
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import Labelled


class CommendationForm(Labelled):
    """How praise was given."""

    BANNER = "banner", "锦旗", "banner"
    LIKE = "like", "点赞", "like"
    LETTER = "letter", "感谢信", "letter of thanks"


class CommendationState(Labelled):
    """Whether a commendation stands."""

    RECEIVED = "received", "已登记", "received"
    STRUCK = "struck", "已注销", "struck out"


class Commendation(LedgerAggregate):
    """Praise for units; it enters no rate (domain.md §1.5)."""

    TOPIC = "commendation"

    def __init__(self, form: CommendationForm) -> None:
        """Start received."""
        self.form = form
        self.state = CommendationState.RECEIVED

    class Event(LedgerAggregate.Event):
        """Base of the commendation's events."""

    class Created(Event, LedgerAggregate.Created):
        """收到表扬: somebody praised units."""

        TOPIC: ClassVar[str] = "commendation.received"
        form: CommendationForm
        units: tuple[str, ...]
        enterprise: str | None
        petition_id: UUID | None
        from_name: Personal[str] | None
        text: Personal[str] | None

    class Struck(Event):
        """注销表扬: it was entered in error."""

        TOPIC: ClassVar[str] = "commendation.struck"
        form: CommendationForm
        reason: Personal[str]

        def apply(self, aggregate: "Commendation") -> None:
            """Note the end."""
            aggregate.state = CommendationState.STRUCK


class ReceiveCommendation(OpeningCommand[Commendation], frozen=True, kw_only=True):
    """Record praise for units, and the petition it is about where there is one."""

    label: ClassVar = Text("登记表扬", "record a commendation")
    roles: ClassVar = who_may("ReceiveCommendation")

    form: CommendationForm
    units: Units
    enterprise: CreditCodeText | None = None
    petition_id: UUID | None = None
    from_name: Line | None = None
    text: Prose | None = None

    def create(self, aggregate_id: UUID, situation: Situation) -> Commendation:
        """Begin the commendation."""
        if self.enterprise is not None:
            enterprises((self.enterprise,))
        return Commendation.begin(
            Commendation.Created,
            aggregate_id,
            situation.act,
            form=self.form,
            units=open_units(self.units, situation),
            enterprise=self.enterprise,
            petition_id=self.petition_id,
            from_name=personal(self.from_name),
            text=personal(self.text),
        )


class StrikeCommendation(AggregateCommand[Commendation], frozen=True, kw_only=True):
    """Strike out a commendation entered in error."""

    label: ClassVar = Text("注销表扬", "strike out the commendation")
    path: ClassVar = "striking"
    roles: ClassVar = who_may("StrikeCommendation")

    reason: Prose

    def decide(self, aggregate: Commendation, situation: Situation) -> None:
        """Record why it no longer counts."""
        refuse_state(self.label, aggregate.state, CommendationState.RECEIVED)
        reason = Personal(self.reason)
        aggregate.record(Commendation.Struck, situation.act, form=aggregate.form, reason=reason)


COMMENDATIONS = Resource(
    path="commendations",
    label=Text("表扬", "commendation"),
    aggregate=Commendation,
    opening=(ReceiveCommendation,),
    commands=(StrikeCommendation,),
)
