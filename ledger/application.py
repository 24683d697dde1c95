"""Without this file API, scenarios and imports would each reach the log in their own way."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import cast
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.act import Act
from domain.aggregate import LedgerAggregate
from domain.command import Command, PetitionCommand
from domain.filing import RegisterPetition, SubmitPetition
from domain.intake_events import Accepted
from domain.petition import Petition
from domain.principal import Principal
from domain.situation import Situation
from ledger.canonical import canonical_bytes
from ledger.database import Database
from ledger.header import PolicyRef
from ledger.ledger_application import LedgerApplication
from ledger.lookup_errors import LedgerNotOpenedError, UnknownPetitionError
from ledger.receipt import Receipt
from ledger.reference import PublishedPacks, ReferenceStreams
from ledger.waiting_line import AppenderLimits


class PetitionLedger(LedgerApplication):
    """One ledger and everything that may be asked of it. Blocking, safe to share between threads.

    Every method that changes something is one transaction, and answers an equal
    request with the same idempotency key by its first receipt.

    Args:
        database: Where the ledger is; left open.
        get_now: The host's clock, aware.
        limits: Bounds of the group commit.
    """

    def __init__(
        self,
        database: Database,
        get_now: Callable[[], datetime],
        limits: AppenderLimits | None = None,
    ) -> None:
        super().__init__(database, limits)
        self._get_now = get_now
        self.reference = ReferenceStreams(self)

    def events_after(self, originator_id: UUID, version: int) -> Iterator[LedgerAggregate.Event]:
        """Yield the events of a stream later than a version, oldest first."""
        return cast("Iterator[LedgerAggregate.Event]", self.events.get(originator_id, gt=version))

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

        def decide(petition: Petition | None) -> Petition:
            del petition
            return command.begin(petition_id, self._situation(act))

        act = self.act(principal, command, idempotency_key)
        request = _request(command, None)
        return self.execute(petition_id, decide, act=act, request=request, expected_version=0)

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
            DomainError: a guard refused it; see ``PetitionCommand.apply``.
            LedgerError: as ``LedgerApplication.execute``.
        """
        number = ""
        if isinstance(command, RegisterPetition):
            number = command.number or self._take_number()

        def decide(petition: Petition | None) -> Petition:
            if petition is None:
                raise UnknownPetitionError(petition_id)
            command.apply(petition, self._situation(act, number))
            return petition

        act = self.act(principal, command, idempotency_key)
        return self.execute(
            petition_id,
            decide,
            act=act,
            request=_request(command, petition_id),
            expected_version=expected_version,
            claims=(f"number:{number}",) if number else (),
            get_policy=_policy_of,
        )

    def act(
        self, principal: Principal, command: Command, idempotency_key: str | None = None
    ) -> Act:
        """Return the act of a command: at its claimed time, or now."""
        return principal.act(
            command.occurred_at or self._get_now(),
            on_behalf_of=command.on_behalf_of,
            idempotency_key=idempotency_key,
        )

    def _situation(self, act: Act, fresh_number: str = "") -> Situation:
        roster = self.reference.roster()
        if roster.pack_id is None:
            raise LedgerNotOpenedError
        return Situation(
            act=act,
            now=self._get_now(),
            roster=roster,
            packs=PublishedPacks(self.reference, roster.pack_id),
            pack_id=roster.pack_id,
            fresh_number=fresh_number,
        )

    def _take_number(self) -> str:
        zone = ZoneInfo(self.reference.roster().zone)
        today = self._get_now().astimezone(zone).date()
        return f"{today:%Y%m%d}{self.reader.take_petition_number():06d}"


def _request(command: Command, petition_id: UUID | None) -> bytes:
    """Return what a fingerprint is taken of: the command, its name and the petition it is for."""
    return canonical_bytes(
        {"command": type(command).__name__, "petition_id": petition_id, "body": command}
    )


def _policy_of(petition: Petition) -> PolicyRef | None:
    for event in petition.history:
        if isinstance(event, Accepted):
            return PolicyRef(event.policy_pack, event.policy_version)
    return None
