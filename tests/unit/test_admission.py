"""A batch is judged append by append, as if each were committed before the next."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec
import pytest

from domain.act import Act
from domain.vocabulary import Role
from ledger.admission import Standing, admit_all
from ledger.append import Append, CommandKey, prepare_append
from ledger.codec import EncodedEvent
from ledger.errors import ClaimTakenError, KeyTakenError, VersionConflictError

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
ACT = Act(actor_id="a", actor_role=Role.INTAKE, occurred_at=NOON)
ONE, TWO = UUID(int=1), UUID(int=2)


def _standing() -> Standing:
    return Standing(
        ledger="main",
        position=10,
        recorded_at=NOON,
        versions={ONE: 3},
        answered={("a", "old")},
        claimed={"taken"},
    )


def _append(
    *events: tuple[UUID, int], key: str | None = None, claims: tuple[str, ...] = ()
) -> Append:
    return prepare_append(
        "main",
        [EncodedEvent(stream, version, "t.t", 1, NOON, b"{}", ()) for stream, version in events],
        act=ACT,
        command=CommandKey("a", key, b"", b"") if key else None,
        claims=claims,
    )


@pytest.mark.parametrize("first_version", [0, 1])
def test_empty_stream_begins_at_0_or_1(first_version: int) -> None:
    """Aggregates begin at 1; the library's plain recorders at 0."""
    assert admit_all([_append((TWO, first_version))], _standing()) == [range(11, 12)]


@pytest.mark.parametrize(("stream", "version"), [(ONE, 3), (ONE, 5), (ONE, 0), (TWO, 2)])
def test_version_that_does_not_follow_is_refused(stream: UUID, version: int) -> None:
    """Neither a repetition nor a gap is recorded."""
    standing = _standing()
    (refusal,) = admit_all([_append((stream, version))], standing)
    assert isinstance(refusal, VersionConflictError)
    assert standing == _standing()


def test_append_over_two_streams_is_admitted_or_refused_as_one() -> None:
    """One stale stream refuses the events of the other."""
    standing = _standing()
    refusal, positions = admit_all(
        [_append((TWO, 1), (ONE, 3)), _append((TWO, 1), (ONE, 4), (TWO, 2))], standing
    )
    assert isinstance(refusal, VersionConflictError)
    assert positions == range(11, 14)
    assert standing.versions == {ONE: 4, TWO: 2}


def test_repeated_key_is_answered_before_its_own_effect_is_a_conflict() -> None:
    """A repetition must hear of its answer; its stream was moved by itself."""
    (refusal,) = admit_all([_append((ONE, 1), key="old", claims=("taken",))], _standing())
    assert isinstance(refusal, KeyTakenError)


def test_refused_append_takes_neither_key_nor_claim() -> None:
    """What is not recorded leaves no trace for the next of the batch."""
    answers = admit_all(
        [
            _append((ONE, 9), key="new", claims=("free",)),
            _append((TWO, 1), key="new", claims=("free", "taken")),
            _append((TWO, 1), key="new", claims=("free",)),
        ],
        _standing(),
    )
    assert [type(answer) for answer in answers] == [VersionConflictError, ClaimTakenError, range]


def test_append_is_refused_when_versions_of_a_stream_have_a_gap() -> None:
    """An append is contiguous in itself before anybody asks the log."""
    with pytest.raises(ValueError, match="does not follow"):
        _append((ONE, 4), (ONE, 6))
    with pytest.raises(ValueError, match="at least one"):
        _append()


def test_append_is_not_changed_by_being_admitted() -> None:
    """The same append can be judged again, after a batch was taken apart."""
    append = _append((ONE, 4), key="k")
    before = msgspec.structs.astuple(append)
    admit_all([append], _standing())
    assert msgspec.structs.astuple(append) == before
