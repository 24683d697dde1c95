"""Without this file a large export would hold up whoever else asks the server for something."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import msgspec
from psycopg import IsolationLevel

from domain.principal import Principal
from domain.text import Text
from domain.visibility import sees_whole
from ledger.database import Database, Role
from ledger.errors import LedgerError
from replay.export_bundle import bundle_export
from replay.export_csv import Encoding
from replay.export_file import Format, export_document
from replay.figures import head_position, position_known_at
from replay.file_digest import file_digest
from replay.file_name import file_stem
from replay.jurisdiction import jurisdiction
from replay.lake_order import make_order
from replay.petition_records import petition_records
from replay.record_tables import RecordTable

Progress = Callable[[int, int], None]

_CRASHED: Final = Text(
    "导出进程意外结束；未生成文件，台账未改动。请重试，再次出现请联系管理员。",
    "The export's process ended unexpectedly; no file was made, the ledger is unchanged. Try "
    "again, and tell the administrator if it happens again.",
)
WORK_PREFIX: Final = ".work-"
"""How folders begin in which a file is not finished."""
CRASHED: Final = ("export-crashed", _CRASHED)


class PetitionOrder(msgspec.Struct, frozen=True, kw_only=True):
    """What a file of records of petitions is to hold, for whom.

    Attributes:
        table: What a record is.
        form: Format of the file.
        encoding: Of CSV.
        language: Of its texts, ``zh`` or ``en``.
        as_of: Aware instant the petitions are judged at.
        known_at: Aware instant up to which the ledger's knowledge counts, or null for all.
        reader: Who asked, with what its unit goes on for.
    """

    table: RecordTable
    form: Format
    encoding: Encoding
    language: str
    as_of: datetime
    known_at: datetime | None
    reader: Principal


class PetitionExport(msgspec.Struct, frozen=True, kw_only=True):
    """What came of an order.

    Attributes:
        finished_at: Aware instant.
        file: Name of the archive with file, manifest and codebook; null where it failed.
        rows: Records counted in the file.
        position: Last position of the log that counts.
        sha256: Of the archive, in hexadecimal digits.
        size_bytes: Of the archive.
        problem: Why there is no file: a code, and a text in both languages.
    """

    finished_at: datetime
    file: str | None = None
    rows: int | None = None
    position: int | None = None
    sha256: str | None = None
    size_bytes: int | None = None
    problem: tuple[str, Text] | None = None


def export_petitions(
    database: Database,
    folder: Path,
    order: PetitionOrder,
    progress: Progress,
    get_now: Callable[[], datetime],
) -> PetitionExport:
    """Write an archive of the petitions that somebody may see, and return what came of it.

    Blocking, for minutes where there are many; meant for a process of its own. The archive
    gets its name only once its records were counted.

    Args:
        database: The ledger.
        folder: Where the archive goes.
        order: What it is to hold.
        progress: Told how many petitions are read, of how many.
        get_now: The host's clock, aware.
    """
    try:
        return _write(database, folder, order, progress, get_now)
    except LedgerError as error:
        return PetitionExport(finished_at=get_now(), problem=(error.code, error.text))


def _write(
    database: Database,
    folder: Path,
    order: PetitionOrder,
    progress: Progress,
    get_now: Callable[[], datetime],
) -> PetitionExport:
    say = attrgetter(order.language)
    with TemporaryDirectory(dir=folder, prefix=WORK_PREFIX) as scratch:
        with database.connect(Role.APP) as connection:
            connection.isolation_level = IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            position = (
                head_position(connection)
                if order.known_at is None
                else position_known_at(connection, order.known_at)
            )
            place = jurisdiction(connection)
            asked = make_order(connection, position, order.as_of, known_at=order.known_at)
            document = petition_records(
                connection,
                Path(scratch) / "rows",
                asked,
                progress,
                partial(sees_whole, order.reader),
                order.table,
            )
        file = Path(scratch) / f"{file_stem(document, place, say)}.{order.form}"
        done = export_document(document, file, order.form, say, encoding=order.encoding)
        made = bundle_export(done)
        target = folder / made.name
        made.replace(target)
    return PetitionExport(
        finished_at=get_now(),
        file=target.name,
        rows=done.rows,
        position=position,
        sha256=file_digest(target),
        size_bytes=target.stat().st_size,
    )
