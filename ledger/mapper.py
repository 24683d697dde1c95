"""Without this file the event-sourcing library would write payloads in its own way."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import cast
from uuid import UUID

from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent

from ledger.codec import DomainEvent, EventCodec
from ledger.personal import PersonalValue


@dataclass(frozen=True)
class LedgerStoredEvent(StoredEvent):
    """The library's stored event with the parts of our header that the event itself decides.

    Attributes:
        schema_version: Shape of the payload, from 1.
        occurred_at: Aware instant as claimed.
        personal: Values behind the payload's commitments; empty when read.
    """

    schema_version: int
    occurred_at: datetime
    personal: tuple[PersonalValue, ...] = field(default=(), repr=False)


class LedgerMapper(Mapper[UUID]):
    """The library's seam to our codec: no compressor, no cipher, canonical bytes only."""

    def __init__(self, codec: EventCodec) -> None:
        super().__init__(JSONTranscoder())
        self._codec = codec

    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> LedgerStoredEvent:
        """Return an event as it will be stored; see ``EventCodec.encode``."""
        encoded = self._codec.encode(cast("DomainEvent", domain_event))
        return LedgerStoredEvent(
            originator_id=encoded.originator_id,
            originator_version=encoded.version,
            topic=encoded.topic,
            state=encoded.payload,
            schema_version=encoded.schema_version,
            occurred_at=encoded.occurred_at,
            personal=encoded.personal,
        )

    def to_domain_event(self, stored_event: StoredEvent) -> DomainEvent:
        """Return the domain event of a stored one; see ``EventCodec.decode``.

        Raises:
            TypeError: the stored event was not read by our recorder.
        """
        if not isinstance(stored_event, LedgerStoredEvent):
            raise TypeError(f"{stored_event!r} lacks schema_version and occurred_at")
        return self._codec.decode(
            stored_event.topic,
            stored_event.schema_version,
            cast("UUID", stored_event.originator_id),
            stored_event.originator_version,
            stored_event.occurred_at,
            stored_event.state,
        )
