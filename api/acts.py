"""Without this file the life of a session, a policy … could be recorded and never be read."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from uuid import UUID

import msgspec

from api.resource_schemas import ActView, ResourceView, ResourceWritten
from api.schemas import Label
from domain.aggregate import LedgerAggregate
from domain.event_labels import EVENT_LABELS
from domain.resource import Resource
from domain.vocabulary import Labelled
from ledger.header import RecordedEvent
from ledger.receipt import Receipt
from projections.event_fields import open_fields
from projections.timeline_entry import BACKDATED_AFTER

Opened = dict[tuple[int, str], object]
"""Plain personal values by version and JSON pointer."""


def show_resource(
    resource: Resource,
    aggregate: LedgerAggregate,
    events: Sequence[RecordedEvent],
    opened: Opened,
    shown: AbstractSet[int],
    hidden: AbstractSet[int] = frozenset(),
) -> ResourceView:
    """Return an aggregate with its timeline; pure.

    Args:
        resource: What it is one of.
        aggregate: Folded from the events.
        events: All of its events, oldest first.
        opened: Its personal values.
        shown: Versions whose personal values the caller may see.
        hidden: Versions that cite a petition the caller may not know of; nothing they
            recorded is shown.
    """
    state = _state(aggregate)
    return ResourceView(
        id=aggregate.id,
        kind=resource.aggregate.TOPIC,
        kind_label=Label.of(resource.label),
        version=events[-1].version,
        state=None if state is None else state.value,
        state_label=None if state is None else Label.of(state.label),
        timeline=tuple(
            msgspec.structs.replace(act, fields={}) if act.version in hidden else act
            for act in (_act(each, opened if each.version in shown else {}) for each in events)
        ),
    )


def show_written(
    resource: Resource, receipt: Receipt, aggregate: LedgerAggregate | None
) -> ResourceWritten:
    """Return what a command led to; pure.

    Args:
        resource: What it was given to.
        receipt: Of the command.
        aggregate: As it stood after the command, None where it could not be read.
    """
    state = _state(aggregate)
    return ResourceWritten(
        id=receipt.originator_id,
        kind=resource.aggregate.TOPIC,
        version=receipt.version,
        state=None if state is None else state.value,
        state_label=None if state is None else Label.of(state.label),
        first_position=receipt.first_position,
        last_position=receipt.last_position,
        replayed=receipt.replayed,
    )


def path_of(resource: Resource, aggregate_id: UUID | str) -> str:
    """Return the address of one aggregate; pure."""
    return f"/v1/{resource.path}/{aggregate_id}"


def _state(aggregate: LedgerAggregate | None) -> Labelled | None:
    state = getattr(aggregate, "state", None)
    return state if isinstance(state, Labelled) else None


def _act(event: RecordedEvent, opened: Opened) -> ActView:
    values = [
        (path, value) for (version, path), value in opened.items() if version == event.version
    ]
    return ActView(
        position=event.position,
        version=event.version,
        topic=event.topic,
        label=Label.of(EVENT_LABELS[event.topic]),
        occurred_at=event.occurred_at,
        occurred_offset_min=event.occurred_offset_min,
        recorded_at=event.recorded_at,
        actor_id=event.actor_id,
        actor_role=event.actor_role,
        actor_unit=event.actor_unit,
        on_behalf_of=event.on_behalf_of,
        backdated=event.recorded_at - event.occurred_at > BACKDATED_AFTER,
        fields=open_fields(event.payload, values),
    )
