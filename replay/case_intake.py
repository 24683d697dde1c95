"""Without this file rows would reach the store unread, uncompared and without their units."""

from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from domain.roster import Unit
from ledger.append import Append
from ledger.codec import EventCodec
from ledger.errors import EventTooLargeError
from replay.case_rows import CaseReader
from replay.import_append import prepare_case
from replay.import_summary import ImportTally
from replay.import_units import ImportUnits
from replay.imported_case import Origin, case_events, idempotency_key
from replay.known_cases import KnownCases, Standing
from replay.reject_reasons import Reason, RowRejectedError
from replay.stated_case import StatedCase
from replay.table import Table, TableRow

BATCH_ROWS_LEN = 1_000
"""Rows compared with the ledger by one query."""


class Candidate(NamedTuple):
    """A readable row on its way into the log."""

    row: TableRow
    case: StatedCase
    key: str
    fingerprint: bytes


class CaseIntake:
    """Makes appends of the rows that state something new; the others go to the tally.

    Args:
        ledger: Name of the ledger.
        origin: Where the rows come from.
        reader: Turns rows into cases.
        known: What was imported before.
        units: The roster, growing with the file.
        tally: What becomes of each row.
        key_column: Header of the case key.
    """

    def __init__(
        self,
        ledger: str,
        origin: Origin,
        reader: CaseReader,
        known: KnownCases,
        units: ImportUnits,
        tally: ImportTally,
        key_column: str | None,
    ) -> None:
        self._ledger = ledger
        self._origin = origin
        self._reader = reader
        self._known = known
        self._units = units
        self._tally = tally
        self._key_column = key_column
        self._codec = EventCodec()
        self.waiting: deque[Candidate] = deque()

    def appends(
        self,
        table: Table,
        register: Callable[[list[Unit]], None],
        on_batch: Callable[[float], None],
    ) -> Iterator[Append]:
        """Yield the appends of new cases; their rows stand in ``waiting`` in the same order.

        Args:
            table: The file.
            register: Takes the units a batch needs, before its first append.
            on_batch: Takes the share of the file read, 0 to 1.
        """
        while batch := list(islice(table.rows, BATCH_ROWS_LEN)):
            candidates = [found for row in batch if (found := self._read(row))]
            standings = self._known.compare((found.key, found.fingerprint) for found in candidates)
            prepared = []
            for candidate, standing in zip(candidates, standings, strict=True):
                if standing is not Standing.NEW:
                    self.repeat(candidate, is_same=standing is Standing.SAME)
                elif append := self._prepare(candidate):
                    prepared.append((candidate, append))
            if new := self._units.take_new():
                self._tally.register(len(new))
                register(new)
            for candidate, append in prepared:
                self.waiting.append(candidate)
                yield append
            on_batch(table.fraction_read())

    def repeat(self, candidate: Candidate, *, is_same: bool) -> None:
        """Count a case that is recorded already."""
        self._tally.repeat(candidate.row, self._key_column, is_same=is_same)

    def _read(self, row: TableRow) -> Candidate | None:
        self._tally.summary.rows += 1
        try:
            case = self._reader.read(row)
        except RowRejectedError as error:
            self._tally.reject(row, error.reason, error.column)
            return None
        key = idempotency_key(self._origin.source, case.case_key)
        return Candidate(row, case, key, self._known.fingerprint(case.content()))

    def _prepare(self, candidate: Candidate) -> Append | None:
        case, row = candidate.case, candidate.row
        try:
            unit = None
            if case.unit is not None:
                unit = self._units.find(case.unit, is_open=case.closed_at is None)
            events = case_events(case, unit, row.number, self._origin)
            return prepare_case(
                self._ledger, self._codec, events, case.number, candidate.fingerprint
            )
        except RowRejectedError as error:
            self._tally.reject(row, error.reason, error.column)
        except EventTooLargeError:
            self._tally.reject(row, Reason.TOO_LONG, None)
        return None
