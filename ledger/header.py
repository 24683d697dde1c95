"""Without this file an event would not say who caused it, when, and under which rules."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec


class PolicyRef(msgspec.Struct, frozen=True):
    """The version of the policy pack an act was judged by."""

    pack: str
    version: int


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """The closed list of facts about an event, each a column of table ``event``.

    Attributes:
        ledger: Name of the ledger, unique among the ledgers of one operator.
        position: Log place, dense from 1 in commit order.
        originator_id: Stream, that is the aggregate.
        version: Stream place, contiguous.
        topic: ``aggregate.verb``; data for ever.
        schema_version: Shape of the payload, from 1.
        occurred_at: Aware instant as claimed.
        occurred_offset_min: Offset of the claimed local time from UTC, minutes.
        recorded_at: Aware instant by the ledger's clock, never decreasing along the log.
        actor_id: Account of whoever acted.
        actor_role: Role in which they acted.
        actor_unit: Unit they acted for.
        on_behalf_of: Account of the person they spoke for.
        policy_pack: Policy pack that applied.
        policy_version: Its version.
        correlation_id: Joins events of one business act.
        causation_id: ``originator_id:version`` of the event that led here.
        idempotency_key: The caller's key.

    Source:
        architecture.md §3.
    """

    ledger: str
    position: int
    originator_id: UUID
    version: int
    topic: str
    schema_version: int
    occurred_at: datetime
    occurred_offset_min: int
    recorded_at: datetime
    actor_id: str
    actor_role: str
    actor_unit: str | None
    on_behalf_of: str | None
    policy_pack: str | None
    policy_version: int | None
    correlation_id: UUID | None
    causation_id: str | None
    idempotency_key: str | None


class RecordedEvent(Header, frozen=True, kw_only=True):
    """An event as it stands in the log: header, payload bytes, and the hash of its leaf."""

    payload: bytes
    leaf_hash: bytes


def format_instant(instant: datetime) -> str:
    """Return an instant as the log writes it: UTC, six digits, ``Z``.

    Pure.

    Raises:
        ValueError: the instant has no time zone.
    """
    if instant.tzinfo is None:
        raise ValueError(f"{instant!r} has no time zone; pass an aware instant")
    if instant.tzinfo is not UTC:
        instant = instant.astimezone(UTC)
    return instant.isoformat(timespec="microseconds")[:-6] + "Z"
