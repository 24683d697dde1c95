"""Without this file a third party's survey would have to be typed in row by row."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from psycopg import Connection

from domain.callbacks import CompleteCallback
from domain.errors import DomainError
from domain.principal import Principal
from domain.vocabulary import Labelled
from ledger.application import PetitionLedger
from ledger.database import Database, Role
from ledger.errors import LedgerError
from ledger.queries import load_queries
from replay.columns import place_columns
from replay.file_digest import file_digest
from replay.reject_reasons import RowRejectedError
from replay.rejects import Reject
from replay.row_tally import RowSummary, RowTally
from replay.survey_mapping import SurveyMapping
from replay.survey_reasons import SurveyReason, reason_of
from replay.survey_rows import SurveyReader
from replay.table import TableRow
from replay.table_reader import open_table

QUERIES: Final = load_queries("replay", "survey")

OnReject = Callable[[tuple[str, ...], Reject], None]


class SurveySummary(RowSummary):
    """What became of the rows of a survey.

    Attributes:
        recorded: Answers recorded, or to be recorded in a dry run.
    """

    recorded: int = 0


class Surveyor:
    """Records the answers of one file as callbacks of a third party, once. Blocking.

    Args:
        ledger: Where the answers go.
        principal: The third party; its key was checked.
        mapping: What the file's columns mean.
        drawn: Petitions that may be answered for, or None for any.
        is_dry: Whether to record nothing.
    """

    def __init__(
        self,
        ledger: PetitionLedger,
        principal: Principal,
        mapping: SurveyMapping,
        drawn: frozenset[UUID] | None,
        *,
        is_dry: bool,
    ) -> None:
        self._ledger = ledger
        self._principal = principal
        self._mapping = mapping
        self._drawn = drawn
        self._is_dry = is_dry
        self._met: set[UUID] = set()

    def run(
        self, database: Database, path: Path, now: datetime, on_reject: OnReject
    ) -> SurveySummary:
        """Record what a file holds and return what became of every row.

        One transaction per answer; what is recorded stays, and repeating adds nothing.

        Raises:
            TableError: the file is no table, or lacks a column of the mapping.
            LedgerError: the ledger failed; repeat the import.
            OSError: the file cannot be read.
        """
        summary = SurveySummary(self._mapping.source, file_digest(path))
        with (
            open_table(path, self._mapping.form) as table,
            database.connect(Role.APP, autocommit=True) as connection,
        ):
            columns = place_columns(self._mapping.fields.named(), table.header)
            reader = SurveyReader(self._mapping, columns, now)
            tally = RowTally(summary, lambda each: on_reject(table.header, each))
            for row in table.rows:
                summary.rows += 1
                try:
                    self._take(reader, row, connection, summary)
                except RowRejectedError as error:
                    tally.reject(row, error.reason, error.column)
        return summary

    def _take(
        self,
        reader: SurveyReader,
        row: TableRow,
        connection: Connection[Any],
        summary: SurveySummary,
    ) -> None:
        stated = reader.read(row)
        petition_id = find_petition(connection, stated.reference)
        refused: Labelled | None = None
        if petition_id is None:
            refused = SurveyReason.UNKNOWN_PETITION
        elif self._drawn is not None and petition_id not in self._drawn:
            refused = SurveyReason.NOT_IN_SAMPLE
        elif petition_id in self._met:
            refused = SurveyReason.ANSWERED_TWICE
        if refused is not None or petition_id is None:
            raise reader.refuse(refused or SurveyReason.UNKNOWN_PETITION)
        self._met.add(petition_id)
        try:
            self._record(petition_id, stated.command, summary)
        except (DomainError, LedgerError) as error:
            raise reader.refuse(reason_of(error)) from error

    def _record(self, petition_id: UUID, command: CompleteCallback, summary: SurveySummary) -> None:
        key = self._key(petition_id, command)
        if self._is_dry:
            replayed = self._ledger.rehearse_act(petition_id, command, self._principal, key)
        else:
            receipt = self._ledger.apply(petition_id, command, self._principal, idempotency_key=key)
            replayed = receipt.replayed
            summary.last_position = receipt.last_position
        if replayed:
            summary.already_there += 1
        else:
            summary.recorded += 1

    def _key(self, petition_id: UUID, command: CompleteCallback) -> str:
        at = command.occurred_at
        answered = "" if at is None else at.astimezone(UTC).isoformat()
        return f"survey/{self._mapping.source}/{petition_id}/{answered}"


def find_petition(connection: Connection[Any], reference: str) -> UUID | None:
    """Return the petition of an id or a number, or None where no petition has the number.

    Blocking, one query. An id is not looked up.
    """
    try:
        return UUID(reference)
    except ValueError:
        pass
    value = {"value": f"number:{reference}"}
    row = connection.execute(QUERIES["find_petition"], value).fetchone()
    return None if row is None else row[0]
