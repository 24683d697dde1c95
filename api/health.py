"""Without this file a read model that stands still would look like a quiet day."""

from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from api.position_watcher import PositionWatcher
from api.schemas import Name, Position

Status = Literal["healthy", "degraded", "unavailable"]


class ModelHealth(msgspec.Struct, frozen=True, kw_only=True):
    """How far one read model has come.

    Attributes:
        position: Last log place it contains.
        lag: Events of the log it does not contain yet.
        stopped_position: Event it could not apply; the cause is in the log of the server.
    """

    model: Name
    position: Position
    lag: Annotated[int, Meta(ge=0, le=2**53)]
    stopped_position: Position | None


class HealthView(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the API can be used, and how far its read models are behind.

    Attributes:
        status: ``unavailable`` while the database does not answer, ``degraded`` while a
            read model stands still on an event it cannot apply.
        position: End of the log at the last look.
        models: The read models.
    """

    status: Status
    position: Position
    models: Annotated[tuple[ModelHealth, ...], Meta(max_length=100)]


class StatusView(msgspec.Struct, frozen=True):
    """One word on how things stand."""

    status: Literal["alive", "ready", "unavailable"]


ALIVE: Final = StatusView("alive")
READY: Final = StatusView("ready")
UNAVAILABLE: Final = StatusView("unavailable")
EXAMPLE: Final = HealthView(
    status="healthy",
    position=42,
    models=(ModelHealth(model="petitions", position=42, lag=0, stopped_position=None),),
)


def describe_health(watcher: PositionWatcher) -> HealthView:
    """Return how things stand by the watcher's last look; touches no database."""
    seen = watcher.seen
    models = tuple(
        ModelHealth(
            model=status.model,
            position=status.position,
            lag=max(0, status.lag),
            stopped_position=status.stopped_position,
        )
        for status in seen.models.values()
    )
    status: Status = "healthy"
    if not watcher.is_fresh:
        status = "unavailable"
    elif any(each.stopped_position is not None for each in models):
        status = "degraded"
    return HealthView(status=status, position=seen.position, models=models)
