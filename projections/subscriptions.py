"""Without this file nobody would know who is to be told of a policy."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec
from psycopg import Connection

from domain.policy_terms import Interest
from domain.subscription import PushChannel, Subscription
from domain.vocabulary import PetitionType
from ledger.queries import load_queries

QUERIES: Final = load_queries("projections", "subscriptions")


class ListedSubscription(NamedTuple):
    """One wish to be told of policies.

    Attributes:
        subscription_id: Its stream, whose first event holds the addresses.
        subscriber: Account.
        interest: What it wants to hear of.
        channels: How it is told.
        subscribed_at: Aware instant.
    """

    subscription_id: UUID
    subscriber: str
    interest: Interest
    channels: tuple[PushChannel, ...]
    subscribed_at: datetime


def read_subscriptions(
    connection: Connection[Any], subscriber: str | None = None
) -> list[ListedSubscription]:
    """Return the subscriptions that have not ended, of everybody or of one account, newest first.

    Blocking, one query.
    """
    if subscriber is None:
        cursor = connection.execute(QUERIES["read_subscriptions"])
    else:
        cursor = connection.execute(QUERIES["read_subscriptions_of"], {"subscriber": subscriber})
    return [
        ListedSubscription(
            subscription_id,
            account,
            Interest(
                industries=tuple(industries),
                petition_types=tuple(PetitionType(value) for value in petition_types),
            ),
            tuple(PushChannel(channel) for channel in channels),
            subscribed_at,
        )
        for subscription_id, account, industries, petition_types, channels, subscribed_at in cursor
    ]


def listed(event: Subscription.Created) -> ListedSubscription:
    """Return a subscription as its birth event states it; pure."""
    return ListedSubscription(
        event.originator_id, event.subscriber, event.interest, event.channels, event.timestamp
    )


def write_subscriptions(
    connection: Connection[Any],
    begun: Mapping[UUID, ListedSubscription],
    ended: Mapping[UUID, datetime],
) -> None:
    """Enter and end subscriptions; blocking, two statements in the caller's transaction."""
    if begun:
        rows = [
            {
                "subscription_id": each.subscription_id,
                "subscriber": each.subscriber,
                "industries": each.interest.industries,
                "petition_types": each.interest.petition_types,
                "channels": each.channels,
                "subscribed_at": each.subscribed_at,
            }
            for each in begun.values()
        ]
        encoded = msgspec.json.encode(rows).decode()
        connection.execute(QUERIES["insert_subscriptions"], {"rows": encoded})
    if ended:
        parameters = {"subscriptions": list(ended), "instants": list(ended.values())}
        connection.execute(QUERIES["end_subscriptions"], parameters)
