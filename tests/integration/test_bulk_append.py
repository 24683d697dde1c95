"""History comes in by chunks under the same law as a live append."""

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from threading import Thread

import msgspec
import pytest

from ledger.admission import Answer
from ledger.append import Append, CommandKey, prepare_append
from ledger.bulk_append import append_in_bulk
from ledger.database import Database, Role
from ledger.errors import (
    ClaimTakenError,
    KeyTakenError,
    LedgerUnavailableError,
    VersionConflictError,
)
from ledger.leaf import leaf_bytes, leaf_hash
from ledger.personal import PersonalValue
from tests.integration.appending import (
    ACT,
    encoded,
    one_event,
    open_recorder,
    positions_in,
    stream,
)

AWKWARD = 'tab\t newline\n return\r backslash\\ \\N quote" 台账 \\x41'


def _case(number: int) -> Append:
    """Return a case of two events, with a key, a claim, a personal value and awkward text."""
    key = f"row-{number}{AWKWARD}"
    act = msgspec.structs.replace(ACT, actor_unit=AWKWARD, idempotency_key=key)
    personal = PersonalValue("/name", b"s" * 32, b'"\\u0001\\\\"')
    return prepare_append(
        "main",
        [encoded(stream(number), 1, b"\x00\xff\\", (personal,)), encoded(stream(number), 2)],
        act=act,
        command=CommandKey(ACT.actor_id, key, b"f" * 32, b"{}"),
        claims=[f"case-{number}{AWKWARD}"],
    )


def test_bulk_append_keeps_the_same_rows_as_a_live_one(database: Database) -> None:
    """Every column, awkward text and bytes included, equals that of an ordinary append."""
    with closing(open_recorder(database)) as recorder:
        recorder.append(_case(1))
        (chunk,) = recorder.append_bulk([_case(2)])
        assert chunk[0][1] == range(3, 5)
        live, bulk = (recorder.log.read_stream(stream(number)) for number in (1, 2))
        for one, other in zip(live, bulk, strict=True):
            assert leaf_hash(leaf_bytes(other, other.payload)) == other.leaf_hash
            moved = msgspec.structs.replace(
                one,
                position=other.position,
                originator_id=other.originator_id,
                recorded_at=other.recorded_at,
                idempotency_key=other.idempotency_key,
                leaf_hash=other.leaf_hash,
            )
            assert moved == other
        assert recorder.log.open_personal(stream(2)) == recorder.log.open_personal(stream(1))
        answers = [recorder.log.find_answer(ACT.actor_id, f"row-{n}{AWKWARD}") for n in (1, 2)]
        assert [answer and answer.last_position for answer in answers] == [2, 4]
        with pytest.raises(ClaimTakenError):
            recorder.append(one_event(stream(3), 1, claims=[f"case-2{AWKWARD}"]))


def test_repeated_bulk_append_adds_nothing(database: Database) -> None:
    """An import cut off after its first chunk goes on where it stopped."""
    cases = [_case(number) for number in range(10)]
    with closing(open_recorder(database)) as recorder:
        (first,) = islice(_in_chunks(database, cases, 8), 1)
        assert len(first) == 4
        answers = [answer for chunk in recorder.append_bulk(cases) for _, answer in chunk]
        assert [type(answer) for answer in answers] == [KeyTakenError] * 4 + [range] * 6
        again = [answer for chunk in recorder.append_bulk(cases) for _, answer in chunk]
        assert {type(answer) for answer in again} == {KeyTakenError}
    assert positions_in(database) == list(range(1, 21))


def test_bulk_append_refuses_only_the_conflict_of_a_chunk(database: Database) -> None:
    """One row that cannot be recorded does not stop the rest."""
    with closing(open_recorder(database)) as recorder:
        recorder.append(one_event(stream(2), 1))
        (chunk,) = recorder.append_bulk([_case(1), _case(2), _case(3)])
    assert [type(answer) for _, answer in chunk] == [range, VersionConflictError, range]
    assert positions_in(database) == [1, 2, 3, 4, 5]


def test_live_append_goes_between_the_chunks_of_a_bulk_append(database: Database) -> None:
    """The append lock is given back after every chunk."""
    with closing(open_recorder(database)) as recorder:
        chunks = _in_chunks(database, [_case(number) for number in range(4)], 2)
        next(chunks)
        assert recorder.append(one_event(stream(100), 1)) == range(3, 4)
        assert [answer for chunk in chunks for _, answer in chunk] == [
            range(4, 6),
            range(6, 8),
            range(8, 10),
        ]


def test_bulk_append_beside_live_appends_stays_dense(database: Database) -> None:
    """Both take the same lock."""
    with closing(open_recorder(database)) as recorder:
        writer = Thread(
            target=lambda: [
                recorder.append(one_event(stream(1000), version)) for version in range(1, 51)
            ]
        )
        writer.start()
        for _ in _in_chunks(database, [_case(number) for number in range(100)], 10):
            pass
        writer.join()
    assert positions_in(database) == list(range(1, 251))


def test_bulk_append_says_that_nothing_was_recorded_when_it_fails(database: Database) -> None:
    """A row the database refuses fails its chunk; what was yielded before stays."""
    crooked = msgspec.structs.replace(ACT, occurred_offset_min=9_999)
    appends = [_case(1), one_event(stream(2), 1, act=crooked)]
    chunks = _in_chunks(database, appends, 2)
    next(chunks)
    with pytest.raises(LedgerUnavailableError, match="occurred_offset_min"):
        next(chunks)
    assert positions_in(database) == [1, 2]


def test_bulk_append_refuses_chunk_out_of_bounds(database: Database) -> None:
    """A longer chunk would keep live appends waiting."""
    with pytest.raises(ValueError, match="5001"):
        next(_in_chunks(database, [], 5_001))


def _in_chunks(
    database: Database, appends: list[Append], events_len: int
) -> Iterator[list[tuple[Append, Answer]]]:
    yield from append_in_bulk(
        lambda: database.connect(Role.APP, autocommit=True), appends, chunk_events_len=events_len
    )


def test_chunks_are_shorter_after_one_that_held_the_lock_long(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The two that were made ready before are as long as was asked for; then the pace holds."""
    monkeypatch.setattr("ledger.bulk_pace.HELD_AIM_S", 0.0)
    monkeypatch.setattr("ledger.bulk_pace.CHUNK_EVENTS_MIN", 4)
    chunks = append_in_bulk(
        lambda: database.connect(Role.APP, autocommit=True),
        map(_case, range(14)),
        chunk_events_len=8,
    )
    assert [len(chunk) for chunk in chunks] == [4, 4, 2, 2, 2]
