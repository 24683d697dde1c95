"""Without this file an export could be cut short and look whole."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from domain.vocabulary import Labelled
from replay.export_codebook import document_resource, write_codebook
from replay.export_csv import Encoding, InertText, alive_places, count_csv, write_csv
from replay.export_document import Document, Say
from replay.export_errors import FileExistsAlreadyError, RowsLostError
from replay.export_json import count_json, write_json_rows
from replay.export_manifest import Manifest, make_manifest, seal_manifest
from replay.export_parquet import count_parquet, write_parquet
from replay.export_pdf import write_pdf
from replay.export_statistics import count_statistics, write_statistics
from replay.export_workbook import count_workbook, write_workbook


class Format(Labelled):
    """File formats of a report; each is named by the ending of its files."""

    CSV = "csv", "CSV", "CSV"
    XLSX = "xlsx", "XLSX 工作簿", "XLSX workbook"
    PDF = "pdf", "PDF", "PDF"
    JSON = "json", "JSON", "JSON"
    PARQUET = "parquet", "Parquet", "Parquet"
    SAV = "sav", "SPSS", "SPSS"
    DTA = "dta", "Stata", "Stata"


@dataclass(frozen=True)
class Exported:
    """A finished file.

    Attributes:
        file: Where it is.
        manifest: Where its manifest is.
        rows: Records counted in it after writing.
        inert: Texts that got an apostrophe so that no spreadsheet runs them.
        missing: Characters that no font of the program can draw.
    """

    file: Path
    manifest: Path
    rows: int
    inert: tuple[InertText, ...] = ()
    missing: str = ""


def export_document(
    document: Document,
    file: Path,
    form: Format,
    say: Say,
    *,
    encoding: Encoding = Encoding.UTF_8,
    overwrite: bool = False,
) -> Exported:
    """Write a report into a file, with manifest and codebook beside it.

    Blocking. The file gets its name only once its records were counted: as many as the
    report has, or nothing is left behind.

    Args:
        document: What to write.
        file: Where.
        form: Format of the file.
        say: Language of its texts.
        encoding: Of a CSV file.
        overwrite: Whether a file of that name may be replaced.

    Raises:
        FileExistsAlreadyError: there is a file of that name.
        RowsLostError: the file holds another number of records.
        LedgerError: the format cannot hold the report, or its package is missing.
    """
    if file.exists() and not overwrite:
        raise FileExistsAlreadyError(file)
    manifest = make_manifest(document)
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    inert: tuple[InertText, ...] = ()
    missing = ""
    try:
        if form is Format.CSV:
            inert = tuple(write_csv(document, part, encoding, say))
        elif form is Format.PDF:
            missing = write_pdf(document, part, manifest, say)
        else:
            _WRITERS[form](document, part, manifest, say)
        written = _count(document, part, form, encoding, say)
        if written != manifest["rows"]:
            raise RowsLostError(manifest["rows"], written)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    if form is Format.XLSX:
        inert = tuple(alive_places(document))
    more: dict[str, object] = {"format": form.value, "encoding": None}
    if form is Format.CSV:
        more["encoding"] = encoding.value
    if inert:
        more["inert_texts"] = [place._asdict() for place in inert]
    if missing:
        more["missing_glyphs"] = missing
    sealed = seal_manifest(manifest, file, written, **more)
    _write_codebook(document, file, form, encoding, say)
    return Exported(file, sealed, written, inert, missing)


_WRITERS: Final[Mapping[Format, Callable[[Document, Path, Manifest, Say], None]]] = {
    Format.XLSX: write_workbook,
    Format.JSON: write_json_rows,
    Format.PARQUET: lambda document, file, manifest, _: write_parquet(document, file, manifest),
    Format.SAV: lambda document, file, _, say: write_statistics(
        document, file, say, is_stata=False
    ),
    Format.DTA: lambda document, file, _, say: write_statistics(document, file, say, is_stata=True),
}


def _count(document: Document, file: Path, form: Format, encoding: Encoding, say: Say) -> int:
    """Return how many records a file holds, read back from it."""
    match form:
        case Format.CSV:
            return count_csv(file, encoding)
        case Format.XLSX:
            return count_workbook(document, file, say)
        case Format.JSON:
            return count_json(file)
        case Format.PARQUET:
            return count_parquet(file)
        case Format.SAV | Format.DTA:
            return count_statistics(file, is_stata=form is Format.DTA)
        case Format.PDF:
            # Its writer asked the layout for the rows that it set.
            return len(document.table.records)


def _write_codebook(
    document: Document, file: Path, form: Format, encoding: Encoding, say: Say
) -> None:
    is_text = form is Format.CSV
    headers = [say(field.full_label) for field in document.table.fields] if is_text else None
    resource = document_resource(
        document, file, form.value, encoding.value if is_text else None, headers
    )
    path = file.with_name(f"{file.name}.datapackage.json")
    write_codebook(path, document.name, [resource], document.origin)
