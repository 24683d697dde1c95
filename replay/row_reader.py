"""Without this file each kind of row would be read field by field in its own way."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from domain.vocabulary import Labelled
from replay.field_reader import FieldReader
from replay.mapping import TableMapping
from replay.mapping_fields import TIMES
from replay.reject_reasons import RowRejectedError
from replay.table import TableRow

_Word = TypeVar("_Word", bound=Labelled)


class RowReader:
    """Reads the fields that a mapping states, and nothing from those it leaves out; pure.

    Each method rejects the row whose cell it cannot read.

    Args:
        mapping: What the columns mean.
        columns: Column name to place, for every column the mapping names.
    """

    def __init__(self, mapping: TableMapping, columns: Mapping[str, int]) -> None:
        self._readers = {
            name: FieldReader.of(
                name, field, columns, mapping.time_rule(name, field) if name in TIMES else None
            )
            for name, field in mapping.fields.named().items()
        }

    def word(self, name: str, row: TableRow) -> str | None:
        """Return our value for what a field states."""
        reader = self._readers.get(name)
        return None if reader is None else reader.word(row)

    def source_label(self, name: str, row: TableRow) -> str | None:
        """Return the file's own word for a field."""
        reader = self._readers.get(name)
        return None if reader is None else reader.source_label(row)

    def member(self, name: str, vocabulary: type[_Word], row: TableRow) -> _Word | None:
        """Return our identifier for what a field states."""
        reader = self._readers.get(name)
        return None if reader is None else reader.member(row, vocabulary)

    def instant(self, name: str, row: TableRow) -> datetime | None:
        """Return the time a field states, with the offset of the file's zone."""
        reader = self._readers.get(name)
        return None if reader is None else reader.instant(row)

    def refuse(self, name: str, reason: Labelled) -> RowRejectedError:
        """Return the error that names the column of a field that the mapping states."""
        return self._readers[name].refuse(reason)
