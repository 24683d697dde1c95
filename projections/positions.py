"""Without this file nobody could tell how far a read model has come, or apply a batch once."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final, LiteralString, NamedTuple
from uuid import UUID

from psycopg import Connection

from ledger.queries import load_queries

QUERIES: Final = load_queries("projections", "positions")

CAUSE_LEN_MAX: Final = 2_000

Fetch = Callable[[LiteralString, dict[str, object]], list[tuple[Any, ...]]]


class ModelStatus(NamedTuple):
    """How far one read model has come.

    Attributes:
        model: Its name.
        position: Last position that its rows contain.
        lag: Events of the log it does not contain yet.
        stopped_position: Event it could not apply, or None while it runs.
        stopped_cause: Why not.
        updated_at: Aware instant of its last move, by the server's clock.
    """

    model: str
    position: int
    lag: int
    stopped_position: int | None
    stopped_cause: str | None
    updated_at: datetime


class PositionMovedError(Exception):
    """Another engine, or a rebuild, moved the model on; nothing was written here."""

    def __init__(self, model: str, after_position: int) -> None:
        super().__init__(f"read model {model} is no longer at position {after_position}")


def positions(connection: Connection[Any]) -> dict[str, int]:
    """Return the last position each read model contains. Blocking, one query."""
    return {status.model: status.position for status in statuses(connection)}


def reached(fetch: Fetch, models: Sequence[str]) -> dict[str, int]:
    """Return how far some models have come, and the log under ``log``. Blocking, one query.

    Args:
        fetch: Returns all rows of a query with parameters.
        models: Their names; what is not known is left out.
    """
    return dict(fetch(QUERIES["read_reached"], {"models": list(models)}))


def statuses(connection: Connection[Any]) -> list[ModelStatus]:
    """Return how far each read model has come, by name. Blocking, one query."""
    rows = connection.execute(QUERIES["read_statuses"], prepare=True).fetchall()
    return [ModelStatus(*row) for row in rows]


def read_ends(connection: Connection[Any], originator_id: UUID) -> tuple[int, int]:
    """Return the end of the log and a stream's last version, both 0 where there is nothing.

    Blocking, one query.
    """
    parameters = {"originator_id": originator_id}
    return connection.execute(QUERIES["read_ends"], parameters, prepare=True).fetchone() or (0, 0)


def add_models(connection: Connection[Any], models: Sequence[str]) -> None:
    """Let unknown models start at the beginning of the log."""
    connection.execute(QUERIES["insert_models"], {"models": list(models)})


def move_position(
    connection: Connection[Any], model: str, after_position: int, position: int
) -> None:
    """Move a model on by compare-and-set, in the transaction that writes its rows.

    The first statement of that transaction: it locks out every other engine and the
    swap of a rebuild until the rows are written.

    Raises:
        PositionMovedError: it is not at ``after_position`` or stands still.
    """
    parameters = {"model": model, "after": after_position, "position": position}
    moved = connection.execute(QUERIES["move_position"], parameters, prepare=True)
    if moved.rowcount != 1:
        raise PositionMovedError(model, after_position)


def stop_model(
    connection: Connection[Any], model: str, after_position: int, poison: int, cause: Exception
) -> None:
    """Record which event a model could not apply, and why."""
    text = f"{type(cause).__name__}: {cause}".replace("\x00", "�")
    parameters = {
        "model": model,
        "after": after_position,
        "stopped_position": poison,
        "stopped_cause": text[:CAUSE_LEN_MAX],
    }
    connection.execute(QUERIES["stop_model"], parameters)


def resume_models(connection: Connection[Any]) -> list[str]:
    """Let every stopped model try again, and return their names."""
    return sorted(row[0] for row in connection.execute(QUERIES["resume_models"]))
