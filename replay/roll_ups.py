"""Without this file a rebuild would add up sixty measures for every step of every petition.

Steps make a few hundred different changes. A shadow keeps which one each step makes, so
that equal ones are counted before they are added up.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from struct import Struct
from typing import Any, Final
from zoneinfo import ZoneInfo

from psycopg import Connection

from domain.measures import MEASURES, Vector
from domain.metrics import Step
from ledger.queries import load_queries
from projections.binary_copy import (
    as_bytea,
    as_smallints,
    as_word,
    copy_rows,
    row_start,
)
from projections.petition_steps import Kind

QUERIES: Final = load_queries("replay", "roll_ups")

_ROW_START: Final = row_start(6)
_DELTA_START: Final = row_start(1 + len(MEASURES))
_CHANGE: Final = Struct("!bh")


def change_rows(kind: Kind, steps: Iterable[Step], instants: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the rows of what one petition's steps change; pure.

    Args:
        kind: What they have in common.
        steps: Of one petition.
        instants: Theirs, from ``step_instants``.
    """
    middle = as_word(kind.petition_type) + as_word(kind.channel) + as_word(kind.region)
    for step, at in zip(steps, instants, strict=True):
        yield b"".join((_ROW_START, as_word(step.unit), middle, at, _as_field(step.delta)))


def copy_changes(connection: Connection[Any], rows: Iterable[bytes]) -> None:
    """Write rows made by ``change_rows``. Blocking."""
    copy_rows(connection, QUERIES["copy_changes"], rows)


def sum_rates(connection: Connection[Any], zone: ZoneInfo) -> None:
    """Make a shadow's roll-ups of what its steps change; blocking, in the caller's transaction.

    Args:
        connection: Sees the shadow first.
        zone: Of the ledger's days.
    """
    found = [bytes(row[0]) for row in connection.execute(QUERIES["read_deltas"])]
    rows = [_DELTA_START + as_bytea(delta) + as_smallints(_as_vector(delta)) for delta in found]
    copy_rows(connection, QUERIES["copy_deltas"], rows)
    connection.execute(QUERIES["give_memory"])
    connection.execute(QUERIES["sum_rates"], {"zone": zone.key})


@lru_cache(maxsize=10_000)
def _as_field(delta: Vector) -> bytes:
    """Return the measures that change, each with its place and by how much."""
    return as_bytea(
        b"".join(_CHANGE.pack(place, change) for place, change in enumerate(delta) if change)
    )


def _as_vector(field: bytes) -> Vector:
    changes = dict(_CHANGE.iter_unpack(field))
    return tuple(changes.get(place, 0) for place in range(len(MEASURES)))
