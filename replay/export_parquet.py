"""Without this file figures could leave the ledger only as text without types."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from zoneinfo import ZoneInfo

import orjson

from replay.analytics import open_duckdb
from replay.export_codebook import field_member
from replay.export_csv import csv_row, open_csv
from replay.export_document import Document, Row
from replay.export_field import Field, FieldKind
from replay.export_manifest import Manifest

_TYPES: Final[Mapping[FieldKind, str]] = {
    FieldKind.TEXT: "VARCHAR",
    FieldKind.CODE: "VARCHAR",
    FieldKind.COUNT: "BIGINT",
    FieldKind.PERCENT: "DECIMAL(9,2)",
    FieldKind.POINTS: "DECIMAL(7,2)",
    FieldKind.DAY: "DATE",
    FieldKind.INSTANT: "TIMESTAMPTZ",
    FieldKind.FLAG: "BOOLEAN",
}
_NULL: Final = "\x1f"
"""A character that no text of a ledger holds: what is not printable is refused there."""
_UTC: Final = ZoneInfo("UTC")
MANIFEST_KEY: Final = "taizhang"
CODEBOOK_KEY: Final = "taizhang.fields"


def write_parquet(document: Document, file: Path, manifest: Manifest) -> None:
    """Write the records of a report, typed, with the manifest in the file. Blocking.

    Raises:
        MissingExtraError: DuckDB is not installed.
    """
    table = document.table
    with TemporaryDirectory(dir=file.parent, prefix=".export-") as folder:
        text = Path(folder) / "rows.csv"
        with spool(text) as write:
            for row in table.records:
                write(row)
        copy_parquet(text, table.fields, file, {MANIFEST_KEY: manifest})


def count_parquet(place: Path) -> int:
    """Return the records of a file or of a folder of files, read back. Blocking."""
    pattern = str(place / "**" / "*.parquet") if place.is_dir() else str(place)
    with open_duckdb(place.parent) as connection:
        row = connection.execute("SELECT count(*) FROM read_parquet(?)", [pattern]).fetchone()
    return int(row[0])


@contextmanager
def spool(file: Path) -> Iterator[Any]:
    """Yield what writes one row for ``copy_parquet``; memory stays what one row needs. Blocking."""
    with open_csv(file, "utf-8") as write:

        def write_row(row: Row) -> None:
            cells = csv_row(row, _UTC)
            write(
                [_NULL if value is None else cell for cell, value in zip(cells, row, strict=True)]
            )

        yield write_row


def copy_parquet(
    text: Path,
    fields: Sequence[Field],
    place: Path,
    members: Mapping[str, object],
    *,
    month: str | None = None,
) -> None:
    """Turn spooled rows into Parquet: typed, zstd, with JSON members as metadata. Blocking.

    Args:
        text: What ``spool`` wrote.
        fields: Its columns.
        place: A file, or with ``month`` a folder.
        members: Metadata by key; the codebook is added.
        month: Column by which to make one folder a month.
    """
    columns = ", ".join(f"{_name(field.name)}: '{_TYPES[field.kind]}'" for field in fields)
    metadata = {CODEBOOK_KEY: [field_member(field) for field in fields]} | dict(members)
    pairs = ", ".join(
        f"{_name(key)}: {_quoted(orjson.dumps(value).decode())}" for key, value in metadata.items()
    )
    partition = f", PARTITION_BY ({_name(month)})" if month else ""
    # One thread keeps the order of the rows, so that the same rows give the same files.
    with open_duckdb(text.parent, threads=1) as connection:
        connection.execute(
            f"COPY (SELECT * FROM read_csv({_quoted(str(text))}, header = false, "  # noqa: S608 - names of our own columns
            f"auto_detect = false, delim = ',', quote = '\"', escape = '\"', "
            f"nullstr = '{_NULL}', allow_quoted_nulls = false, new_line = '\\r\\n', "
            f"max_line_size = 1000000, columns = {{{columns}}})) "
            f"TO {_quoted(str(place))} (FORMAT parquet, COMPRESSION zstd, "
            f"KV_METADATA {{{pairs}}}{partition})"
        )


def _name(text: str) -> str:
    return f'"{text}"'


def _quoted(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'"
