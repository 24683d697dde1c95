"""Without this file policies would reach those who unsubscribed, or those who came later.

Policies, subscriptions, workspaces and messages are one read model: who is told depends
on the order of both aggregates in the log.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple, assert_never, cast
from uuid import UUID

import msgspec
from psycopg import Connection

from domain.policy import Policy
from domain.subscription import PushChannel, Subscription
from domain.vocabulary import PetitionType
from ledger.codec import DomainEvent
from ledger.queries import load_queries
from projections.model import ReadModel
from projections.outbox import write_messages
from projections.pages import refuse_page_len
from projections.policy_inbox import write_inbox_items
from projections.policy_push import Push, pushes
from projections.subscriptions import (
    ListedSubscription,
    listed,
    read_subscriptions,
    write_subscriptions,
)

QUERIES: Final = load_queries("projections", "policies")


_PolicyEvent = Policy.Created | Policy.Published | Policy.Explained | Policy.Withdrawn
_AnyEvent = _PolicyEvent | Subscription.Created | Subscription.Unsubscribed


class ListedPolicy(NamedTuple):
    """One published policy.

    Attributes:
        policy_id: Its stream.
        number: Document number.
        title: As printed.
        unit: Unit that issued it.
        sha256: Digest of its text.
        industries: Industry codes, none for every industry.
        petition_types: Types of petition it answers, none for all.
        valid_from: First civil day it holds.
        valid_until: Last civil day it holds, or None.
        published_at: Aware instant.
        explained_at: Aware instant of its latest explanation, or None.
        withdrawn_at: Aware instant of its end, or None.
    """

    policy_id: UUID
    number: str
    title: str
    unit: str
    sha256: str
    industries: list[str]
    petition_types: list[str]
    valid_from: date
    valid_until: date | None
    published_at: datetime
    explained_at: datetime | None
    withdrawn_at: datetime | None


class Policies(ReadModel):
    """Tables policy, subscription, policy_inbox and outbox."""

    name = "policies"
    aggregates = (Policy.TOPIC, Subscription.TOPIC)
    tables = ("policy", "subscription", "policy_inbox", "outbox")

    def apply(self, events: Sequence[DomainEvent]) -> None:
        """Enter policies and subscriptions, and push; see the base class."""
        known: dict[UUID, ListedSubscription] = {}
        if any(isinstance(event, Policy.Published) for event in events):
            known = {each.subscription_id: each for each in read_subscriptions(self._connection)}
        published: list[Policy.Published] = []
        explained: dict[UUID, datetime] = {}
        withdrawn: dict[UUID, datetime] = {}
        begun: dict[UUID, ListedSubscription] = {}
        ended: dict[UUID, datetime] = {}
        pushed: list[Push] = []
        for event in events:
            # Topics of the two aggregates decode to these classes alone.
            match decided := cast("_AnyEvent", event):
                case Policy.Created():
                    pass
                case Policy.Published():
                    published.append(decided)
                    pushed += pushes(decided, known.values())
                case Policy.Explained():
                    explained[decided.originator_id] = decided.timestamp
                case Policy.Withdrawn():
                    withdrawn[decided.originator_id] = decided.timestamp
                case Subscription.Created():
                    known[decided.originator_id] = begun[decided.originator_id] = listed(decided)
                case Subscription.Unsubscribed():
                    known.pop(decided.originator_id, None)
                    ended[decided.originator_id] = decided.timestamp
                case _:
                    assert_never(decided)
        self._write_policies(published, explained, withdrawn)
        write_subscriptions(self._connection, begun, ended)
        shown = [push for push in pushed if push.channel is PushChannel.WORKSPACE]
        write_inbox_items(self._connection, shown)
        sent = [push for push in pushed if push.channel is not PushChannel.WORKSPACE]
        write_messages(self._connection, sent)

    def _write_policies(
        self,
        published: Sequence[Policy.Published],
        explained: dict[UUID, datetime],
        withdrawn: dict[UUID, datetime],
    ) -> None:
        if published:
            encoded = msgspec.json.encode([_row(event) for event in published]).decode()
            self._connection.execute(QUERIES["insert_policies"], {"rows": encoded})
        if explained:
            dated = {"policies": list(explained), "instants": list(explained.values())}
            self._connection.execute(QUERIES["date_explanations"], dated)
        if withdrawn:
            dated = {"policies": list(withdrawn), "instants": list(withdrawn.values())}
            self._connection.execute(QUERIES["date_withdrawals"], dated)


def find_policies(
    connection: Connection[Any],
    on: date,
    *,
    industry: str | None,
    petition_type: PetitionType | None,
    limit: int,
) -> list[ListedPolicy]:
    """Return the policies in force for an enterprise, newest first; as ``matches`` decides.

    Blocking, one query.

    Args:
        connection: Of a role that may read the read models.
        on: Civil day of the question.
        industry: Industry code of the enterprise, or None.
        petition_type: What it asks for, or None for anything.
        limit: Most policies, 1 to ``PAGE_LEN_MAX``.

    Raises:
        ValueError: ``limit`` is out of range.
    """
    refuse_page_len(limit)
    parameters = {"on": on, "industry": industry, "petition_type": petition_type, "limit": limit}
    rows = connection.execute(QUERIES["find_policies"], parameters).fetchall()
    return [ListedPolicy(*row) for row in rows]


def _row(event: Policy.Published) -> dict[str, object]:
    document, terms = event.document, event.document.terms
    return {
        "policy_id": event.originator_id,
        "number": event.number,
        "title": document.title,
        "unit": document.unit,
        "sha256": document.sha256,
        "industries": terms.industries,
        "petition_types": terms.petition_types,
        "valid_from": terms.valid_from,
        "valid_until": terms.valid_until,
        "published_at": event.timestamp,
    }
