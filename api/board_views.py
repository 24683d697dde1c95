"""Without this file promises and the backlog would have no shape to rely on."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from api.schemas import Count, Label, Name, Token
from domain.tracked_promises import PromiseKind, PromiseState
from projections.backlog import BacklogLine
from projections.promise_ledger import PromiseLine

Items = Meta(max_length=500)
Parts = Meta(max_length=100_000)


class PromiseView(msgspec.Struct, frozen=True, kw_only=True):
    """One promise: who, what for, by when, and how it stands."""

    source_id: UUID
    kind: PromiseKind
    kind_label: Label
    cycle: Count
    promise: Count
    unit: Name
    petition_id: UUID | None
    number: Name | None
    made_at: datetime
    due_at: datetime
    followed_up_at: datetime | None
    settled_at: datetime | None
    state: PromiseState
    state_label: Label

    @classmethod
    def of(cls, line: PromiseLine) -> "PromiseView":
        """Return the view of a line."""
        labels = (Label.of(line.kind.label), Label.of(line.state.label))
        return cls(**line._asdict(), kind_label=labels[0], state_label=labels[1])


class PromisePage(msgspec.Struct, frozen=True, kw_only=True):
    """Promises as they stood, next due first; `unit` is null for all units."""

    unit: Name | None
    as_of: datetime
    items: Annotated[tuple[PromiseView, ...], Items]
    next_cursor: Token | None
    next: Token | None


class BacklogView(msgspec.Struct, frozen=True, kw_only=True):
    """One stay on the backlog list; a past promise or review is overdue while it is listed."""

    petition_id: UUID
    stay: Count
    number: Name | None
    unit: Name
    listed_at: datetime
    promised_at: datetime
    promise_overdue: bool
    review_due_at: datetime | None
    review_overdue: bool
    reviews: Count
    reviewed_at: datetime | None
    cleared_at: datetime | None
    ended_at: datetime | None
    listed: bool

    @classmethod
    def of(cls, line: BacklogLine, as_of: datetime) -> "BacklogView":
        """Return the view of a line at an instant."""
        due_at = line.review_due_at
        return cls(
            **line._asdict(),
            promise_overdue=line.is_listed and as_of > line.promised_at,
            review_overdue=line.is_listed and due_at is not None and as_of > due_at,
            listed=line.is_listed,
        )


class BacklogPage(msgspec.Struct, frozen=True, kw_only=True):
    """The backlog as it was, the longest listed first; `unit` is null for all units."""

    unit: Name | None
    as_of: datetime
    items: Annotated[tuple[BacklogView, ...], Items]
    next_cursor: Token | None
    next: Token | None
