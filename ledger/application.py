"""Without this file API, scenarios and imports would each reach the log in their own way."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from domain.act import Act
from domain.aggregate import LedgerAggregate
from domain.command import Command, PetitionCommand
from domain.errors import WithheldPetitionError
from domain.figure_source import FigureSource, NoFigures
from domain.filing import RegisterPetition, SubmitPetition
from domain.guards import refuse_accused
from domain.intake_events import Accepted
from domain.petition import Petition
from domain.petition_fold import fold_all
from domain.principal import Principal
from domain.resource import AggregateCommand, OpeningCommand, Resource
from domain.roster import Roster
from ledger.canonical import canonical_bytes
from ledger.database import Database
from ledger.errors import StaleVersionError
from ledger.grounds import Grounds
from ledger.header import PolicyRef
from ledger.ledger_application import LedgerApplication
from ledger.lookup_errors import (
    AlreadyOpenedError,
    UnknownAggregateError,
    UnknownPetitionError,
)
from ledger.receipt import Receipt
from ledger.reference import ROSTER_ID, named_stream
from ledger.situations import Situations
from ledger.waiting_line import AppenderLimits


class PetitionLedger(LedgerApplication):
    """One ledger and everything that may be asked of it. Blocking, safe to share between threads.

    Every method that changes something is one transaction, and answers an equal
    request with the same idempotency key by its first receipt.

    Args:
        database: Where the ledger is; left open.
        get_now: The host's clock, aware.
        limits: Bounds of the group commit.
        figures: Where published figures come from; left out, none can be published.
    """

    def __init__(
        self,
        database: Database,
        get_now: Callable[[], datetime],
        limits: AppenderLimits | None = None,
        figures: FigureSource | None = None,
    ) -> None:
        super().__init__(database, limits)
        source = figures or NoFigures()
        self._situations = Situations(self.reference, lambda: self.reader, get_now, source)

    def submit(
        self,
        petition_id: UUID,
        command: SubmitPetition,
        principal: Principal,
        idempotency_key: str | None = None,
    ) -> Receipt:
        """File a petition under an id that the caller chose.

        Raises:
            DomainError: a guard refused it; see ``SubmitPetition.begin``.
            LedgerError: as ``LedgerApplication.execute``.
        """
        grounds = Grounds(self.reference)

        def decide(petition: Petition | None) -> Petition:
            del petition
            situation = self._situations.gather(grounds, principal, command, act)
            return command.begin(petition_id, situation)

        act = self._situations.act(principal, command, idempotency_key)
        request = _request(command, None)
        return self.execute(
            petition_id, decide, act=act, request=request, expected_version=0, grounds=grounds
        )

    def apply(
        self,
        petition_id: UUID,
        command: PetitionCommand,
        principal: Principal,
        *,
        idempotency_key: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Give a command to a petition.

        Args:
            petition_id: Its stream.
            command: What is asked.
            principal: Who asks.
            idempotency_key: The caller's key, 1 to 255 characters.
            expected_version: Version the caller has seen; None to act on the latest.

        Raises:
            UnknownPetitionError: there is no such petition.
            StaleVersionError: as ``execute``; also where a version is named of a petition that
                is hidden from the actor, as of one that is not there.
            DomainError: a guard refused it; see ``PetitionCommand.apply``.
            LedgerError: as ``LedgerApplication.execute``.
        """
        number = ""
        if isinstance(command, RegisterPetition):
            number = command.number or self._situations.take_number()

        grounds = Grounds(self.reference)

        def decide(petition: LedgerAggregate | None) -> Sequence[Petition]:
            petition = _petition(petition, petition_id)
            situation = self._situations.gather(grounds, principal, command, act, number)
            facts = fold_all(petition.history)
            others = {
                other_id: _petition(self.load(other_id), other_id)
                for other_id in command.others(facts)
            }
            born = command.apply(petition, situation, others, facts)
            return (petition, *others.values(), *born)

        act = self._situations.act(principal, command, idempotency_key)
        try:
            return self.execute_together(
                petition_id,
                decide,
                act=act,
                request=_request(command, petition_id),
                expected_version=expected_version,
                claims=((f"number:{number}",) if number else ()) + command.claims,
                get_policy=_policy_of,
                grounds=grounds,
            )
        except (StaleVersionError, WithheldPetitionError) as error:
            # The answer is that of a stream without events, whatever its version is.
            if expected_version and self._is_withheld(petition_id, principal, command, act):
                raise StaleVersionError(petition_id, expected_version, 0) from error
            raise

    def open(
        self,
        resource: Resource,
        aggregate_id: UUID,
        command: OpeningCommand[Any],
        principal: Principal,
        key: str | None = None,
    ) -> Receipt:
        """Begin an aggregate.

        Args:
            resource: What it is one of.
            aggregate_id: Its id, unless the id follows from the command's own name.
            command: What is asked.
            principal: Who asks.
            key: The caller's idempotency key, 1 to 255 characters.

        Raises:
            AlreadyOpenedError: the command names its aggregate, and it is there.
            DomainError: a guard refused it.
            LedgerError: as ``LedgerApplication.execute``.
        """
        name = command.stream_name
        opened_id = aggregate_id if name is None else named_stream(name)

        grounds = Grounds(self.reference)

        def decide(aggregate: LedgerAggregate | None) -> LedgerAggregate:
            if aggregate is not None:
                raise AlreadyOpenedError(resource, opened_id)
            situation = self._situations.gather(grounds, principal, command, act)
            return cast("LedgerAggregate", command.begin(opened_id, situation))

        act = self._situations.act(principal, command, key)
        # A drawn id is no part of the request: it differs when the request is repeated.
        request = _request(command, None)
        return self.execute(
            opened_id,
            decide,
            act=act,
            request=request,
            claims=command.claims,
            grounds=grounds,
        )

    def rehearse(self, command: OpeningCommand[Any], principal: Principal) -> LedgerAggregate:
        """Return the aggregate that a command would begin now; nothing is recorded.

        Raises:
            DomainError: a guard refused it.
        """
        act = self._situations.act(principal, command)
        situation = self._situations.gather(self.reference, principal, command, act)
        return cast("LedgerAggregate", command.begin(UUID(int=0), situation))

    def rehearse_act(
        self,
        petition_id: UUID,
        command: PetitionCommand,
        principal: Principal,
        idempotency_key: str,
    ) -> bool:
        """Return whether an equal command was recorded before; nothing is recorded.

        For commands that concern one petition alone.

        Raises:
            UnknownPetitionError: there is no such petition.
            KeyReusedError: the key belongs to another request.
            DomainError: a guard refuses it.
        """
        act = self._situations.act(principal, command, idempotency_key)
        if self.was_answered(act, _request(command, petition_id)):
            return True
        petition = _petition(self.load(petition_id), petition_id)
        command.apply(petition, self._situations.gather(self.reference, principal, command, act))
        return False

    def give(
        self,
        resource: Resource,
        aggregate_id: UUID,
        command: AggregateCommand[Any],
        principal: Principal,
        *,
        key: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Give a command to an aggregate that is no petition.

        Args:
            resource: What it is one of.
            aggregate_id: Its stream.
            command: What is asked.
            principal: Who asks.
            key: The caller's idempotency key, 1 to 255 characters.
            expected_version: Version the caller has seen; None to act on the latest.

        Raises:
            UnknownAggregateError: there is none of this id.
            DomainError: a guard refused it.
            LedgerError: as ``LedgerApplication.execute``.
        """
        grounds = Grounds(self.reference)

        def decide(aggregate: LedgerAggregate | None) -> LedgerAggregate:
            if not isinstance(aggregate, resource.aggregate):
                raise UnknownAggregateError(resource, aggregate_id)
            command.apply(aggregate, self._situations.gather(grounds, principal, command, act))
            return aggregate

        act = self._situations.act(principal, command, key)
        return self.execute(
            aggregate_id,
            decide,
            act=act,
            request=_request(command, aggregate_id),
            expected_version=expected_version,
            claims=command.claims,
            grounds=grounds,
        )

    def with_kin(self, principal: Principal) -> Principal:
        """Return who is calling with what its unit goes on for. Blocking, one look at the roster.

        Reads need it: what is hidden from a unit is hidden from its heir, and what was a
        merged unit's to do is its heir's.
        """
        return self._situations.with_kin(principal)

    def recall_kin(self, principal: Principal, roster_version: int) -> Principal | None:
        """Return the same from the roster as this process remembers it; reads nothing.

        Args:
            principal: Who is calling.
            roster_version: How far the roster must be known; else the answer is None.
        """
        try:
            roster = self.reference.recall(ROSTER_ID)
        except KeyError:
            return None
        if not isinstance(roster, Roster) or roster.version < roster_version:
            return None
        return self._situations.kin_by(roster, principal)

    def _is_withheld(
        self, petition_id: UUID, principal: Principal, command: Command, act: Act
    ) -> bool:
        petition = self.load(petition_id)
        if not isinstance(petition, Petition):
            return False
        situation = self._situations.gather(self.reference, principal, command, act)
        try:
            refuse_accused(fold_all(petition.history), situation)
        except WithheldPetitionError:
            return True
        return False

    def may_be_lent(self, principal: Principal, command: type[Command]) -> bool:
        """Whether a role for the command was ever lent to an account. Blocking."""
        return self._situations.may_be_lent(principal, command)


def _petition(aggregate: LedgerAggregate | None, petition_id: UUID) -> Petition:
    if not isinstance(aggregate, Petition):
        raise UnknownPetitionError(petition_id)
    return aggregate


def _request(command: Command, originator_id: UUID | None) -> bytes:
    """Return what a fingerprint is taken of: the command, its name and whom it is for."""
    return canonical_bytes(
        {"command": type(command).__name__, "petition_id": originator_id, "body": command}
    )


def _policy_of(petition: Petition) -> PolicyRef | None:
    for event in petition.history:
        if isinstance(event, Accepted):
            return PolicyRef(event.policy_pack, event.policy_version)
    return None
