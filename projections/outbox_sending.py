"""Without this file messages would be listed for ever, and never go out."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple, Protocol

from psycopg import Connection

from domain.subscription import PushChannel
from domain.text import Text
from ledger.errors import LedgerError
from ledger.queries import load_queries
from projections.outbox import Message, note_delivered, note_failed, read_undelivered
from projections.outgoing import DeliveryFailedError, Outgoing, read_outgoing

QUERIES: Final = load_queries("projections", "outbox_sending")

RETRIES: Final = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 8 * 60, 24 * 60)
)
"""Pauses between tries; after the last one a message is given up."""


class Delivery(Protocol):
    """One way to hand a message over."""

    def deliver(self, outgoing: Outgoing, at: datetime) -> None:
        """Hand over one message.

        Raises:
            DeliveryFailedError: it was not taken.
        """


class SenderBusyError(LedgerError):
    """Another process sends the messages of this ledger."""

    code = "sender-busy"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "另一个进程正在发送本台账的消息；未发送任何内容，请等其结束后再试。",
                "Another process is sending this ledger's messages; nothing was sent, try again "
                "when it has ended.",
            )
        )


class Sent(NamedTuple):
    """What a round of sending did.

    Attributes:
        delivered: Messages handed over.
        retrying: Messages that will be tried again.
        given_up: Messages that will not.
        unset: Messages left waiting, because nothing is set up for their channel.
    """

    delivered: int = 0
    retrying: int = 0
    given_up: int = 0
    unset: int = 0


def send_messages(
    connection: Connection[Any],
    ways: Mapping[PushChannel, Delivery],
    get_now: Callable[[], datetime],
    *,
    limit: int,
) -> Sent:
    """Send what is due, oldest first, each at least once, and note what became of it.

    Blocking. Each outcome is committed before the next message is sent; a crash in between
    sends one message again, and receivers tell it by its id. One process at a time.

    Args:
        connection: Of the role tz_app, in autocommit mode.
        ways: How to deliver by each channel that is set up.
        get_now: The host's clock, aware.
        limit: Most messages, 1 to ``BATCH_LEN_MAX`` of the outbox.

    Raises:
        SenderBusyError: another process sends.
        ValueError: ``limit`` is out of range.
    """
    row = connection.execute(QUERIES["try_to_lock_sending"]).fetchone()
    if row is None or not row[0]:
        raise SenderBusyError
    try:
        others = sorted(set(PushChannel) - set(ways))
        waiting = connection.execute(QUERIES["count_waiting"], {"channels": others}).fetchone()
        sent = Sent(unset=0 if waiting is None else waiting[0])
        # Those of a channel that is not set up must not keep the others out of the batch.
        due = read_undelivered(connection, get_now(), limit=limit, channels=tuple(ways))
        for message in due:
            sent = _send(connection, ways[message.channel], message, get_now, sent)
        return sent
    finally:
        connection.execute(QUERIES["unlock_sending"])


def _send(
    connection: Connection[Any],
    way: Delivery,
    message: Message,
    get_now: Callable[[], datetime],
    sent: Sent,
) -> Sent:
    try:
        way.deliver(read_outgoing(connection, message), get_now())
    except DeliveryFailedError as failure:
        at = get_now()
        is_last = failure.is_final or message.attempts >= len(RETRIES)
        retry_at = None if is_last else at + RETRIES[message.attempts]
        note_failed(connection, message.message_id, at, failure.reason, retry_at)
        if is_last:
            return sent._replace(given_up=sent.given_up + 1)
        return sent._replace(retrying=sent.retrying + 1)
    note_delivered(connection, message.message_id, get_now())
    return sent._replace(delivered=sent.delivered + 1)
