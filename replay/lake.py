"""Without this file statisticians could not work where the ledger's server is out of reach."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, cast
from uuid import UUID

from psycopg import Connection

from domain.metrics import judge
from replay.export_codebook import Resource, write_codebook
from replay.export_document import Row
from replay.export_errors import FolderNotEmptyError, RowsLostError
from replay.export_field import Field
from replay.export_manifest import origin_member
from replay.export_parquet import MANIFEST_KEY, copy_parquet, count_parquet, spool
from replay.lake_event_fields import DEFINITION_FIELDS, EVENT_FIELDS
from replay.lake_events import count_events_of, count_petitions, event_pages, ids_named
from replay.lake_fields import MEASURE_FIELDS, MONTH, PETITION_FIELDS
from replay.lake_order import SCHEMA, Lake, LakeOrder, seal_lake
from replay.lake_rows import definition_rows, measure_rows, petition_row
from replay.streams import read_petitions

_PAGE_LEN: Final = 10_000

Progress = Callable[[int, int], None]


def export_lake(
    connection: Connection[Any], folder: Path, order: LakeOrder, progress: Progress
) -> Lake:
    """Write petitions, their measures, the definitions of the rates and all events as Parquet.

    Blocking; folds the whole log in pages. The folder gets its name only once every table
    was counted, so that a cut export leaves nothing behind; it carries no personal value. An
    event of anything else that names a petition which is left out, such as a supervision order
    on it, is left out as well.

    Args:
        connection: One snapshot of the role tz_app, in no ``transaction()``; it is ended.
        folder: A new or an empty one.
        order: What it is to hold.
        progress: Told how many records are done, of how many.

    Raises:
        FolderNotEmptyError: the folder holds something.
        RowsLostError: a table holds another number of records than the log.
        UnreplayableEventError: an event cannot be read or applied.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FolderNotEmptyError(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as scratch:
        made = Path(scratch) / "made"
        made.mkdir()
        writer = _Writer(connection, made, Path(scratch), order, progress)
        lake = writer.write()
        if folder.exists():
            folder.rmdir()
        made.rename(folder)
    return Lake(folder, lake, writer.withheld)


class _Writer:
    """Writes one offline copy into a folder of its own."""

    def __init__(
        self,
        connection: Connection[Any],
        folder: Path,
        scratch: Path,
        order: LakeOrder,
        progress: Progress,
    ) -> None:
        self._connection = connection
        self._folder = folder
        self._scratch = scratch
        self._order = order
        self._progress = progress
        self._petitions = count_petitions(connection, order.position)
        self._total = self._petitions + order.position
        self._hidden: list[UUID] = []
        self._mentions = 0
        self._measured = 0

    @property
    def withheld(self) -> int:
        """Petitions that were left out."""
        return len(self._hidden)

    def write(self) -> dict[str, int]:
        order = self._order
        petitions, measures = self._scratch / "petitions.csv", self._scratch / "measures.csv"
        self._spool_petitions(petitions, measures)
        hidden = count_events_of(self._connection, order.position, self._hidden)
        events, definitions = self._scratch / "events.csv", self._scratch / "definitions.csv"
        self._spool(events, self._event_rows())
        # All is read: a snapshot that lies idle while files are made would be ended for it.
        self._connection.commit()
        terms = list(definition_rows(order.catalogue))
        self._spool(definitions, iter(terms))
        expected = {
            "petitions": self._petitions - self.withheld,
            "measures": self._measured,
            "events": self._order.position - hidden - self._mentions,
            "definitions": len(terms),
        }
        tables = (
            (petitions, PETITION_FIELDS, MONTH),
            (measures, MEASURE_FIELDS, MONTH),
            (events, EVENT_FIELDS, MONTH),
            (definitions, DEFINITION_FIELDS, None),
        )
        resources = [
            self._make(text, fields, month, expected[text.stem]) for text, fields, month in tables
        ]
        write_codebook(
            self._folder / "datapackage.json", "taizhang-lake", resources, self._order.origin
        )
        seal_lake(self._folder, order, resources, self.withheld, self._mentions)
        return {resource.name: resource.rows for resource in resources}

    def _spool_petitions(self, petitions: Path, measures: Path) -> None:
        order = self._order
        with spool(petitions) as write_petition, spool(measures) as write_measure:
            found = read_petitions(self._connection, order.position)
            for number, facts in enumerate(found, start=1):
                if number % _PAGE_LEN == 0:
                    self._progress(number, self._total)
                if order.withholds(facts):
                    self._hidden.append(facts.petition_id)
                    continue
                counts = judge(facts, order.as_of)
                write_petition(
                    petition_row(facts, counts, order.as_of, order.zone, order.succession)
                )
                for row in measure_rows(facts, counts, order.zone, order.succession):
                    write_measure(row)
                    self._measured += 1

    def _event_rows(self) -> Iterator[Row]:
        order = self._order
        hidden = {str(each) for each in self._hidden}
        for page in event_pages(self._connection, order.position, self._hidden, order.zone):
            for row in page:
                if hidden.isdisjoint(ids_named(str(row[-1]))):
                    yield row
                else:
                    self._mentions += 1
            self._progress(self._petitions + int(cast("int", page[-1][1])), self._total)

    def _spool(self, text: Path, rows: Iterator[Row]) -> None:
        with spool(text) as write:
            for row in rows:
                write(row)

    def _make(
        self, text: Path, fields: Sequence[Field], month: str | None, expected: int
    ) -> Resource:
        """Turn spooled records into Parquet and count them."""
        name = text.stem
        place = self._folder / (name if month else f"{name}.parquet")
        if expected == 0 and month:
            # No month, no folder: readers still find the table and its columns.
            place.mkdir()
            place, month = place / "empty.parquet", None
        manifest = {"schema": SCHEMA, "table": name, "rows": expected}
        members = {MANIFEST_KEY: manifest | origin_member(self._order.origin)}
        copy_parquet(text, fields, place, members, month=month)
        text.unlink()
        written = count_parquet(place)
        if written != expected:
            raise RowsLostError(expected, written)
        files = sorted(place.rglob("*.parquet")) if place.is_dir() else [place]
        paths = [str(file.relative_to(self._folder)) for file in files]
        return Resource(name, paths, "parquet", fields, written)
