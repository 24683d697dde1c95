"""Without this file nobody could tell whether an exported file is whole, and what it is of."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from replay.export_definitions import Definition
from replay.export_document import Document, Origin
from replay.export_values import data_digest
from replay.file_digest import file_digest

SCHEMA = "taizhang.manifest/1"

Manifest = dict[str, Any]


def make_manifest(document: Document) -> Manifest:
    """Return what a file says of itself; pure. Its own hash can only stand beside it."""
    table = document.table
    return {
        "schema": SCHEMA,
        "report": document.name,
        "title": document.title._asdict(),
        "rows": len(table.records),
        "columns": [field.name for field in table.fields],
        "data_sha256": data_digest(table),
        "notes": [note._asdict() for note in document.notes],
    } | origin_member(document.origin)


def origin_member(origin: Origin) -> Manifest:
    """Return what figures were computed from, for JSON; pure."""
    bounds = (origin.accepted_from, origin.accepted_before)
    return {
        "definitions": [definition_member(each) for each in origin.definitions],
        "position": origin.position,
        "as_of": origin.as_of.isoformat(),
        "known_at": None if origin.known_at is None else origin.known_at.isoformat(),
        "zone": origin.zone.key,
        "period": None if origin.period is None else origin.period._asdict(),
        "cohort": None
        if bounds == (None, None)
        else {
            name: None if bound is None else bound.isoformat()
            for name, bound in zip(("accepted_from", "accepted_before"), bounds, strict=True)
        },
        "scope": dict(origin.scope),
        "as_dispatched": origin.as_dispatched,
        "min_cases": origin.cases_min,
        "rounding": origin.rounding,
        "report_number": origin.number,
        "report_state": None if origin.state is None else origin.state._asdict(),
        "withheld": [reason._asdict() for reason in origin.withheld],
    } | ({"positions": dict(origin.positions)} if origin.positions else {})


def definition_member(definition: Definition) -> Manifest:
    """Return a definition in words of both languages; pure."""
    return {
        "definition": definition.reference,
        "label": definition.label._asdict(),
        "formula": definition.formula._asdict(),
    }


def seal_manifest(manifest: Mapping[str, Any], file: Path, written: int, **more: object) -> Path:
    """Write the manifest of a file beside it, with its hash, and return where.

    Blocking; reads the file once.

    Args:
        manifest: What the file says of itself.
        file: The finished file.
        written: Records counted in it.
        more: What only the format knows, such as its encoding.
    """
    beside = {
        "file": file.name,
        "bytes": file.stat().st_size,
        "sha256": file_digest(file),
        "rows_expected": manifest["rows"],
        "rows_written": written,
    }
    path = file.with_name(f"{file.name}.manifest.json")
    write_json(path, dict(manifest) | beside | more)
    return path


def write_json(path: Path, member: Mapping[str, Any] | Sequence[Any]) -> None:
    """Write JSON that people can read. Blocking."""
    path.write_bytes(orjson.dumps(member, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
