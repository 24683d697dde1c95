"""Without this file object-centric process mining would need an importer of its own."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from replay.ocel import EVENT_ATTRIBUTES, OBJECT_ATTRIBUTES, instant_text
from replay.ocel_tables import create_event_table, create_tables, index_attributes
from replay.process_case import ProcessCase
from replay.process_objects import ObjectType
from replay.small_units import pool_small_units

_MENTIONS: Final = (
    ("event_object", "ocel_object_id"),
    ("object_object", "ocel_source_id"),
    ("object_object", "ocel_target_id"),
    ("object", "ocel_id"),
)
"""Where an object is named, itself last."""
_PLACES: Final = ", ".join("?" * (2 + len(EVENT_ATTRIBUTES)))


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
        create_tables(database)
        writer = _Writer(database)
        for case in cases:
            writer.write(case)
        for table, column in _MENTIONS:
            database.execute(
                f"DELETE FROM {table} WHERE {column} IN (SELECT ocel_id FROM withheld)"  # noqa: S608 - names of ours
            )
        pooled = pool_small_units(database, petitions_min)
        events, objects = _count(database, "event"), _count(database, "object")
        index_attributes(database)
        return Written(events, objects, _count(database, "withheld"), pooled)


class _Writer:
    """Fills the tables of one file."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._types: dict[str, str] = {}

    def write(self, case: ProcessCase) -> None:
        """Write one stream, or remember that it is withheld."""
        if case.is_confidential:
            self._database.execute("INSERT INTO withheld VALUES (?)", (case.own.object_id,))
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
        return self._types.setdefault(topic, create_event_table(self._database, topic))


def _count(database: sqlite3.Connection, table: str) -> int:
    (found,) = database.execute(f'SELECT count(*) FROM "{table}"').fetchone()  # noqa: S608 - ours
    return int(found)
