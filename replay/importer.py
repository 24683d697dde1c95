"""Without this file a city could not move in with the cases it already has."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from psycopg import Connection

from domain.roster import Unit
from ledger.append import Append
from ledger.application import PetitionLedger
from ledger.bulk_append import append_in_bulk
from ledger.database import Database, Role
from ledger.errors import ClaimTakenError, KeyTakenError, LedgerError
from ledger.foundation import register_units
from replay.case_intake import Candidate, CaseIntake
from replay.case_rows import CaseReader
from replay.import_summary import ImportSummary, ImportTally
from replay.import_units import ImportUnits
from replay.imported_case import Origin
from replay.known_cases import KnownCases, Standing
from replay.mapping import FileMapping
from replay.reject_reasons import Reason
from replay.rejects import Reject
from replay.table import Table

OnProgress = Callable[[ImportSummary, float], None]


class Importer:
    """Records the cases of one file, once. Blocking.

    What is recorded stays: a run that was cut off is resumed by repeating it. A bad
    row costs only itself.

    Args:
        ledger: Where the cases go; opened, see ``open_for_import``.
        database: The ledger's database.
        mapping: What the file's columns mean.
        origin: Where the cases come from.
        now: Aware instant of the import; nothing may claim to have happened after it.
    """

    def __init__(
        self,
        ledger: PetitionLedger,
        database: Database,
        mapping: FileMapping,
        origin: Origin,
        now: datetime,
    ) -> None:
        self._ledger = ledger
        self._database = database
        self._mapping = mapping
        self._origin = origin
        self._now = now
        self._fields = mapping.fields.named()

    def run(
        self,
        table: Table,
        columns: Mapping[str, int],
        units: ImportUnits,
        *,
        is_dry: bool,
        on_reject: Callable[[Reject], None],
        on_progress: OnProgress = lambda *_: None,
    ) -> ImportSummary:
        """Record what the table holds and return what became of every row.

        One transaction per chunk of at most 5,000 events.

        Args:
            table: The file.
            columns: From ``place_columns``.
            units: The roster as it stands.
            is_dry: Whether to count only; then nothing at all is recorded.
            on_reject: Takes each rejected row.
            on_progress: Takes the summary so far and the share of the file read, 0 to 1.

        Raises:
            LedgerUnavailableError, OutcomeUnknownError: repeat the import; what was
                recorded is found and not recorded again.
        """
        summary = ImportSummary(self._origin.source, self._origin.file_sha256)
        tally = ImportTally(summary, on_reject)
        reader = CaseReader(self._mapping, columns, self._now)
        with self._connect() as connection:
            secret = self._ledger.reader.read_secret("fingerprint")
            known = KnownCases(connection, self._origin.actor_id, secret)
            key_column = self._fields["case_key"].column
            name = self._database.ledger
            intake = CaseIntake(name, self._origin, reader, known, units, tally, key_column)
            appends = intake.appends(
                table,
                (lambda _: None) if is_dry else self._register,
                lambda fraction: on_progress(summary, fraction),
            )
            if is_dry:
                _count(appends, intake, tally)
            else:
                self._record(appends, intake, tally, known)
        return summary

    def _connect(self) -> Connection[tuple[Any, ...]]:
        return self._database.connect(Role.APP, autocommit=True)

    def _register(self, units: list[Unit]) -> None:
        register_units(self._ledger, units, self._origin.principal, self._now)

    def _record(
        self, appends: Iterator[Append], intake: CaseIntake, tally: ImportTally, known: KnownCases
    ) -> None:
        for chunk in append_in_bulk(self._connect, appends):
            for append, answer in chunk:
                candidate = intake.waiting.popleft()
                match answer:
                    case range():
                        tally.accept(append, candidate.case, answer)
                    case KeyTakenError():
                        # The file holds the case twice, or another import was quicker.
                        (standing,) = known.compare([(candidate.key, candidate.fingerprint)])
                        intake.repeat(candidate, is_same=standing is Standing.SAME)
                    case _:
                        self._refuse(candidate, answer, tally)

    def _refuse(self, candidate: Candidate, refusal: LedgerError, tally: ImportTally) -> None:
        if not isinstance(refusal, ClaimTakenError):
            raise refusal
        number = self._fields.get("number") or self._fields["case_key"]
        tally.reject(candidate.row, Reason.NUMBER_TAKEN, number.column)


def _count(appends: Iterator[Append], intake: CaseIntake, tally: ImportTally) -> None:
    """Count what would be recorded; a case that the file holds twice would be found there."""
    met: dict[str, bytes] = {}
    for append in appends:
        candidate = intake.waiting.popleft()
        if candidate.key in met:
            intake.repeat(candidate, is_same=met[candidate.key] == candidate.fingerprint)
        else:
            met[candidate.key] = candidate.fingerprint
            tally.accept(append, candidate.case, range(0))
