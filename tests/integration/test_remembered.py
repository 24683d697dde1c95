"""What one process remembers never decides against what another one recorded."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from uuid import UUID

import msgspec
import pytest

from domain.dispatching import DispatchPetition
from domain.errors import GuardError
from domain.roster import Tier, UnitClosedError, UnitKind
from domain.roster_commands import ROSTERS
from domain.unit_commands import CloseUnit, RegisterUnit
from domain.vocabulary import Role
from ledger.application import PetitionLedger
from ledger.database import Database
from ledger.errors import StaleVersionError
from ledger.ledger_application import LedgerApplication
from ledger.reference import ROSTER_ID
from tests.integration.appending import ACT, stream
from tests.integration.counting import Counter, begin, count
from tests.integration.opened_ledger import (
    ADMIN,
    FRIDAY,
    HostClock,
    accepted,
    opened_ledger,
    person,
)

KEYED = msgspec.structs.replace(ACT, idempotency_key="k-1")


@pytest.fixture
def first(database: Database) -> Iterator[LedgerApplication]:
    """Return an application that remembers one counter at version 1."""
    with closing(LedgerApplication(database)) as application:
        application.execute(stream(1), lambda _: begin(stream(1), ACT), act=ACT, request=b"begin")
        yield application


@pytest.fixture
def second(database: Database) -> Iterator[LedgerApplication]:
    """Return another application on the same ledger, as of another process."""
    with closing(LedgerApplication(database)) as application:
        yield application


def _count(
    application: LedgerApplication, *, step: int = 1, total_max: int = 100, version: int | None
) -> int:
    receipt = application.execute(
        stream(1),
        lambda counter: count(counter, ACT, step=step, total_max=total_max),
        act=ACT,
        request=b"count",
        expected_version=version,
    )
    return receipt.version


def test_command_is_decided_on_what_another_process_recorded(
    first: LedgerApplication, second: LedgerApplication
) -> None:
    """The append refuses what was decided from memory, and then it is decided on what is read."""
    _count(second, step=5, version=1)
    seen: list[int] = []

    def decide(counter: Counter | None) -> Counter:
        assert counter is not None
        seen.append(counter.total)
        return count(counter, ACT)

    receipt = first.execute(stream(1), decide, act=ACT, request=b"")
    assert (receipt.version, seen) == (3, [0, 5])


def test_version_of_another_process_is_accepted_and_an_older_one_is_stale(
    first: LedgerApplication, second: LedgerApplication
) -> None:
    """What a caller names is held against the log and not against the memory."""
    assert _count(second, version=1) == 2
    with pytest.raises(StaleVersionError) as caught:
        _count(first, version=1)
    assert (caught.value.expected_version, caught.value.version) == (1, 2)
    assert _count(first, version=2) == 3


def test_refusal_from_memory_is_no_refusal_when_the_log_says_otherwise(
    first: LedgerApplication, second: LedgerApplication
) -> None:
    """A guard that fails on what is remembered is asked again on what is there."""
    _count(first, version=1)
    _count(second, step=-1, version=2)
    assert _count(first, total_max=1, version=None) == 4
    with pytest.raises(GuardError, match="limit"):
        _count(first, total_max=1, version=None)


def test_nothing_decided_from_memory_is_decided_again(
    first: LedgerApplication, second: LedgerApplication
) -> None:
    """That there is nothing to do is said by the log and not by the memory."""

    def count_to_one(counter: Counter | None) -> Counter:
        return count(counter, ACT, step=0 if counter and counter.total else 1)

    _count(first, version=1)
    _count(second, step=-1, version=2)
    receipt = first.execute(stream(1), count_to_one, act=ACT, request=b"")
    assert (receipt.version, receipt.last_position) == (4, 4)


def test_stream_is_not_begun_twice_by_two_processes(
    first: LedgerApplication, second: LedgerApplication
) -> None:
    """To begin a stream nothing is read, and still it is refused where there is one."""
    assert first.load(stream(1)) is not None
    with pytest.raises(StaleVersionError) as caught:
        second.execute(
            stream(1),
            lambda _: begin(stream(1), ACT),
            act=ACT,
            request=b"again",
            expected_version=0,
        )
    assert (caught.value.expected_version, caught.value.version) == (0, 1)


def test_repeated_command_of_another_process_gets_its_first_answer(
    first: LedgerApplication, second: LedgerApplication
) -> None:
    """A key is looked up under the lock, whichever process answered it."""

    def keyed(application: LedgerApplication) -> tuple[int, bool]:
        receipt = application.execute(
            stream(1), lambda each: count(each, KEYED), act=KEYED, request=b"keyed"
        )
        return receipt.version, receipt.replayed

    assert [keyed(first), keyed(second), keyed(first)] == [(2, False), (2, True), (2, True)]


def test_nothing_personal_is_remembered(first: LedgerApplication) -> None:
    """What this process wrote a moment ago is remembered as the log holds it: commitments."""
    _count(first, version=1)
    remembered = first._streams.recall(stream(1))  # noqa: SLF001
    assert remembered is not None
    shown = [vars(event) for event in remembered]
    assert shown == [vars(event) for event in first.events_after(stream(1), 0)]
    assert "示例" not in repr(shown)


@pytest.fixture
def clock() -> HostClock:
    """Return a clock a week after the ledger's first Friday."""
    return HostClock(FRIDAY + timedelta(days=7))


@pytest.fixture
def here(database: Database, clock: HostClock) -> Iterator[PetitionLedger]:
    """Return a ledger with units and rules, which this process remembers."""
    with opened_ledger(database, clock) as ledger:
        yield ledger


@pytest.fixture
def there(database: Database, clock: HostClock, here: PetitionLedger) -> Iterator[PetitionLedger]:
    """Return the same ledger, as of another process."""
    del here
    with closing(PetitionLedger(database, clock)) as ledger:
        yield ledger


def _dispatch(ledger: PetitionLedger, petition_id: UUID, lead: str) -> None:
    ledger.apply(petition_id, DispatchPetition(lead=lead), person(Role.DISPATCHER, "hub"))


def test_unit_closed_by_another_process_receives_nothing(
    here: PetitionLedger, there: PetitionLedger
) -> None:
    """A decision on a remembered roster is admitted only while the roster has not moved."""
    petition_id = accepted(here, FRIDAY)
    there.give(ROSTERS, ROSTER_ID, CloseUnit(unit="roads", reason="撤销"), ADMIN)
    with pytest.raises(UnitClosedError):
        _dispatch(here, petition_id, "roads")
    _dispatch(here, petition_id, "bureau")


def test_unit_added_by_another_process_is_known(
    here: PetitionLedger, there: PetitionLedger
) -> None:
    """What the remembered roster lacks is looked for in the log before it is refused."""
    petition_id = accepted(here, FRIDAY)
    unit = RegisterUnit(
        unit="water", name_zh="水务局", name_en="Water", tier=Tier.CITY, kind=UnitKind.DEPARTMENT
    )
    there.give(ROSTERS, ROSTER_ID, unit, ADMIN)
    _dispatch(here, petition_id, "water")
