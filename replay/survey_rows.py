"""Without this file a row of a survey would stay a row and never become an answer."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from domain.callbacks import CompleteCallback
from domain.vocabulary import Labelled, Resolution, Satisfaction
from replay.reject_reasons import Reason, RowRejectedError
from replay.row_reader import RowReader
from replay.survey_mapping import SurveyMapping
from replay.table import TableRow

_COMMENT_LEN_MAX = 20_000


class SurveyRow(NamedTuple):
    """What one row states: about which petition, and the answers."""

    reference: str
    command: CompleteCallback


class SurveyReader:
    """Turns rows into answers by one mapping; pure.

    Args:
        mapping: What the columns mean.
        columns: Column name to place, for every column the mapping names.
        now: Aware instant; an answer of a later time is rejected.
    """

    def __init__(self, mapping: SurveyMapping, columns: Mapping[str, int], now: datetime) -> None:
        self._now = now
        self._row = RowReader(mapping, columns)

    def read(self, row: TableRow) -> SurveyRow:
        """Return the answer a row states.

        Raises:
            RowRejectedError: the row cannot be read as the mapping says.
        """
        if row.broken is not None:
            raise RowRejectedError(row.broken)
        reference = self._row.word("petition", row)
        answered_at = self._row.instant("answered_at", row)
        if reference is None or answered_at is None:
            missing = "petition" if reference is None else "answered_at"
            raise self._row.refuse(missing, Reason.MISSING)
        if answered_at > self._now:
            raise self._row.refuse("answered_at", Reason.IN_FUTURE)
        resolution = self._row.member("resolution", Resolution, row)
        satisfaction = self._row.member("satisfaction", Satisfaction, row)
        command = CompleteCallback(
            occurred_at=answered_at,
            resolution=resolution or Resolution.NO_ANSWER,
            satisfaction=satisfaction or Satisfaction.NO_ANSWER,
            comment=self._comment(row),
        )
        return SurveyRow(reference, command)

    def refuse(self, reason: Labelled) -> RowRejectedError:
        """Return the error that names the column of the petition."""
        return self._row.refuse("petition", reason)

    def _comment(self, row: TableRow) -> str | None:
        comment = self._row.word("comment", row)
        if comment is not None and len(comment) > _COMMENT_LEN_MAX:
            raise self._row.refuse("comment", Reason.TOO_LONG)
        return comment
