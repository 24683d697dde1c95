"""Without this file inbox, activities and messages would have no shape to rely on."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from api.schemas import Count, Label, Name, Token
from domain.event_labels import EVENT_LABELS
from domain.subscription import PushChannel
from domain.text import Text
from projections.activity_counts import ActivityCount
from projections.incomplete_scopes import IncompleteScope
from projections.policy_inbox import InboxItem
from projections.sent_messages import DeliveryState, SentMessage

Items = Meta(max_length=500)


class InboxLine(msgspec.Struct, frozen=True, kw_only=True):
    """One policy in the caller's workspace, as it stands now."""

    policy_id: UUID
    number: Name
    title: str
    unit: Name
    sha256: Name
    valid_from: date
    valid_until: date | None
    pushed_at: datetime
    explained_at: datetime | None
    withdrawn_at: datetime | None

    @classmethod
    def of(cls, item: InboxItem) -> "InboxLine":
        """Return the view of an item."""
        return cls(**item._asdict())


class InboxPage(msgspec.Struct, frozen=True, kw_only=True):
    """What was pushed to the caller, the newest first."""

    items: Annotated[tuple[InboxLine, ...], Items]
    next_cursor: Token | None
    next: Token | None


class ActivityLine(msgspec.Struct, frozen=True, kw_only=True):
    """What was done in a period under one topic and key; ``amount_fen`` is in fen."""

    topic: Name
    label: Label
    key: Name
    items: Count
    unit_times: Count
    person_times: Count
    amount_fen: Annotated[int, Meta(ge=-(2**53), le=2**53)]

    @classmethod
    def of(cls, count: ActivityCount) -> "ActivityLine":
        """Return the view of a count."""
        return cls(**count._asdict(), label=topic_label(count.topic))


class ActivityCountsView(msgspec.Struct, frozen=True, kw_only=True):
    """What was done from one local day to another, both included; null is without an end."""

    since: date | None
    until: date | None
    items: Annotated[tuple[ActivityLine, ...], Meta(max_length=10_000)]


class ScopeLine(msgspec.Struct, frozen=True, kw_only=True):
    """Petitions of which not all are on record, and why; null is any."""

    unit: Name | None
    petition_type: Name | None
    channel: Name | None
    region: Name | None
    reason: str

    @classmethod
    def of(cls, scope: IncompleteScope) -> "ScopeLine":
        """Return the view of a scope."""
        return cls(**msgspec.structs.asdict(scope.extent), reason=scope.reason)


class MessageLine(msgspec.Struct, frozen=True, kw_only=True):
    """One outgoing message and what became of it; never its address."""

    message_id: UUID
    channel: PushChannel
    channel_label: Label
    subscriber: Name
    topic: Name
    originator_id: UUID
    created_at: datetime
    state: DeliveryState
    state_label: Label
    attempts: Count
    attempted_at: datetime | None
    retry_at: datetime | None
    delivered_at: datetime | None
    failure: str | None

    @classmethod
    def of(cls, message: SentMessage) -> "MessageLine":
        """Return the view of a message."""
        return cls(
            **message._asdict(),
            channel_label=Label.of(message.channel.label),
            state=message.state,
            state_label=Label.of(message.state.label),
        )


class MessagePage(msgspec.Struct, frozen=True, kw_only=True):
    """Outgoing messages, the newest first."""

    items: Annotated[tuple[MessageLine, ...], Items]
    next_cursor: Token | None
    next: Token | None


def topic_label(topic: str) -> Label:
    """Return what people call an act. Pure."""
    return Label.of(EVENT_LABELS.get(topic, Text(topic, topic)))
