"""Without this file petitions could be counted in a file, but not analysed one by one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from psycopg import Connection

from domain.petition_facts import PetitionFacts
from domain.text import Text
from replay.export_document import Document, Row, Table
from replay.export_errors import RowsLostError
from replay.lake_events import count_petitions
from replay.lake_order import LakeOrder
from replay.record_tables import RecordMaker, RecordTable, make_records
from replay.spooled_rows import SpooledRows
from replay.streams import read_petitions

_PAGE_LEN: Final = 1_000

Progress = Callable[[int, int], None]
Sees = Callable[[PetitionFacts], bool]


def petition_records(
    connection: Connection[Any],
    spool: Path,
    order: LakeOrder,
    progress: Progress,
    sees: Sees | None = None,
    table: RecordTable = RecordTable.PETITIONS,
) -> Document:
    """Return the records of petitions, ready for any format, by the codebook of a copy.

    Blocking; folds the whole log in pages. Confidential petitions stay out unless the order
    says otherwise; no personal value is in it. The snapshot is ended, so that the caller may
    write the file for as long as it takes.

    Args:
        connection: One snapshot of the role tz_app, in no ``transaction()``.
        spool: A file that is not there yet; the records lie in it as long as it is.
        order: What it is to hold.
        progress: Told how many petitions are done, of how many.
        sees: Whether who asked may know of a petition; None for an operator.
        table: What a record is.

    Raises:
        RowsLostError: the log holds another number of petitions than were read.
        UnreplayableEventError: an event cannot be read or applied.
    """
    total = count_petitions(connection, order.position)
    maker = make_records(connection, table, order)
    reading = _Reading(connection, order, maker, progress, sees, total)
    rows = SpooledRows(spool, reading.rows())
    connection.commit()
    if reading.done != total:
        raise RowsLostError(total, reading.done)
    progress(total, total)
    return Document(
        table.value,
        table.label,
        Table(maker.fields, rows),
        order.origin,
        notes=tuple(reading.notes()),
    )


@dataclass
class _Reading:
    """Reads petitions, and counts what it leaves out."""

    connection: Connection[Any]
    order: LakeOrder
    maker: RecordMaker
    progress: Progress
    sees: Sees | None
    total: int
    done: int = 0
    confidential: int = 0

    def rows(self) -> Iterator[Row]:
        for facts in read_petitions(self.connection, self.order.position):
            self.done += 1
            if self.done % _PAGE_LEN == 0:
                self.progress(self.done, self.total)
            if self.order.withholds(facts):
                self.confidential += 1
            elif self.sees is None or self.sees(facts):
                yield from self.maker.rows_of(facts)

    def notes(self) -> Iterator[Text]:
        if self.sees is not None:
            # A number would tell the office that one of them accuses that there is one.
            yield Text(
                "只含申请人可查看的诉求；从不含保密诉求。",
                "Petitions that who asked may see; confidential ones never.",
            )
        elif self.confidential:
            yield Text(
                f"未导出保密诉求 {self.confidential} 件。",
                f"{self.confidential} confidential petitions are left out.",
            )
