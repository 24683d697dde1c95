"""Without this file an event would stand in a timeline without what it did to the petition."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

import msgspec

from domain.event_labels import EVENT_LABELS
from domain.running_clocks import RunningClock
from domain.text import Text
from domain.vocabulary import Clock, PetitionState
from projections.event_fields import open_fields

BACKDATED_AFTER: Final = timedelta(hours=24)
"""An act recorded later than this after it is said to have happened is flagged."""

_IMPORTED: Final = frozenset({"petition.case_imported", "petition.imported_outcome"})
_UNIT_CLOCKS: Final = frozenset({Clock.SIGN, Clock.CONTACT, Clock.PLAN})


class EventRow(NamedTuple):
    """One event as the timeline's query reads it."""

    position: int
    originator_id: UUID
    version: int
    topic: str
    schema_version: int
    occurred_at: datetime
    occurred_offset_min: int
    recorded_at: datetime
    actor_id: str
    actor_role: str
    actor_unit: str | None
    on_behalf_of: str | None
    payload: bytes


class TimelineEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One event and how the petition stood after it.

    Attributes:
        position: Log place.
        version: Stream place.
        topic: Stable name of the act; ``label`` is what people call it.
        occurred_at: Aware instant as claimed; ``occurred_offset_min`` gives the local time.
        recorded_at: Aware instant by the ledger's clock.
        backdated: Recorded more than 24 hours after it is said to have happened; never
            for imported events.
        state: State after the event.
        running: Clocks that run after it.
        late: Clocks that it ended after they were due.
        fields: The payload; a personal value is an object with its commitment, and with
            its value where it was opened.
    """

    position: int
    version: int
    topic: str
    label: Text
    occurred_at: datetime
    occurred_offset_min: int
    recorded_at: datetime
    actor_id: str
    actor_role: str
    actor_unit: str | None
    on_behalf_of: str | None
    backdated: bool
    state: PetitionState
    running: tuple[RunningClock, ...]
    late: tuple[Clock, ...]
    fields: dict[str, object]


def make_entry(
    row: EventRow,
    state: PetitionState,
    before: tuple[RunningClock, ...],
    running: tuple[RunningClock, ...],
) -> TimelineEntry:
    """Return the entry of one event, its personal values as commitments. Pure.

    Args:
        row: The event as stored.
        state: State after it.
        before: Clocks that ran before it.
        running: Clocks that run after it.
    """
    return TimelineEntry(
        position=row.position,
        version=row.version,
        topic=row.topic,
        label=EVENT_LABELS[row.topic],
        occurred_at=row.occurred_at,
        occurred_offset_min=row.occurred_offset_min,
        recorded_at=row.recorded_at,
        actor_id=row.actor_id,
        actor_role=row.actor_role,
        actor_unit=row.actor_unit,
        on_behalf_of=row.on_behalf_of,
        backdated=(
            row.topic not in _IMPORTED and row.recorded_at - row.occurred_at > BACKDATED_AFTER
        ),
        state=state,
        running=running,
        late=_ended_late(before, running, row.occurred_at),
        fields=open_fields(bytes(row.payload), ()),
    )


def _ended_late(
    before: tuple[RunningClock, ...], after: tuple[RunningClock, ...], at: datetime
) -> tuple[Clock, ...]:
    # A transfer changes who is under the reply clock and does not end it.
    still = {(each.clock, each.unit if each.clock in _UNIT_CLOCKS else None) for each in after}
    return tuple(
        each.clock
        for each in before
        if each.due_at < at
        and (each.clock, each.unit if each.clock in _UNIT_CLOCKS else None) not in still
    )
