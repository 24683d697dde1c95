"""Without this file object-centric process mining would need an importer of its own."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from replay.ocel import EVENT_ATTRIBUTES, OBJECT_ATTRIBUTES, instant_text
from replay.process_log import ProcessCase
from replay.process_objects import ObjectType
from replay.small_units import pool_small_units

_SQL_TYPES: Final = {"integer": "INTEGER", "boolean": "INTEGER", "time": "TEXT", "string": "TEXT"}
_PLACES: Final = ", ".join("?" * (2 + len(EVENT_ATTRIBUTES)))
_TABLES: Final = """
CREATE TABLE event (ocel_id TEXT PRIMARY KEY, ocel_type TEXT NOT NULL);
CREATE TABLE object (ocel_id TEXT PRIMARY KEY, ocel_type TEXT NOT NULL);
CREATE TABLE event_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT NOT NULL);
CREATE TABLE object_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT NOT NULL);
CREATE TABLE event_object (
    ocel_event_id TEXT NOT NULL,
    ocel_object_id TEXT NOT NULL,
    ocel_qualifier TEXT NOT NULL,
    PRIMARY KEY (ocel_event_id, ocel_object_id, ocel_qualifier)
);
CREATE TABLE object_object (
    ocel_source_id TEXT NOT NULL,
    ocel_target_id TEXT NOT NULL,
    ocel_qualifier TEXT NOT NULL,
    PRIMARY KEY (ocel_source_id, ocel_target_id, ocel_qualifier)
);
"""


class Written(NamedTuple):
    """What a process log holds, and which units stand in it as one."""

    events: int
    objects: int
    withheld: int
    pooled: frozenset[str] = frozenset()


def write_ocel_sqlite(
    path: Path, cases: Iterable[ProcessCase], *, petitions_min: int = 0
) -> Written:
    """Write a process log as OCEL 2.0 in SQLite, and return what it holds.

    Blocking. Confidential petitions and every mention of them are left out.

    Args:
        path: A file that does not exist.
        cases: As ``read_process`` yields them.
        petitions_min: Units with fewer petitions are pooled.
    """
    with closing(sqlite3.connect(path)) as database, database:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
        for kind in ObjectType:
            columns = "".join(f', "{name}" TEXT' for name in OBJECT_ATTRIBUTES[kind])
            database.execute(
                f'CREATE TABLE "object_{kind.value}" (ocel_id TEXT NOT NULL, '
                f"ocel_time TEXT NOT NULL, ocel_changed_field TEXT{columns})"
            )
            database.execute("INSERT INTO object_map_type VALUES (?, ?)", (kind.value, kind.value))
        writer = _Writer(database)
        for case in cases:
            writer.write(case)
        database.executemany(
            "DELETE FROM event_object WHERE ocel_object_id = ?", writer.withheld_rows()
        )
        for side in ("source", "target"):
            database.executemany(
                f"DELETE FROM object_object WHERE ocel_{side}_id = ?",  # noqa: S608 - two literals
                writer.withheld_rows(),
            )
        database.executemany("DELETE FROM object WHERE ocel_id = ?", writer.withheld_rows())
        pooled = pool_small_units(database, petitions_min)
        events, objects = _count(database, "event"), _count(database, "object")
        return Written(events, objects, len(writer.withheld), pooled)


class _Writer:
    """Fills the tables of one file."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._types: dict[str, str] = {}
        self.withheld: set[str] = set()

    def write(self, case: ProcessCase) -> None:
        """Write one stream, or remember that it is withheld."""
        if case.is_confidential:
            self.withheld.add(case.own.object_id)
            return
        first = case.acts[0].at
        objects = dict.fromkeys(relation[:2] for act in case.acts for relation in act.relations)
        for kind, object_id in objects:
            self._add_object(kind, object_id, first)
        for act in case.acts:
            table = self._table_of(act.topic)
            key = str(act.position)
            self._database.execute("INSERT INTO event VALUES (?, ?)", (key, act.topic))
            values = (
                act.position,
                instant_text(act.recorded_at),
                act.role,
                act.cycle,
                act.pack,
                act.state,
                act.working_minutes,
                int(act.late),
                int(act.backdated),
            )
            self._database.execute(
                f'INSERT INTO "{table}" VALUES ({_PLACES})',  # noqa: S608 - a topic of ours
                (key, instant_text(act.at), *values),
            )
            self._database.executemany(
                "INSERT OR IGNORE INTO event_object VALUES (?, ?, ?)",
                ((key, each.object_id, each.qualifier.value) for each in act.relations),
            )
        for change in case.changes:
            self._database.execute(
                f'INSERT INTO "object_{case.own.type.value}" '  # noqa: S608 - names of ours
                f'(ocel_id, ocel_time, ocel_changed_field, "{change.attribute}") '
                "VALUES (?, ?, ?, ?)",
                (case.own.object_id, instant_text(change.at), change.attribute, change.value),
            )
        self._database.executemany(
            "INSERT OR IGNORE INTO object_object VALUES (?, ?, ?)",
            (
                (source.object_id, target.object_id, target.qualifier.value)
                for source, target in case.links
            ),
        )

    def withheld_rows(self) -> list[tuple[str]]:
        """Return the withheld ids as rows of parameters."""
        return [(object_id,) for object_id in sorted(self.withheld)]

    def _add_object(self, kind: ObjectType, object_id: str, at: datetime) -> None:
        added = self._database.execute(
            "INSERT OR IGNORE INTO object VALUES (?, ?)", (object_id, kind.value)
        )
        if added.rowcount and not OBJECT_ATTRIBUTES[kind]:
            self._database.execute(
                f'INSERT INTO "object_{kind.value}" VALUES (?, ?, NULL)',  # noqa: S608 - a name of ours
                (object_id, instant_text(at)),
            )

    def _table_of(self, topic: str) -> str:
        if (known := self._types.get(topic)) is not None:
            return known
        name = topic.replace(".", "_")
        columns = "".join(
            f', "{each}" {_SQL_TYPES[kind]}' for each, kind in EVENT_ATTRIBUTES.items()
        )
        self._database.execute(
            f'CREATE TABLE "event_{name}" (ocel_id TEXT NOT NULL, ocel_time TEXT NOT NULL{columns})'
        )
        self._database.execute("INSERT INTO event_map_type VALUES (?, ?)", (topic, name))
        return self._types.setdefault(topic, f"event_{name}")


def _count(database: sqlite3.Connection, table: str) -> int:
    (found,) = database.execute(f'SELECT count(*) FROM "{table}"').fetchone()  # noqa: S608 - ours
    return int(found)
