"""Without this file every test of the clock would open a ledger and play petitions by itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from domain.acceptance import AcceptPetition
from domain.command import PetitionCommand
from domain.dispatching import DispatchPetition, SignAssignment
from domain.filing import RegisterPetition, SubmitPetition
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.petition_fold import fold_all
from domain.principal import Principal
from domain.roster import Tier, Unit, UnitKind
from domain.text import Text
from domain.vocabulary import Channel, PetitionType, Role
from ledger.application import PetitionLedger
from ledger.database import Database
from ledger.foundation import adopt, open_ledger, publish, register_units
from scenarios.pack_files import read_pack

FRIDAY = datetime(2026, 9, 18, 1, tzinfo=UTC)
"""09:00 in Shanghai; the Sunday after it is a make-up working day."""
OPENED_AT = datetime(2026, 1, 5, 1, tzinfo=UTC)
ADMIN = Principal(actor_id="rules-1", role=Role.ADMIN)
UNITS = ("hub", "bureau", "roads")


class HostClock:
    """A host clock that a test sets."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Return what it shows."""
        return self.now

    def pass_by(self, span: timedelta) -> datetime:
        """Let time pass and return the instant after it."""
        self.now += span
        return self.now


def person(role: Role, unit: str) -> Principal:
    """Return the first person of a role in a unit."""
    return Principal(actor_id=f"{role}-{unit}", role=role, unit=unit)


@contextmanager
def opened_ledger(
    database: Database, now: HostClock, pack: str = "plain"
) -> Iterator[PetitionLedger]:
    """Yield an opened ledger with a hub, two units and a shipped pack in force."""
    application = PetitionLedger(database, now)
    open_ledger(application, "Asia/Shanghai", Text("示例市", "Example City"), ADMIN, OPENED_AT)
    register_units(application, [_unit(unit_id) for unit_id in UNITS], ADMIN, OPENED_AT)
    publish(application, read_pack(pack), ADMIN, OPENED_AT)
    adopt(application, pack, ADMIN, OPENED_AT)
    yield application
    application.close()


def give(
    ledger: PetitionLedger, petition_id: UUID, command: PetitionCommand, who: Principal
) -> None:
    """Give one command to a petition."""
    ledger.apply(petition_id, command, who)


def submitted(ledger: PetitionLedger, at: datetime, petition_id: UUID | None = None) -> UUID:
    """Return a petition just submitted."""
    petition_id = petition_id or uuid4()
    command = SubmitPetition(
        channel=Channel.WEB,
        subject="停车",
        text="车位不足。",
        petitioner_name="示例诉求人",
        occurred_at=at,
    )
    ledger.submit(petition_id, command, person(Role.INTAKE, "hub"))
    return petition_id


def accepted(
    ledger: PetitionLedger,
    at: datetime,
    petition_id: UUID | None = None,
    petition_type: PetitionType = PetitionType.APPEAL,
) -> UUID:
    """Return a petition just accepted."""
    petition_id = submitted(ledger, at, petition_id)
    intake = person(Role.INTAKE, "hub")
    give(ledger, petition_id, RegisterPetition(occurred_at=at), intake)
    accept = AcceptPetition(petition_type=petition_type, category="parking", occurred_at=at)
    give(ledger, petition_id, accept, intake)
    return petition_id


def dispatched(
    ledger: PetitionLedger,
    at: datetime,
    lead: str = "bureau",
    co_handlers: tuple[str, ...] = (),
    petition_id: UUID | None = None,
) -> UUID:
    """Return an appeal just dispatched."""
    petition_id = accepted(ledger, at, petition_id)
    command = DispatchPetition(lead=lead, co_handlers=co_handlers, occurred_at=at)
    give(ledger, petition_id, command, person(Role.DISPATCHER, "hub"))
    return petition_id


def signed(ledger: PetitionLedger, at: datetime, petition_id: UUID | None = None) -> UUID:
    """Return an appeal that its lead unit has just signed for."""
    petition_id = dispatched(ledger, at, petition_id=petition_id)
    command = SignAssignment(handler_id="handler-1", handler_name="示例承办人", occurred_at=at)
    give(ledger, petition_id, command, person(Role.HANDLER, "bureau"))
    return petition_id


def facts_of(ledger: PetitionLedger, petition_id: UUID) -> PetitionFacts:
    """Return what the log says of a petition."""
    petition = ledger.load(petition_id)
    assert isinstance(petition, Petition)
    return fold_all(petition.history)


def _unit(unit_id: str) -> Unit:
    return Unit(
        unit_id=unit_id,
        name=Text(f"单位{unit_id}", unit_id),
        tier=Tier.CITY,
        parent=None,
        kind=UnitKind.HUB if unit_id == "hub" else UnitKind.DEPARTMENT,
    )
