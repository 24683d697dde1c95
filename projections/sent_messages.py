"""Without this file nobody could see which messages went out, and which never will."""

from datetime import UTC, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.subscription import PushChannel
from domain.vocabulary import Labelled
from ledger.queries import load_queries
from projections.pages import refuse_page_len

QUERIES: Final = load_queries("projections", "sent_messages")


class DeliveryState(Labelled):
    """What became of a message."""

    WAITING = "waiting", "待发送", "waiting"
    RETRYING = "retrying", "待重试", "to be tried again"
    DELIVERED = "delivered", "已送达", "delivered"
    GIVEN_UP = "given_up", "不再发送", "given up"


class SentMessage(NamedTuple):
    """One message and what became of it; never its address.

    Attributes:
        message_id: The same after every rebuild.
        channel: How.
        subscriber: Account it is for.
        topic: What happened.
        originator_id: Stream in which it happened.
        created_at: Aware instant at which it happened.
        attempts: How often sending was tried.
        attempted_at: Aware instant of the last try, or None.
        retry_at: Aware instant of the next one, or None.
        delivered_at: Aware instant, or None.
        failure: Why the last try failed, or None.
    """

    message_id: UUID
    channel: PushChannel
    subscriber: str
    topic: str
    originator_id: UUID
    created_at: datetime
    attempts: int
    attempted_at: datetime | None
    retry_at: datetime | None
    delivered_at: datetime | None
    failure: str | None

    @property
    def state(self) -> DeliveryState:
        """What became of it."""
        if self.delivered_at is not None:
            return DeliveryState.DELIVERED
        if not self.attempts:
            return DeliveryState.WAITING
        return DeliveryState.GIVEN_UP if self.retry_at is None else DeliveryState.RETRYING

    @property
    def place(self) -> "MessagePlace":
        """Where the page after this message begins."""
        return MessagePlace(self.created_at, self.message_id)


class MessagePlace(NamedTuple):
    """A place in the order of messages, the newest first."""

    created_at: datetime
    message_id: UUID


_NEWEST: Final = MessagePlace(datetime.max.replace(tzinfo=UTC), UUID(int=(1 << 128) - 1))


def list_messages(
    connection: Connection[Any], *, limit: int, before: MessagePlace = _NEWEST
) -> list[SentMessage]:
    """Return a page of messages, the newest first. Blocking, one query.

    Args:
        connection: Of the role tz_app.
        limit: Most messages, 1 to ``PAGE_LEN_MAX``.
        before: Place of the last message already known.

    Raises:
        ValueError: ``limit`` is out of range.
    """
    refuse_page_len(limit)
    parameters = {
        "limit": limit,
        "before_created_at": before.created_at,
        "before_message_id": before.message_id,
    }
    rows = connection.execute(QUERIES["list_messages"], parameters)
    return [SentMessage(*row)._replace(channel=PushChannel(row[1])) for row in rows]
