"""Without this file a subscriber with two subscriptions would be told of a policy twice."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.policy import Policy
from domain.policy_terms import interests
from domain.subscription import PushChannel
from projections.subscriptions import ListedSubscription


class Push(NamedTuple):
    """One policy to one subscriber by one channel.

    Attributes:
        policy_id: Stream of the policy.
        version: Stream place of its publication.
        channel: How.
        subscription: To whom, and where the address stands.
        at: Aware instant of the publication.
    """

    policy_id: UUID
    version: int
    channel: PushChannel
    subscription: ListedSubscription
    at: datetime


def pushes(published: Policy.Published, known: Iterable[ListedSubscription]) -> list[Push]:
    """Return whom a published policy goes to, each subscriber once by each channel; pure.

    Where several subscriptions of one subscriber match, the latest one gives the address.

    Args:
        published: The publication.
        known: Subscriptions that stood right before it in the log.
    """
    terms = published.document.terms
    wanted = sorted(
        (each for each in known if interests(terms, each.interest)),
        key=lambda each: (each.subscribed_at, each.subscription_id),
    )
    latest = {(each.subscriber, channel): each for each in wanted for channel in each.channels}
    return [
        Push(
            published.originator_id,
            published.originator_version,
            channel,
            subscription,
            published.timestamp,
        )
        for (_, channel), subscription in latest.items()
    ]
