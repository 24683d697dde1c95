"""Without this file a process log would tell of single petitions by the few that a unit has."""

import sqlite3
from typing import Final

from replay.process_objects import ObjectType

POOLED: Final = "small-units"
"""Object that stands for every unit that too few petitions have to do with."""
_FEWEST: Final = 2
"""One unit alone in the pool would be known by it."""
# Acts on a petition alone count: a session on ten petitions makes nobody's petitions ten.
_UNITS: Final = """
SELECT related.ocel_object_id, count(DISTINCT petition.ocel_id)
FROM event_object AS related
JOIN object AS unit ON unit.ocel_id = related.ocel_object_id AND unit.ocel_type = 'unit'
LEFT JOIN event_object AS beside
    ON beside.ocel_event_id = related.ocel_event_id AND beside.ocel_qualifier = 'subject'
LEFT JOIN object AS petition
    ON petition.ocel_id = beside.ocel_object_id AND petition.ocel_type = 'petition'
GROUP BY related.ocel_object_id
ORDER BY 2, 1
"""
_MEMBERS: Final = (
    ("event_object", "ocel_object_id"),
    ("object_object", "ocel_source_id"),
    ("object_object", "ocel_target_id"),
)


def pool_small_units(database: sqlite3.Connection, petitions_min: int) -> frozenset[str]:
    """Put one object in the place of units with few petitions, and return which they were.

    Blocking; in the caller's transaction.

    Args:
        database: An OCEL 2.0 file that is being written.
        petitions_min: Units with fewer are pooled, and the next one where it would be alone.
    """
    sizes = [(str(unit), int(found)) for unit, found in database.execute(_UNITS)]
    small = sum(found < petitions_min for _, found in sizes)
    pooled = [(unit,) for unit, _ in sizes[: max(small, _FEWEST) if small else 0]]
    if not pooled:
        return frozenset()
    (first,) = database.execute("SELECT min(ocel_time) FROM object_unit").fetchone()
    for table, column in _MEMBERS:
        database.executemany(
            f"UPDATE OR IGNORE {table} SET {column} = '{POOLED}' WHERE {column} = ?",  # noqa: S608 - names of ours
            pooled,
        )
        database.executemany(f"DELETE FROM {table} WHERE {column} = ?", pooled)  # noqa: S608 - as above
    for table in ("object", "object_unit"):
        database.executemany(f"DELETE FROM {table} WHERE ocel_id = ?", pooled)  # noqa: S608 - as above
    database.execute("INSERT INTO object VALUES (?, ?)", (POOLED, ObjectType.UNIT.value))
    database.execute("INSERT INTO object_unit VALUES (?, ?, NULL)", (POOLED, first))
    return frozenset(unit for (unit,) in pooled)
