"""One command on several streams is recorded as a whole, once, or not at all."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing

import msgspec
import pytest

from ledger.database import Database
from ledger.errors import KeyReusedError, StaleVersionError, VersionConflictError
from ledger.header import PolicyRef
from ledger.ledger_application import LedgerApplication
from ledger.receipt import Receipt
from tests.integration.appending import ACT, stream
from tests.integration.counting import Counter, begin, count

KEYED = msgspec.structs.replace(ACT, idempotency_key="k-1")
MEMBERS = (1, 2, 3)


@pytest.fixture
def application(database: Database) -> Iterator[LedgerApplication]:
    """Return an application with three counters at version 1."""
    with closing(LedgerApplication(database)) as application:
        for number in MEMBERS:
            _begin(application, number)
        yield application


def _begin(application: LedgerApplication, number: int) -> Receipt:
    name = f"begin-{number}".encode()
    return application.execute(
        stream(number), lambda _: begin(stream(number), ACT), act=ACT, request=name
    )


def _count_one(application: LedgerApplication, number: int) -> Receipt:
    return application.execute(stream(number), lambda each: count(each, ACT), act=ACT, request=b"1")


def _load(application: LedgerApplication, number: int) -> Counter:
    counter = application.load(stream(number))
    assert isinstance(counter, Counter)
    return counter


def _count_all(
    application: LedgerApplication,
    *,
    expected_version: int | None = None,
    request: bytes = b"together",
    interfere: Callable[[], object] = lambda: None,
) -> Receipt:
    """Count every member up, and begin a fourth one that comes out of the first."""

    def decide(first: Counter | None) -> Sequence[Counter]:
        others = [_load(application, number) for number in MEMBERS[1:]]
        counted = [count(each, KEYED) for each in (first, *others)]
        interfere()
        return (*counted, begin(stream(4), KEYED))

    return application.execute_together(
        stream(1),
        decide,
        act=KEYED,
        request=request,
        expected_version=expected_version,
        get_policy=lambda each: PolicyRef(f"pack-{each.total}", 1) if each.total else None,
    )


def _versions(application: LedgerApplication) -> list[int]:
    found = [application.load(stream(number)) for number in (*MEMBERS, 4)]
    return [0 if each is None else each.version for each in found]


def test_command_on_several_streams_is_one_append(application: LedgerApplication) -> None:
    """All events lie together, share a correlation id, and each has its own policy pack."""
    receipt = _count_all(application)
    assert receipt == Receipt(
        originator_id=stream(1), version=2, first_position=4, last_position=7, replayed=False
    )
    events = application.reader.read_log(3, 10)
    assert [(each.originator_id, each.version) for each in events] == [
        (stream(1), 2),
        (stream(2), 2),
        (stream(3), 2),
        (stream(4), 1),
    ]
    assert len({each.correlation_id for each in events}) == 1
    assert events[0].correlation_id is not None
    assert [each.policy_pack for each in events] == ["pack-1", "pack-1", "pack-1", None]
    assert len({each.recorded_at for each in events}) == 1


def test_command_on_one_stream_has_no_correlation_id(application: LedgerApplication) -> None:
    """Only what concerns several streams is joined."""
    _count_one(application, 1)
    assert application.reader.read_log(3, 1)[0].correlation_id is None


@pytest.mark.parametrize("rival", [1, 3, 4])
def test_nothing_is_recorded_when_one_stream_always_moves(
    application: LedgerApplication, rival: int
) -> None:
    """A conflict on any of the streams, a newly begun one too, keeps all the others as they are."""

    def interfere() -> None:
        if rival in MEMBERS:
            _count_one(application, rival)
        elif application.load(stream(4)) is None:
            _begin(application, 4)

    before = _versions(application)
    with pytest.raises(VersionConflictError):
        _count_all(application, interfere=interfere)
    after = _versions(application)
    assert [now - then for now, then in zip(after, before, strict=True) if now != then] != []
    others = [place for place in range(4) if place != rival - 1]
    assert [after[place] for place in others] == [before[place] for place in others]
    assert all(each.idempotency_key is None for each in application.reader.read_log(0, 100))


def test_command_is_decided_again_when_another_stream_moved_once(
    application: LedgerApplication,
) -> None:
    """The caller named the version of the first stream alone, and that still fits."""
    moved: list[int] = []

    def interfere() -> None:
        if not moved:
            moved.append(1)
            _count_one(application, 2)

    _count_all(application, expected_version=1, interfere=interfere)
    assert _versions(application) == [2, 3, 2, 1]


def test_command_is_refused_when_its_own_stream_moved(application: LedgerApplication) -> None:
    """Who named a version hears that it was overtaken; nothing is tried on newer ground."""
    for overtake in (lambda: _count_one(application, 1), lambda: None):
        with pytest.raises(StaleVersionError):
            _count_all(application, expected_version=1, interfere=overtake)
    assert _versions(application) == [2, 1, 1, 0]


def test_repeated_command_on_several_streams_gets_its_first_answer(
    application: LedgerApplication,
) -> None:
    """The same key and request record nothing again, also when every stream has moved on."""
    first = _count_all(application, expected_version=1)
    for number in MEMBERS:
        _count_one(application, number)
    end = application.reader.read_position()
    again = _count_all(application, expected_version=1)
    assert again == msgspec.structs.replace(first, replayed=True)
    with pytest.raises(KeyReusedError):
        _count_all(application, request=b"another")
    assert application.reader.read_position() == end
