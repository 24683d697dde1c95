"""Without this file every command would be decided on rules and units gathered in its own way."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from domain.act import Act
from domain.command import Command
from domain.delegations import Capacity, NotDelegatedError, acts_as
from domain.errors import DomainError
from domain.figure_source import FigureSource
from domain.kin import kin_of
from domain.principal import Principal
from domain.roster import Roster
from domain.situation import Situation
from ledger.log_reader import LogReader
from ledger.lookup_errors import LedgerNotOpenedError
from ledger.reference import (
    DefinedMetrics,
    PublishedCalendars,
    PublishedPacks,
    ReferenceReading,
    ReferenceStreams,
)


class Situations:
    """Gathers what decisions look at beside their own aggregate. Blocking.

    Args:
        reference: Roster, packs and calendars.
        get_reader: Returns the reader of the ledger.
        get_now: The host's clock, aware.
        figures: The log as a source of figures.
    """

    def __init__(
        self,
        reference: ReferenceStreams,
        get_reader: Callable[[], LogReader],
        get_now: Callable[[], datetime],
        figures: FigureSource,
    ) -> None:
        self._reference = reference
        self._figures = figures
        self._get_reader = get_reader
        self._get_now = get_now
        self._zone: ZoneInfo | None = None

    def act(
        self, principal: Principal, command: Command, idempotency_key: str | None = None
    ) -> Act:
        """Return the act of a command: at its claimed time or now, in a lent role if need be.

        Where no role was lent, or not for this time, it is an act in the actor's own role;
        ``refusal`` says why that is refused.
        """
        at = command.occurred_at or self._get_now()
        capacity = Capacity(principal, None)
        if principal.role not in command.roles:
            lent = self._capacity(principal, command, at)
            capacity = lent if isinstance(lent, Capacity) else capacity
        return capacity.principal.act(
            at,
            on_behalf_of=capacity.on_behalf_of or command.on_behalf_of,
            idempotency_key=idempotency_key,
        )

    def gather(
        self,
        reference: ReferenceReading,
        principal: Principal,
        command: Command,
        act: Act,
        number: str = "",
    ) -> Situation:
        """Return the situation of an act.

        Args:
            reference: Through which roster, packs and calendars are looked at.
            principal: Who gives the command.
            command: What is asked.
            act: Of the command.
            number: A fresh number, or empty where none is needed.

        Raises:
            LedgerNotOpenedError: the ledger has no roster, or no pack in force.
            DelegationPeriodError: the role it needs was lent to the actor for another time.
        """
        roster = reference.roster()
        if roster.pack_id is None:
            raise LedgerNotOpenedError
        if act.actor_role not in command.roles:
            refusal = self._capacity(principal, command, act.occurred_at)
            # One who was never lent a role hears which roles it takes, from the command.
            if isinstance(refusal, DomainError) and not isinstance(refusal, NotDelegatedError):
                raise refusal
        return Situation(
            act=act,
            now=self._get_now(),
            roster=roster,
            packs=PublishedPacks(reference, roster.pack_id),
            pack_id=roster.pack_id,
            fresh_number=number,
            calendars=PublishedCalendars(reference),
            metrics=DefinedMetrics(reference),
            figures=self._figures,
            home_unit=principal.unit,
        )

    def may_be_lent(self, principal: Principal, command: type[Command]) -> bool:
        """Whether a role for the command was ever lent to an account; the act's time decides."""
        return command.is_delegable and any(
            each.to_account == principal.actor_id and each.role in command.roles
            for each in self._reference.roster().state.delegations
        )

    def with_kin(self, principal: Principal) -> Principal:
        """Return who is calling with the other codes of its office, by today's roster."""
        if principal.unit is None:
            return principal
        try:
            roster = self._reference.roster()
        except LedgerNotOpenedError:
            return principal
        return self.kin_by(roster, principal)

    def kin_by(self, roster: Roster, principal: Principal) -> Principal:
        """Return who is calling with the other codes of its office, by a roster; reads nothing."""
        today = self._get_now().astimezone(ZoneInfo(roster.zone)).date()
        others = kin_of(roster.state, principal.unit, today) - {principal.unit}
        return replace(principal, kin=tuple(sorted(others))) if others else principal

    def take_number(self) -> str:
        """Return a number for a petition that nobody else gets: local day and running number."""
        if self._zone is None:
            # Given when the ledger was opened, and for ever.
            self._zone = ZoneInfo(self._reference.roster().zone)
        today = self._get_now().astimezone(self._zone).date()
        return f"{today:%Y%m%d}{self._get_reader().take_petition_number():06d}"

    def _capacity(
        self, principal: Principal, command: Command, at: datetime
    ) -> Capacity | DomainError | None:
        if not self.may_be_lent(principal, type(command)):
            return None
        delegations = self._reference.roster().state.delegations
        refusal: DomainError | None = None
        for role in sorted(command.roles):
            try:
                return acts_as(principal, at, role=role, delegations=delegations)
            except DomainError as error:
                refusal = error if not isinstance(error, NotDelegatedError) else refusal
        return refusal
