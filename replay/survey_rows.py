"""Without this file a row of a survey would stay a row and never become an answer."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from domain.callbacks import CompleteCallback
from domain.vocabulary import Labelled, Resolution, Satisfaction
from replay.field_reader import FieldReader
from replay.local_time import TimeRule
from replay.mapping_fields import FieldMapping
from replay.reject_reasons import Reason, RowRejectedError
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
        self._readers = {
            name: FieldReader.of(name, field, columns, _time_rule(name, field, mapping))
            for name, field in mapping.fields.named().items()
        }

    def read(self, row: TableRow) -> SurveyRow:
        """Return the answer a row states.

        Raises:
            RowRejectedError: the row cannot be read as the mapping says.
        """
        if row.broken is not None:
            raise RowRejectedError(row.broken)
        reference = self._readers["petition"].word(row)
        answered_at = self._readers["answered_at"].instant(row)
        if reference is None or answered_at is None:
            raise self._readers["petition" if reference is None else "answered_at"].refuse(
                Reason.MISSING
            )
        if answered_at > self._now:
            raise self._readers["answered_at"].refuse(Reason.IN_FUTURE)
        resolution = self._readers["resolution"].member(row, Resolution)
        satisfaction = self._readers["satisfaction"].member(row, Satisfaction)
        command = CompleteCallback(
            occurred_at=answered_at,
            resolution=resolution or Resolution.NO_ANSWER,
            satisfaction=satisfaction or Satisfaction.NO_ANSWER,
            comment=self._comment(row),
        )
        return SurveyRow(reference, command)

    def refuse(self, reason: Labelled) -> RowRejectedError:
        """Return the error that names the column of the petition."""
        return RowRejectedError(reason, self._readers["petition"].field.column)

    def _comment(self, row: TableRow) -> str | None:
        reader = self._readers.get("comment")
        comment = None if reader is None else reader.word(row)
        if reader is not None and comment is not None and len(comment) > _COMMENT_LEN_MAX:
            raise reader.refuse(Reason.TOO_LONG)
        return comment


def _time_rule(name: str, field: FieldMapping, mapping: SurveyMapping) -> TimeRule | None:
    if name != "answered_at":
        return None
    return TimeRule(
        column=field.column or "",
        formats=field.formats,
        bare_date=field.bare_date,
        zone=ZoneInfo(mapping.zone),
        ambiguous=mapping.ambiguous_times,
        nonexistent=mapping.nonexistent_times,
    )
