"""Without this file every field of a row would be cleaned and mapped in its own way."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from domain.vocabulary import Labelled
from ledger.storable_text import is_storable
from replay.local_time import TimeRule
from replay.mapping_fields import FieldMapping
from replay.reject_reasons import Reason, RowRejectedError
from replay.table import BadCell, TableRow, shown

CELL_BYTES_MAX = 60_000

_EXACT = frozenset({"subject", "text", "name", "phone", "reply"})
"""Fields kept as they are; in all others surrounding space means nothing."""

_Word = TypeVar("_Word", bound=Labelled)


class FieldReader(NamedTuple):
    """Reads one field of every row; pure. Each method rejects the row it cannot read.

    Attributes:
        name: Field of the case.
        field: Where it comes from.
        place: Place of its column, or null where the value is fixed.
        rule: How a time is read, or null for what is no time.
    """

    name: str
    field: FieldMapping
    place: int | None
    rule: TimeRule | None

    @classmethod
    def of(
        cls,
        name: str,
        field: FieldMapping,
        columns: Mapping[str, int],
        rule: TimeRule | None,
    ) -> "FieldReader":
        """Return the reader of a field whose column was found."""
        place = None if field.column is None else columns[field.column]
        return cls(name, field, place, rule)

    def refuse(self, reason: Labelled) -> RowRejectedError:
        """Return the error that names this field's column."""
        return RowRejectedError(reason, self.field.column)

    def label(self, row: TableRow) -> str | None:
        """Return what the file states, cleaned, or None where it states nothing."""
        text = self._clean(shown(self._cell(row)))
        return None if not text.strip() or text in self.field.blank else text

    def source_label(self, row: TableRow) -> str | None:
        """Return the file's own word; a fixed value is the mapping's word, not the file's."""
        return None if self.place is None else self.label(row)

    def word(self, row: TableRow) -> str | None:
        """Return our value for what the file states."""
        label = self.label(row)
        field = self.field
        if label is None or self.place is None or not (field.values or field.otherwise):
            return label
        word = field.values.get(label, field.otherwise)
        if word is None:
            raise self.refuse(Reason.UNMAPPED_VALUE)
        return word

    def member(self, row: TableRow, vocabulary: type[_Word]) -> _Word | None:
        """Return our identifier for what the file states."""
        word = self.word(row)
        if word is None:
            return None
        try:
            return vocabulary(word)
        except ValueError as error:
            raise self.refuse(Reason.UNMAPPED_VALUE) from error

    def instant(self, row: TableRow) -> datetime | None:
        """Return the time that is stated, with the offset of the file's zone, or None."""
        cell = self._cell(row)
        if isinstance(cell, str):
            cell = self._clean(cell)
            if not cell or cell in self.field.blank:
                return None
        return None if self.rule is None else self.rule.read(cell)

    def _cell(self, row: TableRow) -> str | datetime | date:
        if self.place is None:
            return self.field.fixed or ""
        cell = row.cells[self.place]
        if isinstance(cell, BadCell):
            raise self.refuse(cell.reason)
        return cell

    def _clean(self, text: str) -> str:
        for cleaning in self.field.clean:
            text = cleaning.of(text)
        if self.name not in _EXACT:
            text = text.strip()
        if not is_storable(text):
            raise self.refuse(Reason.NUL if "\0" in text else Reason.LONE_SURROGATE)
        if len(text.encode()) > CELL_BYTES_MAX:
            raise self.refuse(Reason.TOO_LONG)
        return text
