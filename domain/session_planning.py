"""Without this file sessions could not be announced, held or called off."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from msgspec import Meta

from domain.command import Code, Line, Prose
from domain.errors import GuardError
from domain.local_day import local_day, refuse_later_day
from domain.personal import Personal
from domain.resource import OpeningCommand
from domain.role_table import who_may
from domain.session import Session
from domain.session_command import PLANNED, SessionCommand
from domain.session_terms import SessionFormat, SessionKind
from domain.situation import Situation
from domain.text import Text
from domain.unit_guard import unit_acting_for
from domain.vocabulary import Role


class ScheduleSession(OpeningCommand[Session], frozen=True, kw_only=True):
    """Announce a session of one's own unit; the hub may announce one for another unit."""

    label: ClassVar = Text("安排活动", "schedule a session")
    roles: ClassVar = who_may("ScheduleSession")

    kind: SessionKind
    format: SessionFormat
    host_unit: Code
    planned_on: date
    place: Line

    def create(self, aggregate_id: UUID, situation: Situation) -> Session:
        """Return the session.

        Raises:
            UnknownUnitError: the host is not on the roster.
            UnitClosedError: it is closed.
            NotPermittedError: the host is another unit, and the actor no dispatcher.
        """
        situation.roster.state.open_unit(self.host_unit)
        if situation.act.actor_role is not Role.DISPATCHER:
            unit_acting_for(self.host_unit, situation)
        return Session.begin(
            Session.Created,
            aggregate_id,
            situation.act,
            kind=self.kind,
            format=self.format,
            host_unit=self.host_unit,
            planned_on=self.planned_on,
            place=self.place,
        )


class ConfirmTheme(SessionCommand, frozen=True, kw_only=True):
    """Name the theme and the demand it was collected from; the last one counts."""

    label: ClassVar = Text("确定主题", "confirm the theme")
    path: ClassVar = "themes"
    roles: ClassVar = who_may("ConfirmTheme")
    from_states: ClassVar = PLANNED

    theme: Line
    petitions: Annotated[tuple[UUID, ...], Meta(max_length=200)] = ()
    demands: Annotated[tuple[Line, ...], Meta(max_length=200)] = ()

    def settle(self, aggregate: Session, situation: Situation) -> None:
        """Record a theme that follows from demand.

        Raises:
            GuardError: ``theme-without-demand``.
        """
        if not self.petitions and not self.demands:
            raise GuardError(
                "theme-without-demand",
                "主题须来自收集到的诉求；未作任何更改，请填写 petitions 或 demands。",
                "a theme is collected from demand; nothing was changed, name 'petitions' or "
                "'demands'.",
            )
        aggregate.record(
            Session.ThemeConfirmed,
            situation.act,
            theme=self.theme,
            petitions=self.petitions,
            demands=tuple(Personal(demand) for demand in self.demands),
        )


class HoldSession(SessionCommand, frozen=True, kw_only=True):
    """Say that the session took place; left out, on the day of the act."""

    label: ClassVar = Text("举行活动", "hold the session")
    path: ClassVar = "holding"
    roles: ClassVar = who_may("HoldSession")
    from_states: ClassVar = PLANNED

    held_on: date | None = None

    def settle(self, aggregate: Session, situation: Situation) -> None:
        """Record the day.

        Raises:
            GuardError: ``day-not-come``.
        """
        held_on = self.held_on or local_day(situation)
        refuse_later_day(held_on, "held_on", situation)
        aggregate.record(Session.Held, situation.act, held_on=held_on)


class CancelSession(SessionCommand, frozen=True, kw_only=True):
    """Call a session off before it takes place."""

    label: ClassVar = Text("取消活动", "cancel the session")
    path: ClassVar = "cancellation"
    roles: ClassVar = who_may("CancelSession")
    from_states: ClassVar = PLANNED

    reason: Prose

    def settle(self, aggregate: Session, situation: Situation) -> None:
        """Record the reason."""
        aggregate.record(Session.Cancelled, situation.act, reason=Personal(self.reason))
