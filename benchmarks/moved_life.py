"""Without this file all lives would begin in one week and belong to one petition."""

from copy import copy
from dataclasses import fields, is_dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from domain.act import Act
from domain.intake_events import Registered
from scenarios.decided_life import DecidedEvent


def move_event(decided: DecidedEvent, delay: timedelta) -> DecidedEvent:
    """Return a decided event some time later, with every instant it speaks of."""
    act = msgspec.structs.replace(decided.act, occurred_at=decided.act.occurred_at + delay)
    return DecidedEvent(
        _later(decided.event, delay), act, decided.policy, decided.entered_at + delay
    )


def hand_over(decided: DecidedEvent, petition_id: UUID, number: str) -> DecidedEvent:
    """Return a decided event as one of another petition, with a number and a key of its own."""
    # As in decoding: `replace` would run the library's constructor, ten times slower.
    event = copy(decided.event)
    event.__dict__["originator_id"] = petition_id
    if isinstance(event, Registered):
        event.__dict__["number"] = number
    return DecidedEvent(event, key_act(decided, petition_id), decided.policy, decided.entered_at)


def key_act(decided: DecidedEvent, petition_id: UUID) -> Act:
    """Return who caused an event of a petition, with a key of its own. Pure."""
    key = f"bench:{petition_id}:{decided.event.originator_version}"
    return msgspec.structs.replace(decided.act, idempotency_key=key)


def _later(value: Any, delay: timedelta) -> Any:  # noqa: ANN401 - whatever an event may hold
    """Return a value with every instant inside it later by so much."""
    match value:
        case datetime():
            return value + delay
        case tuple():
            return tuple(_later(each, delay) for each in value)
        case msgspec.Struct():
            names = value.__struct_fields__
            changes = {name: _later(getattr(value, name), delay) for name in names}
            return msgspec.structs.replace(value, **changes)
        case _ if is_dataclass(value) and not isinstance(value, type):
            changes = {
                field.name: _later(getattr(value, field.name), delay)
                for field in fields(value)
                if field.init
            }
            return replace(value, **changes)
        case _:
            return value
