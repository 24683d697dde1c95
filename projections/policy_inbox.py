"""Without this file a subscriber's workspace would stay empty."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg import Connection

from ledger.queries import load_queries
from projections.pages import refuse_page_len
from projections.policy_push import Push

QUERIES: Final = load_queries("projections", "policy_inbox")


class InboxItem(NamedTuple):
    """One policy in a workspace, as it stands now.

    Attributes:
        policy_id: Its stream.
        number: Document number.
        title: As printed.
        unit: Unit that issued it.
        sha256: Digest of its text.
        valid_from: First civil day it holds.
        valid_until: Last civil day it holds, or None.
        pushed_at: Aware instant of its publication.
        explained_at: Aware instant of its latest explanation, or None.
        withdrawn_at: Aware instant of its end, or None.
    """

    policy_id: UUID
    number: str
    title: str
    unit: str
    sha256: str
    valid_from: date
    valid_until: date | None
    pushed_at: datetime
    explained_at: datetime | None
    withdrawn_at: datetime | None

    @property
    def place(self) -> "InboxPlace":
        """Where the page after this item begins."""
        return InboxPlace(self.pushed_at, self.policy_id)


class InboxPlace(NamedTuple):
    """A place in the order of an inbox."""

    pushed_at: datetime
    policy_id: UUID


_NEWEST: Final = InboxPlace(datetime.max.replace(tzinfo=UTC), UUID(int=(1 << 128) - 1))


def read_inbox(
    connection: Connection[Any], subscriber: str, *, limit: int, before: InboxPlace = _NEWEST
) -> list[InboxItem]:
    """Return a page of what was pushed to a subscriber, newest first.

    Blocking, one query by index.

    Args:
        connection: Of a role that may read the read models.
        subscriber: Account.
        limit: Most items, 1 to ``PAGE_LEN_MAX``.
        before: Place of the last item already known.

    Raises:
        ValueError: ``limit`` is out of range.
    """
    refuse_page_len(limit)
    parameters = {
        "subscriber": subscriber,
        "before_at": before.pushed_at,
        "before_policy": before.policy_id,
        "limit": limit,
    }
    rows = connection.execute(QUERIES["read_inbox"], parameters).fetchall()
    return [InboxItem(*row) for row in rows]


def write_inbox_items(connection: Connection[Any], pushes: Sequence[Push]) -> None:
    """Push to workspaces; blocking, one statement in the caller's transaction."""
    if pushes:
        parameters = {
            "subscribers": [push.subscription.subscriber for push in pushes],
            "policies": [push.policy_id for push in pushes],
            "subscriptions": [push.subscription.subscription_id for push in pushes],
            "instants": [push.at for push in pushes],
        }
        connection.execute(QUERIES["insert_inbox_items"], parameters)
