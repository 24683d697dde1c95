"""Without this file a list of keys could show more of a key than it should."""

from datetime import datetime
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ledger.api_keys import ApiKey


def key_fields(key: "ApiKey", now: datetime) -> dict[str, str | None]:
    """Return what may be shown of a key, in the order of the columns."""
    return {
        "key_id": key.key_id,
        "state": _state(key, now),
        "role": key.role.value,
        "unit": key.unit,
        "account": key.actor_id,
        "name": key.label,
        "created_at": key.created_at.isoformat(timespec="seconds"),
        "expires_at": instant_text(key.expires_at),
        "last_used_at": instant_text(key.last_used_at),
    }


def _state(key: "ApiKey", now: datetime) -> str:
    if key.revoked_at is not None:
        return "revoked"
    return "valid" if key.is_valid(now) else "expired"


def instant_text(instant: datetime | None) -> str | None:
    """Return an instant to the second, or None. Pure."""
    return None if instant is None else instant.isoformat(timespec="seconds")


def print_json(content: dict[str, object]) -> None:
    """Write one JSON object to stdout."""
    import orjson

    click.echo(orjson.dumps(content).decode())
