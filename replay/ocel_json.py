"""Without this file a log in OCEL 2.0 could be opened only where SQLite can be.

It is read from the file in SQLite, so that both say the same and neither is held in memory.
"""

import heapq
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, TextIO

from replay.ocel import EVENT_ATTRIBUTES, OBJECT_ATTRIBUTES
from replay.process_objects import ObjectType


def write_ocel_json(source: Path, target: Path) -> None:
    """Write as OCEL 2.0 JSON what an OCEL 2.0 SQLite file of this program holds. Blocking.

    Instants are UTC with six digits and Z; events of equal time keep the order of the log.
    """
    with closing(sqlite3.connect(source)) as database, target.open("w", encoding="utf-8") as file:
        types = [row[0] for row in database.execute("SELECT * FROM event_map_type ORDER BY 1")]
        event_types = [
            {
                "name": name,
                "attributes": [
                    {"name": each, "type": kind} for each, kind in EVENT_ATTRIBUTES.items()
                ],
            }
            for name in types
        ]
        object_types = [
            {
                "name": kind.value,
                "attributes": [{"name": each, "type": "string"} for each in names],
            }
            for kind, names in OBJECT_ATTRIBUTES.items()
        ]
        file.write('{"eventTypes":' + _text(event_types))
        file.write(',\n"objectTypes":' + _text(object_types))
        file.write(',\n"objects":[')
        _write_list(file, _objects(database))
        file.write('],\n"events":[')
        _write_list(file, _events(database, types))
        file.write("]}\n")


def _objects(database: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    for object_id, kind in database.execute("SELECT * FROM object ORDER BY ocel_type, ocel_id"):
        related = database.execute(
            "SELECT ocel_target_id, ocel_qualifier FROM object_object"
            " WHERE ocel_source_id = ? ORDER BY 1, 2",
            (object_id,),
        )
        member: dict[str, Any] = {
            "id": object_id,
            "type": kind,
            "attributes": [],
            "relationships": [{"objectId": each, "qualifier": how} for each, how in related],
        }
        if names := OBJECT_ATTRIBUTES[ObjectType(kind)]:
            changes = database.execute(
                f'SELECT * FROM "object_{kind}" WHERE ocel_id = ? ORDER BY rowid',  # noqa: S608 - a name of ours
                (object_id,),
            )
            member["attributes"] = [
                {"name": changed, "time": at, "value": values[names.index(changed)]}
                for _, at, changed, *values in changes
            ]
        yield member


def _events(database: sqlite3.Connection, types: list[str]) -> Iterator[dict[str, Any]]:
    names = list(EVENT_ATTRIBUTES)
    streams = [_events_of(database, topic) for topic in types]
    for _, topic, (event_id, at, *values) in heapq.merge(*streams):
        related = database.execute(
            "SELECT ocel_object_id, ocel_qualifier FROM event_object"
            " WHERE ocel_event_id = ? ORDER BY 1, 2",
            (event_id,),
        )
        yield {
            "id": event_id,
            "type": topic,
            "time": at,
            "attributes": [
                {"name": name, "value": _json_value(EVENT_ATTRIBUTES[name], value)}
                for name, value in zip(names, values, strict=True)
                if value is not None
            ],
            "relationships": [{"objectId": each, "qualifier": how} for each, how in related],
        }


def _events_of(
    database: sqlite3.Connection, topic: str
) -> Iterator[tuple[int, str, tuple[Any, ...]]]:
    """Yield the events of one type in the order of the log, each with its position."""
    table = f"event_{topic.replace('.', '_')}"
    rows = database.execute(f'SELECT * FROM "{table}" ORDER BY "position"')  # noqa: S608 - a topic of ours
    return ((row[2], topic, row) for row in rows)


def _json_value(kind: str, value: Any) -> Any:  # noqa: ANN401 - what SQLite returns
    return bool(value) if kind == "boolean" else value


def _write_list(file: TextIO, members: Iterable[dict[str, Any]]) -> None:
    separator = "\n"
    for member in members:
        file.write(separator + _text(member))
        separator = ",\n"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
