"""Without this file stored payloads could not become domain events again.

The mapper of the event-sourcing library and the projections decode through the
same function, so that a projection cannot see another event than the aggregate.
"""

from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from typing import Any, cast, get_type_hints
from uuid import UUID

import msgspec
from eventsourcing.domain import CanMutateAggregate
from eventsourcing.utils import TopicError, get_topic, resolve_topic
from msgspec.structs import asdict

from domain.text import Text
from ledger.canonical import to_bytes, to_plain
from ledger.errors import LedgerError
from ledger.personal import PersonalValue, Sealer, draw_salt

DomainEvent = CanMutateAggregate[UUID]

_HEADER_FIELDS = frozenset({"originator_id", "originator_version", "timestamp"})


class PayloadError(LedgerError):
    """A stored payload does not have the shape this program knows for its topic."""

    code = "payload-unreadable"

    def __init__(self, topic: str, schema_version: int, why: str) -> None:
        super().__init__(
            Text(
                f"事件 {topic} v{schema_version} 的内容无法读取：{why}。日志未改动；"
                "请升级程序，或补写升级转换。",
                f"The payload of {topic} v{schema_version} cannot be read: {why}. The log is "
                "unchanged; upgrade the program or add the missing upcast.",
            )
        )


class EncodedEvent(msgspec.Struct, frozen=True):
    """An event ready to be stored, but for who caused it and where it goes in the log."""

    originator_id: UUID
    version: int
    topic: str
    schema_version: int
    occurred_at: datetime
    payload: bytes
    personal: tuple[PersonalValue, ...]


class _Shape:
    """How one event class is stored: its fields, checked by a struct made from them."""

    def __init__(self, event_class: type[DomainEvent], topic: str) -> None:
        self.event_class = event_class
        self.topic = topic
        self.schema_version: int = getattr(event_class, "class_version", 1)
        hints = get_type_hints(event_class, include_extras=True)
        self.names = tuple(
            field.name
            for field in fields(cast("Any", event_class))
            if field.name not in _HEADER_FIELDS
        )
        self.struct = msgspec.defstruct(
            event_class.__name__,
            [(name, hints[name]) for name in self.names],
            forbid_unknown_fields=True,
        )
        self.decoder = msgspec.json.Decoder(self.struct)

    def upcast(self, payload: bytes, schema_version: int) -> dict[str, Any]:
        if not 1 <= schema_version < self.schema_version:
            raise PayloadError(
                self.topic,
                schema_version,
                f"this program knows versions 1 to {self.schema_version}",
            )
        state = msgspec.json.decode(payload, type=dict[str, Any])
        for version in range(schema_version, self.schema_version):
            getattr(self.event_class, f"upcast_v{version}_v{version + 1}")(state)
        return asdict(msgspec.convert(state, self.struct))


class EventCodec:
    """Turns domain events into canonical payloads, and back.

    Safe to share between threads. Classes are found by topic, so the modules of
    the aggregates must have been imported.

    Args:
        salt: As of ``Sealer``.
    """

    def __init__(self, salt: Callable[[], bytes] = draw_salt) -> None:
        self._salt = salt
        self._shapes: dict[str, _Shape] = {}

    def encode(self, event: DomainEvent) -> EncodedEvent:
        """Return an event with its canonical payload and its sealed personal values.

        Draws a salt for every personal field.

        Raises:
            UncanonicalValueError: a field holds a value without canonical form.
        """
        shape = self._shape(get_topic(type(event)))
        sealer = Sealer(event.originator_id, event.originator_version, self._salt)
        payload = to_bytes(
            {name: to_plain(getattr(event, name), f"/{name}", sealer.seal) for name in shape.names}
        )
        return EncodedEvent(
            originator_id=event.originator_id,
            version=event.originator_version,
            topic=shape.topic,
            schema_version=shape.schema_version,
            occurred_at=event.timestamp,
            payload=payload,
            personal=tuple(sealer.values),
        )

    def decode(
        self,
        topic: str,
        schema_version: int,
        originator_id: UUID,
        version: int,
        occurred_at: datetime,
        payload: bytes,
    ) -> DomainEvent:
        """Return the domain event of a stored payload, upcast to today's shape.

        Pure. As in the library, ``__init__`` and ``__post_init__`` do not run;
        personal fields hold their commitment alone.

        Args:
            topic: Stored topic.
            schema_version: Shape the payload was written in, from 1.
            originator_id: Stream.
            version: Stream place.
            occurred_at: Aware instant; becomes the event's ``timestamp``.
            payload: Stored bytes.

        Raises:
            PayloadError: the topic or version is unknown, or the payload has a
                missing, unknown or ill-typed field.
        """
        shape = self._shapes.get(topic) or self._shape(topic)
        try:
            if schema_version == shape.schema_version:
                state = asdict(shape.decoder.decode(payload))
            else:
                state = shape.upcast(payload, schema_version)
        except (msgspec.MsgspecError, AttributeError, KeyError) as error:
            raise PayloadError(topic, schema_version, str(error)) from error
        state["originator_id"] = originator_id
        state["originator_version"] = version
        state["timestamp"] = occurred_at
        event = object.__new__(shape.event_class)
        object.__setattr__(event, "__dict__", state)
        return event

    def _shape(self, topic: str) -> _Shape:
        shape = self._shapes.get(topic)
        if shape is None:
            try:
                event_class = resolve_topic(topic)
            except TopicError as error:
                raise PayloadError(topic, 0, "the topic is unknown to this program") from error
            if not (isinstance(event_class, type) and issubclass(event_class, CanMutateAggregate)):
                raise PayloadError(topic, 0, "the topic names no event")
            shape = self._shapes[topic] = _Shape(event_class, topic)
        return shape
