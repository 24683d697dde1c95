"""Without this file answers about sessions, enterprises, policies … would have no shape."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from msgspec import Meta

from api.schemas import Label, Name, Position, Version


class ResourceWritten(msgspec.Struct, frozen=True, kw_only=True):
    """What a write to something else than a petition led to.

    Attributes:
        id: What was begun or written to.
        kind: Stable name of what it is, with which the topics of its events begin.
        version: Its version after the write; send it as ``If-Match`` with the next one.
        state: Its state after the write; null where it has none.
        state_label: What people call that state.
        first_position: Log place of the first event recorded.
        last_position: Log place of the last one; read with ``wait_for`` of this.
        replayed: Whether this is the answer to an earlier, equal request.
    """

    id: UUID
    kind: Name
    version: Version
    state: Name | None
    state_label: Label | None
    first_position: Position
    last_position: Position
    replayed: bool


class ActView(msgspec.Struct, frozen=True, kw_only=True):
    """One event in the life of something else than a petition.

    Attributes:
        position: Log place.
        version: Stream place.
        topic: Stable name of the act.
        label: What people call it.
        occurred_at: When it happened, as claimed.
        occurred_offset_min: Offset of the claimed local time from UTC, minutes.
        recorded_at: When the ledger recorded it.
        actor_id: Account that acted.
        actor_role: Role it acted in.
        actor_unit: Unit it acted for.
        on_behalf_of: Account it spoke for.
        backdated: Recorded more than 24 hours after it is said to have happened.
        fields: What was recorded; a personal value is an object with its commitment, and
            with its value where the caller may see it.
    """

    position: Position
    version: Version
    topic: Name
    label: Label
    occurred_at: datetime
    occurred_offset_min: Annotated[int, Meta(ge=-840, le=840)]
    recorded_at: datetime
    actor_id: Name
    actor_role: Name
    actor_unit: Name | None
    on_behalf_of: Name | None
    backdated: bool
    fields: dict[str, Any]


class ResourceView(msgspec.Struct, frozen=True, kw_only=True):
    """Something else than a petition, with everything that happened to it, oldest first.

    Attributes:
        id: Its id.
        kind: Stable name of what it is.
        kind_label: What people call that.
        version: Its version.
        state: Its state; null where it has none.
        state_label: What people call that state.
        timeline: Its acts.
    """

    id: UUID
    kind: Name
    kind_label: Label
    version: Version
    state: Name | None
    state_label: Label | None
    timeline: Annotated[tuple[ActView, ...], Meta(max_length=100_000)]
