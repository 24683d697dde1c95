"""A leaf is rebuilt from its columns to the same bytes for ever."""

import json
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from domain.act import Act
from domain.vocabulary import Role
from ledger.append import prepare_append
from ledger.codec import EncodedEvent
from ledger.header import Header, PolicyRef, format_instant
from ledger.leaf import format_place, header_line, leaf_bytes, leaf_hash

GOLDEN = Path(__file__).parents[1] / "golden" / "header_leaf.json"


@pytest.fixture
def golden() -> dict[str, str]:
    """Return the golden header, its payload, its leaf bytes and their hash."""
    return msgspec.json.decode(GOLDEN.read_bytes(), type=dict[str, str])


def _header(golden: dict[str, str]) -> Header:
    return msgspec.json.decode(golden["header"], type=Header, strict=True)


def test_leaf_equals_its_golden_bytes_and_hash(golden: dict[str, str]) -> None:
    """Header line, line feed, payload; hashed behind a zero byte as RFC 6962 has it."""
    leaf = leaf_bytes(_header(golden), golden["payload"].encode())
    assert leaf == golden["leaf"].encode()
    assert leaf_hash(leaf).hex() == golden["leaf_hash"]
    assert sha256(b"\0" + leaf).hexdigest() == golden["leaf_hash"]


def test_header_line_holds_the_closed_list_sorted_and_nulls_spelled_out(
    golden: dict[str, str],
) -> None:
    """All 18 fields are there, whatever is absent."""
    fields = json.loads(header_line(_header(golden)))
    assert list(fields) == sorted(Header.__struct_fields__)
    assert len(fields) == 18
    assert fields["on_behalf_of"] is None


def test_leaf_joined_under_the_lock_equals_the_leaf_from_columns(golden: dict[str, str]) -> None:
    """What the appender hashes is what a verifier rebuilds, with texts that try to confuse it."""
    confusing = '"position":0,"recorded_at":0\\"position":0,"recorded_at":0'
    recorded_at = datetime.fromisoformat("2026-03-02T01:30:00+00:00")
    header = msgspec.structs.replace(
        _header(golden), actor_unit=confusing, recorded_at=recorded_at, position=10**15
    )
    payload = b'{"position":0,"recorded_at":0}\n\xff'
    event = EncodedEvent(
        header.originator_id,
        header.version,
        header.topic,
        header.schema_version,
        header.occurred_at,
        payload,
        (),
    )
    act = Act(
        actor_id=header.actor_id,
        actor_role=Role(header.actor_role),
        actor_unit=confusing,
        occurred_at=header.occurred_at,
        occurred_offset_min=header.occurred_offset_min,
        correlation_id=header.correlation_id,
        causation_id=header.causation_id,
        idempotency_key=header.idempotency_key,
    )
    assert header.policy_pack is not None
    assert header.policy_version is not None
    policy = PolicyRef(header.policy_pack, header.policy_version)
    (frame,) = prepare_append(header.ledger, [event], act=act, policy=policy).frames
    leaf = frame.at(format_place(header.position, format_instant(recorded_at)))
    assert leaf == leaf_bytes(header, payload)
    assert len(leaf) == frame.length_max


def test_instants_are_written_in_utc_with_six_digits() -> None:
    """The same instant has one spelling, whatever zone it came in."""
    assert format_instant(datetime.fromisoformat("2026-03-02T09:30:00+08:00")) == (
        "2026-03-02T01:30:00.000000Z"
    )
    with pytest.raises(ValueError, match="time zone"):
        format_instant(datetime(2026, 3, 2))  # noqa: DTZ001 - the fault itself


@pytest.mark.parametrize("field", list(Header.__struct_fields__))
def test_leaf_hash_changes_with_every_field(golden: dict[str, str], field: str) -> None:
    """No column of the header can be altered unseen."""
    header = _header(golden)
    value = getattr(header, field)
    other: object
    match value:
        case int():
            other = value + 1
        case str():
            other = value + "x"
        case datetime():
            other = value.replace(microsecond=(value.microsecond + 1) % 1_000_000)
        case UUID():
            other = UUID(int=value.int + 1)
        case _:
            other = "x"
    changed = msgspec.structs.replace(header, **{field: other})
    assert leaf_hash(leaf_bytes(changed, b"{}")) != leaf_hash(leaf_bytes(header, b"{}"))
