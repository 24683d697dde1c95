"""The whole command path, from a command struct to recorded events and back."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace

from domain.acceptance import AcceptPetition
from domain.callbacks import CompleteCallback
from domain.closing import ClosePetition
from domain.command import PetitionCommand
from domain.dispatching import DispatchPetition, SignAssignment
from domain.errors import GuardError, ImpossibleTransitionError, LateEntryOrderError
from domain.filing import RegisterPetition, SubmitPetition
from domain.petition import Petition
from domain.petition_fold import fold_all
from domain.principal import Principal
from domain.replying import ApproveReply, SubmitReply
from domain.roster import Tier, Unit, UnitKind
from domain.text import Text
from domain.vocabulary import (
    CallbackBasis,
    Channel,
    Outcome,
    PetitionState,
    PetitionType,
    Resolution,
    Role,
    Satisfaction,
)
from ledger.application import PetitionLedger
from ledger.database import Database
from ledger.errors import ClaimTakenError, KeyReusedError, StaleVersionError
from ledger.foundation import adopt, open_ledger, publish, register_units
from scenarios.pack_files import read_pack

START = datetime(2026, 9, 18, 1, 0, tzinfo=UTC)
ADMIN = Principal(actor_id="admin-1", role=Role.ADMIN)
INTAKE = Principal(actor_id="intake-1", role=Role.INTAKE, unit="hub")
SUBMISSION = SubmitPetition(
    channel=Channel.ONE_CLICK_LETTER,
    petition_type=PetitionType.APPEAL,
    subject="厂区门口停车位不足",
    text="员工停车困难, 请协调增设车位。",
    petitioner_name="示例诉求人",
    petitioner_phone="000-0000",
    occurred_at=START,
)


def _person(role: Role, unit: str) -> Principal:
    return Principal(actor_id=f"{role}-1", role=role, unit=unit)


MAIN_LINE: tuple[tuple[PetitionCommand, Principal], ...] = (
    (RegisterPetition(), INTAKE),
    (AcceptPetition(petition_type=PetitionType.APPEAL, category="parking"), INTAKE),
    (DispatchPetition(lead="bureau"), _person(Role.DISPATCHER, "hub")),
    (SignAssignment(handler_id="h-1", handler_name="示例承办人"), _person(Role.HANDLER, "bureau")),
    (
        SubmitReply(head_id="head-1", text="已增设车位。", outcome=Outcome.RESOLVED),
        _person(Role.HANDLER, "bureau"),
    ),
    (ApproveReply(), _person(Role.REVIEWER, "hub")),
    (
        CompleteCallback(resolution=Resolution.RESOLVED, satisfaction=Satisfaction.SATISFIED),
        _person(Role.CALLBACK, "hub"),
    ),
    (ClosePetition(basis=CallbackBasis.COMPLETED), _person(Role.REVIEWER, "hub")),
)


@pytest.fixture
def ledger(database: Database) -> Iterator[PetitionLedger]:
    """Return an opened ledger with two units and the pack of Quanzhou in force."""
    now = START + timedelta(days=30)
    application = PetitionLedger(database, lambda: now)
    open_ledger(application, "Asia/Shanghai", Text("示例市", "Example City"), ADMIN, START)
    units = [
        Unit(
            unit_id=unit_id,
            name=Text(zh, en),
            tier=Tier.CITY,
            parent=None,
            kind=UnitKind.HUB if unit_id == "hub" else UnitKind.DEPARTMENT,
        )
        for unit_id, zh, en in (("hub", "枢纽", "Hub"), ("bureau", "住建局", "Bureau"))
    ]
    register_units(application, units, ADMIN, START)
    publish(application, read_pack("s2_quanzhou"), ADMIN, START)
    adopt(application, "s2_quanzhou", ADMIN, START)
    yield application
    application.close()


def _play(ledger: PetitionLedger) -> UUID:
    petition_id = uuid4()
    ledger.submit(petition_id, SUBMISSION, INTAKE)
    for command, principal in MAIN_LINE:
        ledger.apply(petition_id, command, principal)
    return petition_id


def test_petition_ledger_records_the_main_line(ledger: PetitionLedger) -> None:
    """A petition goes from submission to closing through commands alone."""
    petition_id = _play(ledger)
    petition = ledger.load(petition_id)
    assert isinstance(petition, Petition)
    facts = fold_all(petition.history)
    assert facts.state is PetitionState.CLOSED
    assert facts.cycle.deadline is not None
    assert facts.policy_pack == "s2_quanzhou"


def test_petition_ledger_keeps_personal_values_out_of_the_log(ledger: PetitionLedger) -> None:
    """Names and texts stand in the table of personal values alone."""
    petition_id = _play(ledger)
    for event in ledger.reader.read_stream(petition_id):
        assert "示例".encode() not in event.payload
        assert "车位".encode() not in event.payload
    opened = ledger.reader.open_personal(petition_id)
    assert opened[(1, "/petitioner/name")] == "示例诉求人"


def test_petition_ledger_answers_an_equal_request_by_its_first_receipt(
    ledger: PetitionLedger,
) -> None:
    """The same key gives the same petition; another body is refused."""
    first = ledger.submit(uuid4(), SUBMISSION, INTAKE, "key-1")
    again = ledger.submit(uuid4(), SUBMISSION, INTAKE, "key-1")
    assert again.originator_id == first.originator_id
    assert again.replayed
    other = SubmitPetition(
        channel=Channel.ONE_CLICK_LETTER, subject="x", text="y", petitioner_name="z"
    )
    with pytest.raises(KeyReusedError):
        ledger.submit(uuid4(), other, INTAKE, "key-1")


def test_petition_ledger_refuses_a_reply_after_closing(ledger: PetitionLedger) -> None:
    """A closed petition takes no reply and stays as it is."""
    petition_id = _play(ledger)
    position = ledger.reader.read_position()
    with pytest.raises(ImpossibleTransitionError):
        ledger.apply(
            petition_id,
            SubmitReply(head_id="head-1", text="迟到的答复", outcome=Outcome.RESOLVED),
            _person(Role.HANDLER, "bureau"),
        )
    assert ledger.reader.read_position() == position


def test_petition_ledger_refuses_a_stale_version(ledger: PetitionLedger) -> None:
    """A caller who has seen an older version must look again."""
    petition_id = uuid4()
    ledger.submit(petition_id, SUBMISSION, INTAKE)
    ledger.apply(petition_id, RegisterPetition(), INTAKE, expected_version=1)
    with pytest.raises(StaleVersionError):
        ledger.apply(petition_id, MAIN_LINE[1][0], INTAKE, expected_version=1)


def test_petition_ledger_refuses_a_number_twice(ledger: PetitionLedger) -> None:
    """A number is unique in the ledger and never reused."""
    for expected in (None, ClaimTakenError):
        petition_id = uuid4()
        ledger.submit(petition_id, SUBMISSION, INTAKE)
        if expected is None:
            ledger.apply(petition_id, RegisterPetition(number="QZ-1"), INTAKE)
        else:
            with pytest.raises(expected):
                ledger.apply(petition_id, RegisterPetition(number="QZ-1"), INTAKE)


def test_host_clock_that_goes_backwards_records_nothing_out_of_order(
    ledger: PetitionLedger, database: Database
) -> None:
    """An act whose time the host makes up waits until its clock is right; stated times hold."""
    ledger.close()
    times = [START + timedelta(days=2)]
    with PetitionLedger(database, lambda: times[-1]) as host:
        petition_id = uuid4()
        host.submit(petition_id, replace(SUBMISSION, occurred_at=None), INTAKE)
        times.append(times[0] - timedelta(hours=3))
        with pytest.raises(LateEntryOrderError):
            host.apply(petition_id, RegisterPetition(), INTAKE)
        with pytest.raises(GuardError) as future:
            host.apply(petition_id, RegisterPetition(occurred_at=times[0]), INTAKE)
        assert future.value.code == "date-in-future"
        times.append(times[0] + timedelta(minutes=1))
        host.apply(petition_id, RegisterPetition(), INTAKE)
        events = host.reader.read_stream(petition_id)
    assert [event.version for event in events] == [1, 2]
    assert events[0].occurred_at <= events[1].occurred_at
    assert events[0].recorded_at <= events[1].recorded_at
