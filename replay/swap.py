"""Without this file rebuilt tables could not take the place of the live ones."""

from collections.abc import Sequence
from typing import Any, Final

from psycopg import Connection

from ledger.queries import load_queries
from projections.positions import statuses

QUERIES: Final = load_queries("replay", "swap")


def swap(live: Connection[Any], shadowed: Connection[Any], models: Sequence[str]) -> int | None:
    """Put a shadow's tables in the place of the live ones, unless those are ahead.

    Blocking, one transaction. It takes the models' positions first, as the engine does,
    so that the two wait for one another instead of blocking each other.

    Args:
        live: From ``Shadow.connect``.
        shadowed: From ``Shadow.enter``.
        models: Whose tables.

    Returns:
        The position of the new tables, or None if the live ones hold more.

    Raises:
        psycopg.errors.LockNotAvailable: readers hold the old tables.
        psycopg.errors.DeadlockDetected: a reader wanted them in another order.
    """
    reached = {status.model: status for status in statuses(shadowed)}
    with live.transaction():
        locked = live.execute(QUERIES["lock_positions"], {"models": list(models)}).fetchall()
        if any(reached[model].position < position for model, position in locked):
            return None
        live.execute(QUERIES["swap_tables"])
        for model in models:
            parameters = {"model": model, "position": reached[model].position}
            live.execute(QUERIES["set_position"], parameters)
    return min(reached[model].position for model in models)
