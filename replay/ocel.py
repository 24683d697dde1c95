"""Without this file both forms of an object-centric log would name their attributes apart."""

from datetime import UTC, datetime
from typing import Final

from replay.process_objects import ObjectType

EVENT_ATTRIBUTES: Final = {
    "position": "integer",
    "recorded_at": "time",
    "role": "string",
    "cycle": "integer",
    "pack": "string",
    "state": "string",
    "working_minutes": "integer",
    "late": "boolean",
    "backdated": "boolean",
}
"""Attributes of every event, with their types in OCEL 2.0."""

OBJECT_ATTRIBUTES: Final = {
    kind: ("state", "due", "type", "channel", "region") if kind is ObjectType.PETITION else ()
    for kind in ObjectType
}
"""Attributes of every type of object; all are texts, due an instant in ISO 8601."""


def instant_text(at: datetime) -> str:
    """Return an instant as every log of this kind writes it: UTC, six digits, Z. Pure."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
