"""Without this file two reports to the leadership could bear one number."""

from typing import Annotated, ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Meta

from domain.bulletin import Bulletin, BulletinSeries, BulletinState
from domain.command import Line, Prose
from domain.course import refuse_state
from domain.errors import GuardError
from domain.guards import acting_unit
from domain.parties import Digest, Petitions, Units, open_units
from domain.personal import Personal
from domain.resource import AggregateCommand, OpeningCommand, Resource
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text


class IssueBulletin(OpeningCommand[Bulletin], frozen=True, kw_only=True):
    """Issue a report or circular under the next number of its series and year."""

    label: ClassVar = Text("印发专报或通报", "issue a bulletin")
    roles: ClassVar = who_may("IssueBulletin")

    series: BulletinSeries
    year: Annotated[int, Meta(ge=1949, le=9999)]
    number: Annotated[int, Meta(ge=1, le=1_000_000)]
    title: Line
    sha256: Digest
    units: Units = ()
    petitions: Petitions = ()

    @property
    def claims(self) -> tuple[str, ...]:
        """The number, which no two bulletins of a series and year share."""
        return (f"bulletin:{self.series}:{self.year}:{self.number}",)

    def create(self, aggregate_id: UUID, situation: Situation) -> Bulletin:
        """Begin the bulletin of the actor's unit."""
        zone = ZoneInfo(situation.roster.zone)
        year = situation.act.occurred_at.astimezone(zone).year
        if self.year != year:
            raise GuardError(
                "year-mismatch",
                f"编号年度 {self.year} 与印发年度 {year} 不符；未作任何记录，请修改 year。",
                f"the number is of {self.year} and the bulletin of {year}; nothing was recorded, "
                "correct 'year'.",
            )
        return Bulletin.begin(
            Bulletin.Created,
            aggregate_id,
            situation.act,
            series=self.series,
            year=self.year,
            number=self.number,
            unit=acting_unit(situation),
            title=Personal(self.title),
            sha256=self.sha256,
            units=open_units(self.units, situation),
            petitions=self.petitions,
        )


class EndorseBulletin(AggregateCommand[Bulletin], frozen=True, kw_only=True):
    """Write on the bulletin what is to be done."""

    label: ClassVar = Text("批示专报", "endorse the bulletin")
    path: ClassVar = "endorsements"
    roles: ClassVar = who_may("EndorseBulletin")

    text: Prose

    def decide(self, aggregate: Bulletin, situation: Situation) -> None:
        """Record the leader's words."""
        refuse_state(self.label, aggregate.state, BulletinState.ISSUED)
        aggregate.record(Bulletin.Endorsed, situation.act, text=Personal(self.text))


class WithdrawBulletin(AggregateCommand[Bulletin], frozen=True, kw_only=True):
    """Withdraw a bulletin issued in error; its number is never used again."""

    label: ClassVar = Text("撤销专报或通报", "withdraw the bulletin")
    path: ClassVar = "withdrawal"
    roles: ClassVar = who_may("WithdrawBulletin")

    reason: Prose

    def decide(self, aggregate: Bulletin, situation: Situation) -> None:
        """Record the end and why."""
        refuse_state(self.label, aggregate.state, BulletinState.ISSUED)
        reason = Personal(self.reason)
        aggregate.record(Bulletin.Withdrawn, situation.act, series=aggregate.series, reason=reason)


BULLETINS = Resource(
    path="bulletins",
    label=Text("专报与通报", "bulletin"),
    aggregate=Bulletin,
    opening=(IssueBulletin,),
    commands=(EndorseBulletin, WithdrawBulletin),
)
