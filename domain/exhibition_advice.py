"""Without this file nobody could announce a fair or answer an enterprise about it."""

from typing import ClassVar
from uuid import UUID

from domain.command import Instant, Line, Prose, personal
from domain.course import refuse_state
from domain.errors import GuardError
from domain.exhibition import Exhibition, ExhibitionState
from domain.guards import acting_unit
from domain.parties import CreditCodeText, enterprises
from domain.personal import Personal
from domain.resource import AggregateCommand, OpeningCommand, Resource
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text


class AnnounceExhibition(OpeningCommand[Exhibition], frozen=True, kw_only=True):
    """Announce a fair."""

    label: ClassVar = Text("公告展会", "announce an exhibition")
    roles: ClassVar = who_may("AnnounceExhibition")

    name: Line
    place: Line
    starts_at: Instant
    ends_at: Instant

    def create(self, aggregate_id: UUID, situation: Situation) -> Exhibition:
        """Begin the fair of the actor's unit."""
        if self.ends_at < self.starts_at:
            raise GuardError(
                "ends-before-it-begins",
                "展会结束早于开始；未作任何记录，请修改 ends_at。",
                "the exhibition ends before it begins; nothing was recorded, correct 'ends_at'.",
            )
        return Exhibition.begin(
            Exhibition.Created,
            aggregate_id,
            situation.act,
            name=self.name,
            place=self.place,
            unit=acting_unit(situation),
            starts_at=self.starts_at,
            ends_at=self.ends_at,
        )


class RecordConsultation(AggregateCommand[Exhibition], frozen=True, kw_only=True):
    """Record what an enterprise asked about taking part, and the answer."""

    label: ClassVar = Text("记录参展咨询", "record an exhibition consultation")
    path: ClassVar = "consultations"
    roles: ClassVar = who_may("RecordConsultation")

    enterprise: CreditCodeText
    question: Prose
    answer: Prose

    def decide(self, aggregate: Exhibition, situation: Situation) -> None:
        """Record question and answer."""
        refuse_state(self.label, aggregate.state, ExhibitionState.ANNOUNCED)
        (enterprise,) = enterprises((self.enterprise,))
        aggregate.record(
            Exhibition.Consulted,
            situation.act,
            enterprise=enterprise,
            question=Personal(self.question),
            answer=Personal(self.answer),
        )


class FollowUpExhibition(AggregateCommand[Exhibition], frozen=True, kw_only=True):
    """Say what came of the fair for an enterprise that had asked."""

    label: ClassVar = Text("跟进展会", "follow up the exhibition")
    path: ClassVar = "follow-ups"
    roles: ClassVar = who_may("FollowUpExhibition")

    enterprise: CreditCodeText
    text: Prose

    def decide(self, aggregate: Exhibition, situation: Situation) -> None:
        """Record what came of it."""
        if self.enterprise not in aggregate.consulted:
            raise GuardError(
                "never-consulted",
                f"企业 {self.enterprise} 未在本展会咨询过；未作任何更改，请先记录参展咨询。",
                f"enterprise {self.enterprise} never asked about this exhibition; nothing was "
                "changed, record its consultation first.",
            )
        text = Personal(self.text)
        aggregate.record(
            Exhibition.FollowedUp, situation.act, enterprise=self.enterprise, text=text
        )


class ConcludeExhibition(AggregateCommand[Exhibition], frozen=True, kw_only=True):
    """Say that the fair is over."""

    label: ClassVar = Text("展会闭幕", "conclude the exhibition")
    path: ClassVar = "conclusion"
    roles: ClassVar = who_may("ConcludeExhibition")

    note: Prose | None = None

    def decide(self, aggregate: Exhibition, situation: Situation) -> None:
        """Record the end."""
        refuse_state(self.label, aggregate.state, ExhibitionState.ANNOUNCED)
        aggregate.record(Exhibition.Concluded, situation.act, note=personal(self.note))


EXHIBITIONS = Resource(
    path="exhibitions",
    label=Text("展会", "exhibition"),
    aggregate=Exhibition,
    opening=(AnnounceExhibition,),
    commands=(RecordConsultation, FollowUpExhibition, ConcludeExhibition),
)
