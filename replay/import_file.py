"""Without this file every caller would have to know the steps of an import by heart."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from domain.roster import Roster
from ledger.application import PetitionLedger
from ledger.database import Database
from replay.columns import place_columns
from replay.file_digest import file_digest
from replay.import_ledger import open_for_import
from replay.import_summary import ImportSummary
from replay.imported_case import Origin
from replay.importer import Importer, OnProgress
from replay.mapping import FileMapping
from replay.rejects import Reject
from replay.table_reader import open_table


def import_file(
    ledger: PetitionLedger,
    database: Database,
    path: Path,
    mapping: FileMapping,
    *,
    now: datetime,
    is_dry: bool = False,
    on_reject: Callable[[tuple[str, ...], Reject], None],
    on_progress: OnProgress = lambda *_: None,
) -> ImportSummary:
    """Import one file and return what became of its rows. Blocking.

    One transaction per chunk. Whatever makes the whole file unreadable is found
    before anything is recorded.

    Args:
        ledger: Where the cases go.
        database: Its database.
        path: A CSV, TSV or XLSX file.
        mapping: What its columns mean.
        now: Aware instant of the import.
        is_dry: Whether to count only.
        on_reject: Takes the header and each rejected row.
        on_progress: Takes the summary so far and the share of the file read, 0 to 1.

    Raises:
        TableError: the file is no table, or lacks a column of the mapping.
        DomainError: the parent for new units is not on the roster.
        LedgerError: see ``Importer.run``.
        OSError: the file cannot be read.
    """
    origin = Origin(mapping.source, file_digest(path), mapping.calendar)
    with open_table(path, mapping.form) as table:
        columns = place_columns(mapping.fields.named(), table.header)
        units, is_new = open_for_import(ledger, database, mapping, origin, now, is_dry=is_dry)
        importer = Importer(ledger, database, mapping, origin, now)
        summary = importer.run(
            table,
            columns,
            units,
            is_dry=is_dry,
            on_reject=lambda reject: on_reject(table.header, reject),
            on_progress=on_progress,
        )
        if is_new:
            summary.events[Roster.Created.TOPIC] = 1
        return summary
