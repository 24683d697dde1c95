"""A ledger whose petitions wait for their callback, brought there by the real commands."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

from domain.acceptance import AcceptPetition
from domain.command import PetitionCommand
from domain.dispatching import DispatchPetition, SignAssignment
from domain.filing import RegisterPetition, SubmitPetition
from domain.principal import Principal
from domain.replying import ApproveReply, SubmitReply
from domain.roster import Tier, Unit, UnitKind
from domain.text import Text
from domain.vocabulary import Channel, Outcome, PetitionType, Role
from ledger.api_keys import KeyGrant, issue_key
from ledger.application import PetitionLedger
from ledger.database import Database
from replay.published import LoggedFigures
from tests.api_clients import NOW, START, open_example_ledger

UNITS = {"hub": "枢纽", "bureau": "住建局", "roads": "交通局", "assessor": "示例测评公司"}
WAITING = {"bureau": 6, "roads": 3}
OUTCOMES = (Outcome.RESOLVED, Outcome.RESOLVED, Outcome.PARTLY)


def person(role: Role, unit: str | None = "hub") -> Principal:
    """Return the first person of a role in a unit."""
    return Principal(actor_id=f"{role}-1", role=role, unit=unit)


def number_of(place: int) -> str:
    """Return the number of the petition at a place, from 0."""
    return f"20260918{place + 1:06d}"


@contextmanager
def acting_on(database: Database) -> Iterator[PetitionLedger]:
    """Yield the application of an opened ledger."""
    with PetitionLedger(database, lambda: NOW, figures=LoggedFigures(database)) as ledger:
        yield ledger


def fill(database: Database) -> list[UUID]:
    """Open a ledger, bring petitions of two units before their callback, and return their ids."""
    open_example_ledger(
        database,
        [
            Unit(
                unit_id=unit_id,
                name=Text(name, unit_id.capitalize()),
                tier=Tier.CITY,
                parent=None,
                kind=UnitKind.HUB if unit_id == "hub" else UnitKind.DEPARTMENT,
            )
            for unit_id, name in UNITS.items()
        ],
    )
    units = [unit for unit, count in WAITING.items() for _ in range(count)]
    ids = [UUID(int=place + 1, version=4) for place in range(len(units))]
    with acting_on(database) as ledger:
        for place, (petition_id, unit) in enumerate(zip(ids, units, strict=True)):
            _file(ledger, place, petition_id, unit)
    return ids


def _file(ledger: PetitionLedger, place: int, petition_id: UUID, unit: str) -> None:
    at = START + timedelta(minutes=place)
    submission = SubmitPetition(
        channel=Channel.WEB,
        petition_type=PetitionType.APPEAL,
        subject="厂区门口停车位不足",
        text="员工停车困难, 请协调增设车位。",
        petitioner_name="示例诉求人",
        occurred_at=at,
    )
    ledger.submit(petition_id, submission, person(Role.INTAKE))
    reply = SubmitReply(
        head_id="head-1",
        text="已增设车位。",
        outcome=OUTCOMES[place % 3],
        occurred_at=at + timedelta(hours=4),
    )
    accept = AcceptPetition(
        petition_type=PetitionType.APPEAL, category="parking", occurred_at=at + timedelta(hours=1)
    )
    dispatch = DispatchPetition(lead=unit, occurred_at=at + timedelta(hours=2))
    sign = SignAssignment(
        handler_id="h-1", handler_name="示例承办人", occurred_at=at + timedelta(hours=3)
    )
    course: tuple[tuple[PetitionCommand, Principal], ...] = (
        (RegisterPetition(number=number_of(place), occurred_at=at), person(Role.INTAKE)),
        (accept, person(Role.INTAKE)),
        (dispatch, person(Role.DISPATCHER)),
        (sign, person(Role.HANDLER, unit)),
        (reply, person(Role.HANDLER, unit)),
        (ApproveReply(occurred_at=at + timedelta(hours=5)), person(Role.REVIEWER)),
    )
    for command, principal in course:
        ledger.apply(petition_id, command, principal)


def key_of(database: Database, principal: Principal) -> str:
    """Return a new key of an account."""
    with acting_on(database) as ledger:
        roster = ledger.reference.roster().state
    grant = KeyGrant(
        label="terminal", role=principal.role, actor_id=principal.actor_id, unit=principal.unit
    )
    return issue_key(database, grant, roster, datetime.now(UTC))
