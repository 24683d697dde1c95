"""Without this file a personal value could not be shown at its place in an event."""

from collections.abc import Iterable
from typing import Any, cast

import msgspec


def open_fields(payload: bytes, opened: Iterable[tuple[str, object]]) -> dict[str, object]:
    """Return what an event recorded, personal values beside their commitments; pure.

    Args:
        payload: Canonical JSON of the event.
        opened: JSON pointers and plain values of the personal fields that may be shown.
    """
    fields = msgspec.json.decode(payload, type=dict[str, object])
    for path, value in opened:
        sealed: object = fields
        for step in path.split("/")[1:]:
            sealed = sealed[int(step)] if isinstance(sealed, list) else cast("Any", sealed)[step]
        if isinstance(sealed, dict):
            sealed["value"] = value
    return fields
