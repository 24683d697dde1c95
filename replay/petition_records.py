"""Without this file petitions could be counted in a file, but not analysed one by one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from psycopg import Connection

from domain.metrics import judge
from domain.petition_facts import PetitionFacts
from domain.text import Text
from replay.export_document import Document, Row, Table
from replay.export_errors import RowsLostError
from replay.lake_events import count_petitions
from replay.lake_fields import PETITION_FIELDS
from replay.lake_order import LakeOrder
from replay.lake_rows import petition_row
from replay.spooled_rows import SpooledRows
from replay.streams import read_petitions

NAME: Final = "petitions"
TITLE: Final = Text("诉求逐件记录", "Petition records")

_PAGE_LEN: Final = 1_000
_PRINTED: Final = frozenset(
    {
        "number",
        "state",
        "petition_type",
        "channel",
        "unit",
        "submitted_at",
        "due_effective_at",
        "closed_at",
        "satisfaction",
    }
)

Progress = Callable[[int, int], None]
Sees = Callable[[PetitionFacts], bool]


def petition_records(
    connection: Connection[Any],
    spool: Path,
    order: LakeOrder,
    progress: Progress,
    sees: Sees | None = None,
) -> Document:
    """Return one record a petition, ready for any format, by the codebook of an offline copy.

    Blocking; folds the whole log in pages. Confidential petitions stay out unless the order
    says otherwise; no personal value is in it. The snapshot is ended, so that the caller may
    write the file for as long as it takes.

    Args:
        connection: One snapshot of the role tz_app, in no ``transaction()``.
        spool: A file that is not there yet; the records lie in it as long as it is.
        order: What it is to hold.
        progress: Told how many petitions are done, of how many.
        sees: Whether who asked may know of a petition; None for an operator.

    Raises:
        RowsLostError: the log holds another number of petitions than were read.
        UnreplayableEventError: an event cannot be read or applied.
    """
    total = count_petitions(connection, order.position)
    reading = _Reading(connection, order, progress, sees, total)
    rows = SpooledRows(spool, reading.rows())
    connection.commit()
    if reading.done != total:
        raise RowsLostError(total, reading.done)
    progress(total, total)
    fields = [replace(each, is_printed=each.name in _PRINTED) for each in PETITION_FIELDS]
    return Document(NAME, TITLE, Table(fields, rows), order.origin, notes=tuple(reading.notes()))


@dataclass
class _Reading:
    """Reads petitions, and counts what it leaves out."""

    connection: Connection[Any]
    order: LakeOrder
    progress: Progress
    sees: Sees | None
    total: int
    done: int = 0
    confidential: int = 0

    def rows(self) -> Iterator[Row]:
        order = self.order
        for facts in read_petitions(self.connection, order.position):
            self.done += 1
            if self.done % _PAGE_LEN == 0:
                self.progress(self.done, self.total)
            if facts.confidential and not order.with_confidential:
                self.confidential += 1
            elif self.sees is None or self.sees(facts):
                counts = judge(facts, order.as_of)
                yield petition_row(facts, counts, order.as_of, order.zone, order.succession)

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
