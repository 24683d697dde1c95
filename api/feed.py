"""Without this file the log would have no shape that another system could follow."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from msgspec import Meta

from api.schemas import Name, Position, Version
from api.services import Services
from api.withholding import cited_ids, hidden_ids
from domain.petition import Petition
from domain.principal import Principal
from domain.visibility import may_see
from domain.vocabulary import Role
from ledger.header import RecordedEvent
from projections.current_facts import read_current_facts

FEED_ROLES = frozenset({Role.SUPERVISION, Role.STATISTICIAN, Role.ADMIN, Role.SYSTEM})
"""Roles that may follow the whole log; it holds case facts, though no personal value."""

PAGE_LEN_MAX = 500


class FeedEvent(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="event"):
    """One event of the log as recorded; personal values are commitments.

    Attributes:
        ledger: Name of the ledger.
        position: Place in the log; the next event's is higher by exactly 1.
        originator_id: Stream: the petition, roster or policy pack.
        version: Place in the stream.
        topic: What happened.
        schema_version: Shape of the payload.
        occurred_at: When it happened, as claimed.
        occurred_offset_min: Offset of the claimed local time from UTC, minutes.
        recorded_at: When the ledger recorded it; never decreasing along the log.
        actor_id: Account that acted.
        actor_role: Role it acted in.
        actor_unit: Unit it acted for.
        on_behalf_of: Account it spoke for.
        policy_pack: Policy pack that applied.
        policy_version: Its version.
        correlation_id: Joins the events of one business act.
        causation_id: ``originator_id:version`` of the event that led here.
        idempotency_key: The caller's key.
        payload: What was recorded.
        leaf_hash: SHA-256 of the event's leaf, 64 hex digits.
    """

    ledger: Name
    position: Position
    originator_id: UUID
    version: Version
    topic: Name
    schema_version: Annotated[int, Meta(ge=1, le=10_000)]
    occurred_at: datetime
    occurred_offset_min: Annotated[int, Meta(ge=-840, le=840)]
    recorded_at: datetime
    actor_id: Name
    actor_role: Name
    actor_unit: Name | None
    on_behalf_of: Name | None
    policy_pack: Name | None
    policy_version: Annotated[int, Meta(ge=0, le=2**31 - 1)] | None
    correlation_id: UUID | None
    causation_id: Name | None
    idempotency_key: Annotated[str, Meta(max_length=255)] | None
    payload: dict[str, Any]
    leaf_hash: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]

    @classmethod
    def of(cls, event: RecordedEvent) -> "FeedEvent":
        """Return the event as the feed shows it."""
        header = {name: getattr(event, name) for name in _HEADER}
        payload = msgspec.json.decode(event.payload, type=dict[str, Any])
        return cls(**header, payload=payload, leaf_hash=event.leaf_hash.hex())


class WithheldEvent(msgspec.Struct, frozen=True, tag_field="type", tag="withheld"):
    """An event of, or about, a petition that the caller may not know of; its place alone."""

    position: Position


class FeedPage(msgspec.Struct, frozen=True):
    """One page of the log. Ask again with ``after`` = ``next_after``."""

    items: Annotated[tuple[FeedEvent | WithheldEvent, ...], Meta(max_length=PAGE_LEN_MAX)]
    next_after: Position


_PETITION = f"{Petition.TOPIC}."
_HEADER = tuple(
    name for name in FeedEvent.__struct_fields__ if name not in {"payload", "leaf_hash"}
)


def read_feed(
    serving: Services, caller: Principal, after: int, limit: int
) -> tuple[FeedEvent | WithheldEvent, ...]:
    """Return a page of the log, oldest first, as far as the caller may see it. Blocking.

    Args:
        serving: Of the ledger.
        caller: Who asks.
        after: Last position already known.
        limit: Most events, 1 to ``PAGE_LEN_MAX``.
    """
    events = serving.ledger.reader.read_log(after, limit)
    petitions = {each.originator_id for each in events if each.topic.startswith(_PETITION)}
    cited = {each.position: frozenset(cited_ids(each)) for each in events}
    with serving.sessions.snapshot() as connection:
        facts = read_current_facts(connection, petitions)
        hidden = hidden_ids(connection, caller, frozenset[UUID]().union(*cited.values()))
    withheld = hidden | {each.petition_id for each in facts.values() if not may_see(caller, each)}
    return tuple(
        WithheldEvent(each.position)
        if each.originator_id in withheld or cited[each.position] & hidden
        else FeedEvent.of(each)
        for each in events
    )
