"""Without this file nobody could read an exported column without asking who made it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from replay.export_document import Document, Origin
from replay.export_field import Field, FieldKind, Missing
from replay.export_manifest import origin_member, write_json

PROFILE: Final = "data-package"
_TYPES: Final[Mapping[FieldKind, Mapping[str, str]]] = {
    FieldKind.TEXT: {"type": "string"},
    FieldKind.CODE: {"type": "string"},
    FieldKind.COUNT: {"type": "integer"},
    FieldKind.PERCENT: {"type": "number"},
    FieldKind.POINTS: {"type": "number"},
    FieldKind.DAY: {"type": "date"},
    FieldKind.INSTANT: {"type": "datetime", "format": "any"},
    FieldKind.FLAG: {"type": "boolean"},
}


class Resource(NamedTuple):
    """One table of an export: where it lies and what its columns are.

    Attributes:
        name: Identifier.
        paths: Its files, below the folder of the codebook.
        form: File format, such as ``parquet``.
        fields: Its columns.
        rows: How many records.
        encoding: Of a text file, else None.
        headers: What a text file calls its columns; their names where it is None.
    """

    name: str
    paths: Sequence[str]
    form: str
    fields: Sequence[Field]
    rows: int
    encoding: str | None = None
    headers: Sequence[str] | None = None


def write_codebook(path: Path, name: str, resources: Sequence[Resource], origin: Origin) -> None:
    """Write a Frictionless data package that describes every column. Blocking."""
    write_json(
        path,
        {
            "profile": PROFILE,
            "name": name.replace("_", "-"),
            "resources": [_resource_member(resource) for resource in resources],
            "taizhang": origin_member(origin),
            "missing": {each.value: each.label._asdict() for each in Missing},
        },
    )


def field_member(field: Field) -> dict[str, Any]:
    """Return what is known of a column, in the words of Table Schema and some of our own; pure."""
    label, about = field.full_label, field.about
    member: dict[str, Any] = {
        "name": field.name,
        "title": f"{label.zh} / {label.en}",
        "description": f"{about.zh} / {about.en}" if about.zh else label.en,
        "label": label._asdict(),
        "kind": field.kind.value,
    } | dict(_TYPES[field.kind])
    if field.unit.zh:
        member["unit"] = field.unit._asdict()
    if field.codes:
        member["categories"] = [
            {"value": code, "label": f"{text.zh} / {text.en}"} for code, text in field.codes.items()
        ]
        member["constraints"] = {"enum": list(field.codes)}
    if field.missing_in:
        member["missing_in"] = field.missing_in
    if field.definition:
        member["definition"] = field.definition
    return member


def document_resource(
    document: Document, file: Path, form: str, encoding: str | None, headers: Sequence[str] | None
) -> Resource:
    """Return a report's file as one table; pure."""
    table = document.table
    return Resource(
        document.name, [file.name], form, table.fields, len(table.records), encoding, headers
    )


def _resource_member(resource: Resource) -> dict[str, Any]:
    fields = [field_member(field) for field in resource.fields]
    if resource.headers is not None:
        for member, header in zip(fields, resource.headers, strict=True):
            member["identifier"], member["name"] = member["name"], header
    paths = list(resource.paths)
    described: dict[str, Any] = {
        "name": resource.name.replace("_", "-"),
        "path": paths[0] if len(paths) == 1 else paths,
        "format": resource.form,
        "rows": resource.rows,
        "schema": {"fields": fields, "missingValues": [""]},
    }
    if resource.encoding is not None:
        described["encoding"] = resource.encoding
        described["dialect"] = {"lineTerminator": "\r\n", "delimiter": ",", "header": True}
    return described
