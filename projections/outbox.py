"""Without this file a rebuild would send every message again, or a crash would lose one."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID, uuid5

from psycopg import Connection

from domain.policy import Policy
from domain.subscription import PushChannel
from ledger.queries import load_queries
from ledger.reference import NAMESPACE
from projections.policy_push import Push

QUERIES: Final = load_queries("projections", "outbox")

BATCH_LEN_MAX: Final = 1_000
FAILURE_LEN_MAX: Final = 500


class Message(NamedTuple):
    """One message that another process is to send.

    Attributes:
        message_id: The same after every rebuild; receivers tell repeats by it.
        channel: How.
        subscriber: Account it is for.
        address_stream: Stream whose personal value is the address.
        address_version: Stream place of that value.
        address_path: JSON pointer to it; an erased one means: do not send.
        topic: What happened.
        originator_id: Stream in which it happened.
        version: Stream place of it.
        created_at: Aware instant at which it happened.
        attempts: How often sending was tried.
    """

    message_id: UUID
    channel: PushChannel
    subscriber: str
    address_stream: UUID
    address_version: int
    address_path: str
    topic: str
    originator_id: UUID
    version: int
    created_at: datetime
    attempts: int


def message_id(push: Push) -> UUID:
    """Return the id of a message; pure, equal for equal pushes."""
    name = f"{push.policy_id}:{push.version}/{push.channel}/{push.subscription.subscriber}"
    return uuid5(NAMESPACE, f"message/{name}")


def read_undelivered(
    connection: Connection[Any],
    now: datetime,
    *,
    limit: int,
    channels: Collection[PushChannel] = tuple(PushChannel),
) -> list[Message]:
    """Return messages to send now, oldest first; what failed comes back when its time is due.

    Blocking, one query. Two senders at once may both get a message: whoever sends holds
    a lock of its own, and receivers tell repeats by the id.

    Args:
        connection: Of the role tz_app.
        now: Aware instant.
        limit: Most messages, 1 to ``BATCH_LEN_MAX``.
        channels: Only those that go by one of these.

    Raises:
        ValueError: ``limit`` is out of range.
    """
    if not 1 <= limit <= BATCH_LEN_MAX:
        raise ValueError(f"limit {limit} is not within 1 to {BATCH_LEN_MAX}")
    parameters = {"now": now, "limit": limit, "channels": sorted(channels)}
    rows = connection.execute(QUERIES["read_undelivered"], parameters).fetchall()
    return [Message(*row)._replace(channel=PushChannel(row[1])) for row in rows]


def note_delivered(connection: Connection[Any], message: UUID, at: datetime) -> None:
    """Note that a message was sent; it is never offered again, not even after a rebuild."""
    _note(connection, message, at, delivered_at=at)


def note_failed(
    connection: Connection[Any],
    message: UUID,
    at: datetime,
    failure: str,
    retry_at: datetime | None,
) -> None:
    """Note that sending failed.

    Args:
        connection: Of the role tz_app.
        message: Its id.
        at: Aware instant of the attempt.
        failure: Why, without addresses; cut to ``FAILURE_LEN_MAX`` characters.
        retry_at: When to offer it again, None for never.
    """
    text = failure.replace("\x00", "�")[:FAILURE_LEN_MAX]
    _note(connection, message, at, failure=text, retry_at=retry_at)


def _note(
    connection: Connection[Any],
    message: UUID,
    at: datetime,
    *,
    delivered_at: datetime | None = None,
    failure: str | None = None,
    retry_at: datetime | None = None,
) -> None:
    parameters = {
        "message_id": message,
        "at": at,
        "delivered_at": delivered_at,
        "failure": failure,
        "retry_at": retry_at,
    }
    connection.execute(QUERIES["note_delivery"], parameters)


def write_messages(connection: Connection[Any], pushes: Sequence[Push]) -> None:
    """Put messages out; blocking, one statement in the caller's transaction."""
    if pushes:
        parameters = {
            "messages": [message_id(push) for push in pushes],
            "channels": [push.channel.value for push in pushes],
            "subscribers": [push.subscription.subscriber for push in pushes],
            "address_streams": [push.subscription.subscription_id for push in pushes],
            "address_paths": [f"/{push.channel.value}" for push in pushes],
            "topics": [Policy.Published.TOPIC] * len(pushes),
            "originators": [push.policy_id for push in pushes],
            "versions": [push.version for push in pushes],
            "instants": [push.at for push in pushes],
        }
        connection.execute(QUERIES["insert_messages"], parameters)
