"""Without this file a log in OCEL 2.0 would have events and no tables to stand in."""

import sqlite3
from typing import Final

from replay.ocel import EVENT_ATTRIBUTES, OBJECT_ATTRIBUTES
from replay.process_objects import ObjectType

_SQL_TYPES: Final = {"integer": "INTEGER", "boolean": "INTEGER", "time": "TEXT", "string": "TEXT"}
# What is taken back, since nobody may know of it, is not to lie in the file's free pages.
_SETTINGS: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA secure_delete = ON;
"""
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
CREATE TEMP TABLE withheld (ocel_id TEXT PRIMARY KEY);
"""


def create_tables(database: sqlite3.Connection) -> None:
    """Create the tables of a new file, but for those of types of events. Blocking."""
    database.executescript(_SETTINGS + _TABLES)
    for kind in ObjectType:
        columns = "".join(f', "{name}" TEXT' for name in OBJECT_ATTRIBUTES[kind])
        database.execute(
            f'CREATE TABLE "object_{kind.value}" (ocel_id TEXT NOT NULL, '
            f"ocel_time TEXT NOT NULL, ocel_changed_field TEXT{columns})"
        )
        database.execute("INSERT INTO object_map_type VALUES (?, ?)", (kind.value, kind.value))


def create_event_table(database: sqlite3.Connection, topic: str) -> str:
    """Create the table of a type of events, and return its name. Blocking."""
    name = topic.replace(".", "_")
    columns = "".join(f', "{each}" {_SQL_TYPES[kind]}' for each, kind in EVENT_ATTRIBUTES.items())
    database.execute(
        f'CREATE TABLE "event_{name}" (ocel_id TEXT NOT NULL, ocel_time TEXT NOT NULL{columns})'
    )
    database.execute("INSERT INTO event_map_type VALUES (?, ?)", (topic, name))
    return f"event_{name}"


def index_attributes(database: sqlite3.Connection) -> None:
    """Let the attributes of an object be found by its id. Blocking."""
    for kind in ObjectType:
        if OBJECT_ATTRIBUTES[kind]:
            database.execute(
                f'CREATE INDEX "object_{kind.value}_id" ON "object_{kind.value}" (ocel_id)'
            )
