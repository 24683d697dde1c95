"""The recorder keeps a dense log whose every event can be proved."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from uuid import uuid4

import msgspec
import pytest

from ledger.append import prepare_append
from ledger.database import Database, Role
from ledger.errors import (
    ClaimTakenError,
    EventTooLargeError,
    UnstorableTextError,
    VersionConflictError,
)
from ledger.header import PolicyRef
from ledger.leaf import LEAF_LEN_MAX, leaf_bytes, leaf_hash
from ledger.personal import PersonalValue, commit_to
from tests.integration.appending import (
    ACT,
    encoded,
    one_event,
    open_recorder,
    positions_in,
    stream,
)


def test_recorder_gives_dense_positions_when_appends_are_refused(database: Database) -> None:
    """A refused append leaves no gap."""
    with closing(open_recorder(database)) as recorder:
        recorder.append(one_event(stream(1), 1, claims=["n-1"]))
        with pytest.raises(VersionConflictError):
            recorder.append(one_event(stream(1), 1))
        with pytest.raises(VersionConflictError):
            recorder.append(one_event(stream(1), 3))
        with pytest.raises(ClaimTakenError):
            recorder.append(one_event(stream(2), 1, claims=["n-2", "n-1"]))
        assert recorder.append(one_event(stream(2), 1, claims=["n-2"])) == range(2, 3)
    assert positions_in(database) == [1, 2]


def test_recorder_keeps_the_header_it_was_given(database: Database) -> None:
    """Every column of the closed list comes back as it was given."""
    act = msgspec.structs.replace(
        ACT,
        on_behalf_of="petitioner-9",
        occurred_at=datetime(2026, 3, 2, 1, 30, 0, 123456, tzinfo=UTC),
        occurred_offset_min=-210,
        correlation_id=uuid4(),
        causation_id=f"{stream(7)}:3",
        idempotency_key="k-1",
    )
    event = msgspec.structs.replace(
        encoded(stream(1), 1, b'{"a":1}'), schema_version=3, occurred_at=act.occurred_at
    )
    append = prepare_append("main", [event], act=act, policy=PolicyRef("shuangliu", 2))
    with closing(open_recorder(database)) as recorder:
        recorder.append(append)
        (recorded,) = recorder.log.read_stream(stream(1))
    assert msgspec.structs.asdict(recorded) == {
        "ledger": "main",
        "position": 1,
        "originator_id": stream(1),
        "version": 1,
        "topic": "note.taken",
        "schema_version": 3,
        "occurred_at": act.occurred_at,
        "occurred_offset_min": -210,
        "recorded_at": recorded.recorded_at,
        "actor_id": "clerk-1",
        "actor_role": "intake",
        "actor_unit": "hub",
        "on_behalf_of": "petitioner-9",
        "policy_pack": "shuangliu",
        "policy_version": 2,
        "correlation_id": act.correlation_id,
        "causation_id": f"{stream(7)}:3",
        "idempotency_key": "k-1",
        "payload": b'{"a":1}',
        "leaf_hash": leaf_hash(leaf_bytes(recorded, b'{"a":1}')),
    }


def test_recorder_keeps_personal_values_beside_their_commitment(database: Database) -> None:
    """What a commitment commits to is in the same transaction, with its salt."""
    salt, value = b"s" * 32, b'"name"'
    commitment = commit_to(salt, stream(1), 1, "/name", value)
    payload = msgspec.json.encode({"name": {"commitment": commitment}})
    event = encoded(stream(1), 1, payload, (PersonalValue("/name", salt, value),))
    with closing(open_recorder(database)) as recorder:
        recorder.append(prepare_append("main", [event], act=ACT))
        assert recorder.log.open_personal(stream(1)) == {(1, "/name"): "name"}
        ((kept,),) = recorder.log.read_personal_values(stream(1)).values()
    assert commit_to(kept.salt, stream(1), 1, kept.path, kept.value) == commitment


@pytest.mark.parametrize("text", ["nul \0", "surrogate \ud800"])
@pytest.mark.parametrize("field", ["actor_id", "actor_unit", "on_behalf_of", "causation_id"])
def test_recorder_refuses_unstorable_text_before_queueing(
    database: Database, field: str, text: str
) -> None:
    """A character that PostgreSQL cannot hold never reaches a batch others share."""
    act = msgspec.structs.replace(ACT, **{field: text})
    with closing(open_recorder(database)) as recorder:
        with pytest.raises(UnstorableTextError, match=field):
            recorder.append(prepare_append("main", [encoded(stream(1), 1)], act=act))
        with pytest.raises(UnstorableTextError, match="claims"):
            recorder.append(one_event(stream(1), 1, claims=[text]))
        with pytest.raises(UnstorableTextError, match=r"command\.key|idempotency_key"):
            recorder.append(one_event(stream(1), 1, key=text))
    assert positions_in(database) == []


def test_recorder_refuses_event_over_the_leaf_limit(database: Database) -> None:
    """Header and payload of 60,000 bytes are the most an event may have."""
    frame_len = prepare_append("main", [encoded(stream(1), 1, b"")], act=ACT).frames[0].length_max
    longest = b"x" * (LEAF_LEN_MAX - frame_len)
    with closing(open_recorder(database)) as recorder:
        recorder.append(prepare_append("main", [encoded(stream(1), 1, longest)], act=ACT))
        with pytest.raises(EventTooLargeError, match="60000"):
            prepare_append("main", [encoded(stream(1), 2, longest + b"x")], act=ACT)
        (recorded,) = recorder.log.read_stream(stream(1))
    assert len(leaf_bytes(recorded, recorded.payload)) <= LEAF_LEN_MAX


def test_reader_that_tails_the_log_misses_no_position(database: Database) -> None:
    """Whoever has seen n has seen all up to n, while several recorders append."""
    streams_len, versions_len = 6, 60
    recorders = [open_recorder(database) for _ in range(2)]

    def write(number: int) -> None:
        for version in range(1, versions_len + 1):
            recorders[number % 2].append(one_event(stream(number), version))

    seen: list[int] = []
    with ThreadPoolExecutor(streams_len) as pool, closing(open_recorder(database)) as reader:
        writers = [pool.submit(write, number) for number in range(streams_len)]
        while not all(writer.done() for writer in writers):
            seen += [event.position for event in reader.log.read_log(len(seen), 50)]
            assert seen == list(range(1, len(seen) + 1))
        for writer in writers:
            writer.result()
        seen += [event.position for event in reader.log.read_log(len(seen), 10_000)]
    assert seen == list(range(1, streams_len * versions_len + 1))
    for recorder in recorders:
        recorder.close()


def test_recorded_at_never_decreases_along_the_log(database: Database) -> None:
    """The ledger's clock is monotonic even where the server's is set back."""
    with closing(open_recorder(database)) as recorder:
        recorder.append(one_event(stream(1), 1))
        with database.connect(Role.OWNER) as connection:
            connection.execute("UPDATE head SET recorded_at = '2100-01-01T00:00:00Z'")
        recorder.append(one_event(stream(1), 2))
        recorder.append(one_event(stream(1), 3))
        instants = [event.recorded_at for event in recorder.log.read_stream(stream(1))]
    assert instants == sorted(instants)
    assert instants[1] == instants[2] == datetime(2100, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(("after_position", "limit"), [(-1, 1), (0, 0), (0, 10_001)])
def test_reader_refuses_page_out_of_range(
    database: Database, after_position: int, limit: int
) -> None:
    """A page is bounded, and the log begins after 0."""
    with closing(open_recorder(database)) as recorder, pytest.raises(ValueError, match="range"):
        recorder.log.read_log(after_position, limit)


def test_petition_numbers_are_never_given_twice(database: Database) -> None:
    """The running number grows."""
    with closing(open_recorder(database)) as recorder:
        assert [recorder.log.take_petition_number() for _ in range(3)] == [1, 2, 3]
