"""Payloads are canonical, complete and readable for ever."""

import json
import re
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

import msgspec
import pytest
from eventsourcing.utils import get_topic

from domain.act import Act
from domain.aggregate import LedgerAggregate
from domain.personal import Personal
from domain.vocabulary import Role
from ledger.canonical import UncanonicalValueError, canonical_bytes
from ledger.codec import EventCodec, PayloadError
from ledger.mapper import LedgerMapper
from ledger.personal import commit_to

FILED_AT = datetime(2026, 3, 2, 9, 30, 0, 5, tzinfo=timezone(timedelta(hours=8)))
ACT = Act(actor_id="a", actor_role=Role.INTAKE, occurred_at=FILED_AT)
ID = UUID(int=7)


class Place(msgspec.Struct, frozen=True):
    """A nested value with a personal part."""

    name: Personal[str]
    floor: int


class Case(LedgerAggregate):
    """An aggregate for the codec's tests."""

    TOPIC = "codec_case"

    class Event(LedgerAggregate.Event):
        """Base of the case's events."""

    class Created(Event, LedgerAggregate.Created):
        """Every kind of field at once."""

        TOPIC: ClassVar[str] = "codec_case.opened"
        role: Role
        seen_at: datetime
        due_on: date
        amount: Decimal
        parent: UUID | None
        places: tuple[Place, ...]
        labels: dict[str, Personal[str]]
        secret: Personal[str]
        nothing: Personal[str]
        is_urgent: bool

    class Moved(Event):
        """An event whose shape changed twice."""

        TOPIC: ClassVar[str] = "codec_case.moved"
        class_version: ClassVar[int] = 3
        to_unit: str
        floor: int

        @staticmethod
        def upcast_v1_v2(state: dict[str, Any]) -> None:
            """Rename the unit."""
            state["to_unit"] = state.pop("unit")

        @staticmethod
        def upcast_v2_v3(state: dict[str, Any]) -> None:
            """Know no floor."""
            state["floor"] = 0


def _opened() -> LedgerAggregate:
    return Case.begin(
        Case.Created,
        ID,
        ACT,
        role=Role.HANDLER,
        seen_at=FILED_AT,
        due_on=date(2026, 3, 16),
        amount=Decimal("12.50"),
        parent=UUID(int=9),
        places=(Place(Personal("王"), 3), Place(Personal("李"), 4)),
        labels={"a/b~c": Personal("x")},
        secret=Personal("机密"),
        nothing=Personal(),
        is_urgent=True,
    )


def _decode(topic: str, schema_version: int, payload: bytes) -> Any:  # noqa: ANN401 - any event
    return EventCodec().decode(topic, schema_version, ID, 1, FILED_AT, payload)


def test_payload_is_canonical_and_holds_no_personal_value() -> None:
    """Sorted ASCII keys, six digits, commitments; header fields stay out."""
    (event,) = _opened().collect_events()
    encoded = EventCodec().encode(event)
    shown = re.sub(rb"[0-9a-f]{64}", b"C", encoded.payload)
    assert shown == (
        b'{"amount":"12.50","due_on":"2026-03-16","is_urgent":true,'
        b'"labels":{"a/b~c":{"commitment":"C"}},"nothing":{"commitment":null},'
        b'"originator_topic":"codec_case","parent":"00000000-0000-0000-0000-000000000009",'
        b'"places":[{"floor":3,"name":{"commitment":"C"}},{"floor":4,"name":{"commitment":"C"}}],'
        b'"role":"handler","secret":{"commitment":"C"},"seen_at":"2026-03-02T01:30:00.000005Z"}'
    )
    assert (encoded.topic, encoded.schema_version, encoded.version) == ("codec_case.opened", 1, 1)
    assert encoded.occurred_at == FILED_AT


def test_personal_values_open_their_commitments() -> None:
    """Each value, by its JSON pointer, gives the commitment at that place of the payload."""
    (event,) = _opened().collect_events()
    encoded = EventCodec().encode(event)
    assert {value.path: json.loads(value.value) for value in encoded.personal} == {
        "/places/0/name": "王",
        "/places/1/name": "李",
        "/labels/a~1b~0c": "x",
        "/secret": "机密",
    }
    assert len({value.salt for value in encoded.personal}) == 4
    secret = next(value for value in encoded.personal if value.path == "/secret")
    payload = json.loads(encoded.payload)
    assert payload["secret"]["commitment"] == commit_to(
        secret.salt, ID, 1, "/secret", '"机密"'.encode()
    )


def test_decoded_event_equals_the_encoded_one_but_for_personal_values() -> None:
    """Types, header fields and the aggregate come back; personal values as commitments."""
    mapper = LedgerMapper(EventCodec())
    (event,) = _opened().collect_events()
    again: Any = mapper.to_domain_event(mapper.to_stored_event(event))
    assert get_topic(type(again)) == "codec_case.opened"
    assert again.secret.value is None
    assert len(again.secret.commitment) == 64
    assert again.nothing == Personal()
    for name in ("originator_id", "originator_version", "role", "due_on", "amount", "parent"):
        assert getattr(again, name) == getattr(event, name)
    assert again.timestamp == again.seen_at == FILED_AT
    case = again.mutate(None)
    assert (case.id, case.version) == (ID, 1)


def test_commitment_equals_its_fixed_example() -> None:
    """The bytes that are committed to never change."""
    assert commit_to(bytes(32), ID, 1, "/secret", b'"x"') == (
        "3379e83a99b6c95728391b85671b955379186becbcbd9e9416bb5dfebffcf21f"
    )


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (1.5, "float"),
        (float("nan"), "float"),
        (2**53, r"below 2\^53"),
        (-(2**53), r"below 2\^53"),
        ({"键": 1}, "ASCII"),
        ({1: 1}, "ASCII"),
        ("a\0b", "NUL"),
        (["x", "a\0b"], "/1: .*NUL"),
        ("\ud800", "surrogate"),
        (FILED_AT.replace(tzinfo=None), "time zone"),
        ({1, 2}, "set has no canonical form"),
        (b"x", "bytes has no canonical form"),
        (timedelta(1), "timedelta"),
        (Personal("x"), "personal"),
    ],
)
def test_canonical_form_is_refused_to_ambiguous_values(value: object, why: str) -> None:
    """What another reader could write or read differently never enters the log."""
    with pytest.raises(UncanonicalValueError, match=why):
        canonical_bytes(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (
            {"b": 1, "a": [None, True, "é", 2**53 - 1]},
            '{"a":[null,true,"é",9007199254740991],"b":1}',
        ),
        (Role.SYSTEM, '"system"'),
        ("\x01\x7f\u2028", '"\\u0001\x7f\u2028"'),
        (Decimal("1.10"), '"1.10"'),
    ],
)
def test_canonical_form_has_one_spelling(value: object, expected: str) -> None:
    """Sorted, without spaces, escaping only what JSON must."""
    assert canonical_bytes(value) == expected.encode()


def test_sealed_personal_value_cannot_be_recorded_anew() -> None:
    """A commitment binds its own event; copying it into another would bind nothing."""
    case = _opened()
    case.collect_events()
    sealed = Personal[str](commitment="0" * 64)
    event = Case.Created(
        **{**vars(_opened().collect_events()[0]), "secret": sealed},
    )
    with pytest.raises(UncanonicalValueError, match="/secret"):
        EventCodec().encode(event)


def test_older_payload_is_upcast_step_by_step() -> None:
    """Each stored version still decodes to today's event."""
    for schema_version, payload in (
        (1, b'{"unit":"u"}'),
        (2, b'{"to_unit":"u"}'),
        (3, b'{"floor":0,"to_unit":"u"}'),
    ):
        moved = _decode("codec_case.moved", schema_version, payload)
        assert (moved.to_unit, moved.floor) == ("u", 0)


@pytest.mark.parametrize(
    ("topic", "schema_version", "payload"),
    [
        ("codec_case.moved", 3, b'{"floor":0,"to_unit":"u","extra":1}'),
        ("codec_case.moved", 1, b'{"unit":"u","extra":1}'),
        ("codec_case.moved", 3, b'{"to_unit":"u"}'),
        ("codec_case.moved", 3, b'{"floor":"0","to_unit":"u"}'),
        ("codec_case.moved", 2, b'{"unit":"u"}'),
        ("codec_case.moved", 1, b'{"other":"u"}'),
        ("codec_case.moved", 4, b"{}"),
        ("codec_case.moved", 0, b"{}"),
        ("codec_case.moved", 3, b"not json"),
        ("codec_case.unknown", 1, b"{}"),
        ("os:system", 1, b"{}"),
    ],
)
def test_unreadable_payload_is_an_error_naming_topic_and_version(
    topic: str, schema_version: int, payload: bytes
) -> None:
    """Nothing in the log is skipped or guessed."""
    with pytest.raises(PayloadError, match=re.escape(topic)) as caught:
        _decode(topic, schema_version, payload)
    assert topic in caught.value.text.zh


def test_unknown_version_is_named() -> None:
    """The text says which version was met and which are known."""
    with pytest.raises(PayloadError, match=r"codec_case\.moved v4 .* versions 1 to 3"):
        _decode("codec_case.moved", 4, b"{}")
