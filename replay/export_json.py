"""Without this file a report could not be read by a program that knows no spreadsheet."""

from pathlib import Path
from typing import Final

import orjson

from replay.export_codebook import field_member
from replay.export_document import Document, Say
from replay.export_field import Value
from replay.export_manifest import Manifest, write_json
from replay.export_values import plain_text

JSON_SCHEMA: Final = "taizhang.export/1"


def write_json_rows(document: Document, file: Path, manifest: Manifest, say: Say) -> None:
    """Write the records as one JSON document with manifest and codebook. Blocking."""
    del say
    table = document.table
    names = [field.name for field in table.fields]
    zone = document.origin.zone

    def plain(value: Value) -> str | int | None:
        return value if value is None or isinstance(value, str | int) else plain_text(value, zone)

    member = {
        "schema": JSON_SCHEMA,
        "manifest": manifest,
        "fields": [field_member(field) for field in table.fields],
        "rows": [
            {name: plain(value) for name, value in zip(names, row, strict=True)}
            for row in table.records
        ],
    }
    write_json(file, member)


def count_json(file: Path) -> int:
    """Return the records of a file, read back from it. Blocking."""
    return len(orjson.loads(file.read_bytes())["rows"])
