"""A command is executed once, whatever happens around it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

import msgspec
import pytest

from domain.act import Act
from domain.errors import GuardError
from ledger.database import Database, Role
from ledger.errors import (
    ClaimTakenError,
    KeyReusedError,
    LedgerUnavailableError,
    OutcomeUnknownError,
    StaleVersionError,
    VersionConflictError,
)
from ledger.header import PolicyRef
from ledger.ledger_application import LedgerApplication
from ledger.receipt import Receipt
from tests.integration.appending import ACT, one_event, positions_in, stream
from tests.integration.counting import Counter, begin, count
from tests.integration.cutting_proxy import Cut, CuttingProxy

KEYED = msgspec.structs.replace(ACT, idempotency_key="k-1")


@pytest.fixture
def application(database: Database) -> Iterator[LedgerApplication]:
    """Return an application with one counter at version 1."""
    with closing(LedgerApplication(database)) as application:
        application.execute(stream(1), lambda _: begin(stream(1), ACT), act=ACT, request=b"begin")
        yield application


def _count(application: LedgerApplication, **arguments: int) -> Receipt:
    return application.execute(
        stream(1), lambda counter: count(counter, KEYED, **arguments), act=KEYED, request=b"count"
    )


def test_command_records_events_and_returns_their_places(application: LedgerApplication) -> None:
    """The receipt names the version and the positions."""
    receipt = _count(application)
    assert receipt == Receipt(
        originator_id=stream(1), version=2, first_position=2, last_position=2, replayed=False
    )
    counter = application.load(stream(1))
    assert isinstance(counter, Counter)
    assert (counter.version, counter.total) == (2, 1)
    assert application.reader.open_personal(stream(1)) == {(1, "/name"): "示例"}


def test_repeated_command_gets_its_first_answer(application: LedgerApplication) -> None:
    """The same key and request record nothing again, also when the stream has moved on."""
    first = _count(application)
    application.execute(stream(1), lambda counter: count(counter, ACT), act=ACT, request=b"another")
    assert _count(application) == msgspec.structs.replace(first, replayed=True)
    assert application.reader.read_position() == 3


def test_repeated_key_is_refused_when_request_differs(application: LedgerApplication) -> None:
    """A key belongs to one request for the life of the ledger."""
    _count(application)
    with pytest.raises(KeyReusedError):
        application.execute(
            stream(1), lambda counter: count(counter, KEYED), act=KEYED, request=b"other body"
        )
    assert application.reader.read_position() == 2


def test_same_key_of_another_actor_is_another_command(application: LedgerApplication) -> None:
    """Keys are unique per actor, so that nobody can spoil or spy on another's."""
    _count(application)
    other = msgspec.structs.replace(KEYED, actor_id="clerk-2")
    receipt = application.execute(
        stream(1), lambda counter: count(counter, other), act=other, request=b"count"
    )
    assert (receipt.version, receipt.replayed) == (3, False)


def test_idempotency_key_raced_64_fold_records_one_event(application: LedgerApplication) -> None:
    """Sixty-four equal requests at once cause one event and get one answer."""
    with ThreadPoolExecutor(64) as pool:
        receipts = list(pool.map(lambda _: _count(application), range(64)))
    assert len({(receipt.version, receipt.last_position) for receipt in receipts}) == 1
    assert [receipt.replayed for receipt in receipts].count(False) == 1
    assert application.reader.read_position() == 2


def test_raced_request_gets_answer_and_not_a_refusal_by_its_own_effect(
    application: LedgerApplication,
) -> None:
    """An equal request that finds the limit reached by its twin hears the twin's answer."""
    with ThreadPoolExecutor(16) as pool:
        receipts = list(pool.map(lambda _: _count(application, total_max=1), range(16)))
    assert {receipt.version for receipt in receipts} == {2}


def test_command_is_refused_when_version_is_stale(application: LedgerApplication) -> None:
    """Who decided on an older version must read again."""
    _count(application)
    with pytest.raises(StaleVersionError) as caught:
        application.execute(
            stream(1),
            lambda counter: count(counter, ACT),
            act=ACT,
            request=b"",
            expected_version=1,
        )
    assert (caught.value.expected_version, caught.value.version) == (1, 2)


def test_command_with_version_is_refused_when_race_is_lost(
    application: LedgerApplication, database: Database
) -> None:
    """An append between reading and writing is reported, not repaired, where a version is named."""

    def decide(counter: Counter | None) -> Counter:
        application.recorder.append(one_event(stream(1), 2))  # type: ignore[attr-defined]
        return count(counter, ACT)

    with closing(LedgerApplication(database)) as reading, pytest.raises(VersionConflictError):
        reading.execute(stream(1), decide, act=ACT, request=b"", expected_version=1)


def test_command_without_version_is_decided_again_when_race_is_lost(
    application: LedgerApplication,
) -> None:
    """Where no version is named the command runs on what the other left."""
    seen: list[int] = []

    def decide(counter: Counter | None) -> Counter:
        assert counter is not None
        seen.append(counter.total)
        if len(seen) == 1:
            _count(application, step=5)
        return count(counter, ACT)

    receipt = application.execute(stream(1), decide, act=ACT, request=b"")
    assert (receipt.version, seen) == (3, [0, 5])


def test_refused_command_records_nothing(application: LedgerApplication) -> None:
    """A rule of the domain rises unchanged, and its key stays free."""
    with pytest.raises(GuardError, match="limit"):
        _count(application, total_max=0)
    assert _count(application).replayed is False


def test_command_that_decides_nothing_returns_the_streams_end(
    application: LedgerApplication,
) -> None:
    """Nothing to record is no error."""
    assert _count(application, step=0) == Receipt(
        originator_id=stream(1), version=1, first_position=1, last_position=1, replayed=False
    )


def test_command_claims_values_and_names_its_policy(application: LedgerApplication) -> None:
    """A claimed value is taken once, and the header names the pack judged by."""
    application.execute(
        stream(1),
        lambda counter: count(counter, ACT),
        act=ACT,
        request=b"",
        claims=("2026-0001",),
        get_policy=lambda _: PolicyRef("quanzhou", 1),
    )
    with pytest.raises(ClaimTakenError):
        application.execute(
            stream(1),
            lambda counter: count(counter, ACT),
            act=ACT,
            request=b"",
            claims=("2026-0001",),
        )
    assert application.reader.read_stream(stream(1))[-1].policy_pack == "quanzhou"


@pytest.mark.parametrize("cut", list(Cut))
def test_command_cut_at_its_commit_is_settled_by_its_key(database: Database, cut: Cut) -> None:
    """With a key the caller learns what became of the command."""
    act = msgspec.structs.replace(KEYED)
    with CuttingProxy(database.conninfo(Role.APP), cut) as proxy:
        behind = replace(database, dsns={**database.dsns, Role.APP: proxy.conninfo})
        with closing(LedgerApplication(behind)) as application:
            if cut is Cut.BEFORE_COMMIT:
                with pytest.raises(LedgerUnavailableError, match="before the commit"):
                    _begin(application, act)
                assert positions_in(database) == []
            receipt = _begin(application, act)
    assert receipt.last_position == 1
    assert receipt.replayed is False
    assert positions_in(database) == [1]


def test_command_cut_at_its_commit_without_key_stays_unknown(database: Database) -> None:
    """Without a key nobody can tell, and nobody pretends to."""
    with CuttingProxy(database.conninfo(Role.APP), Cut.AFTER_COMMIT) as proxy:
        behind = replace(database, dsns={**database.dsns, Role.APP: proxy.conninfo})
        with (
            closing(LedgerApplication(behind)) as application,
            pytest.raises(OutcomeUnknownError, match="not known"),
        ):
            _begin(application, ACT)


def _begin(application: LedgerApplication, act: Act) -> Receipt:
    return application.execute(
        stream(1),
        lambda _: begin(stream(1), act),
        act=act,
        request=b"begin",
    )
