"""Without this file a row would stay a row and never become the case it speaks of."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from domain.vocabulary import Channel, Labelled, Outcome, PetitionType, Satisfaction
from replay.field_reader import FieldReader
from replay.local_time import TimeRule
from replay.mapping import Closing, FileMapping
from replay.mapping_fields import TIMES, FieldMapping
from replay.reject_reasons import Reason, RowRejectedError
from replay.stated_case import StatedCase
from replay.table import TableRow

CASE_KEY_LEN_MAX = 200

_Word = TypeVar("_Word", bound=Labelled)


class CaseReader:
    """Turns rows into cases by one mapping; pure.

    Args:
        mapping: What the columns mean.
        columns: Column name to place, for every column the mapping names.
        now: Aware instant; what claims to have happened after it is rejected.
    """

    def __init__(self, mapping: FileMapping, columns: Mapping[str, int], now: datetime) -> None:
        self._source = mapping.source
        self._closing = mapping.closing
        self._now = now
        self._readers = {
            name: FieldReader.of(
                name, field, columns, _time_rule(name, field, mapping) if name in TIMES else None
            )
            for name, field in mapping.fields.named().items()
        }

    def read(self, row: TableRow) -> StatedCase:
        """Return the case a row states.

        Raises:
            RowRejectedError: the row cannot be read as the mapping says, or
                contradicts itself.
        """
        if row.broken is not None:
            raise RowRejectedError(row.broken)
        case_key, created_at = self._word("case_key", row), self._instant("created_at", row)
        if case_key is None or created_at is None:
            missing = "case_key" if case_key is None else "created_at"
            raise self._readers[missing].refuse(Reason.MISSING)
        if len(case_key) > CASE_KEY_LEN_MAX:
            raise self._readers["case_key"].refuse(Reason.CASE_KEY_TOO_LONG)
        case = StatedCase(
            case_key=case_key,
            number=self._word("number", row) or f"{self._source}-{case_key}",
            status=self._word("status", row) or "",
            created_at=created_at,
            closed_at=self._closed_at(row),
            replied_at=self._instant("replied_at", row),
            due_at=self._instant("due_at", row),
            outcome=self._member("outcome", Outcome, row) or Outcome.NOT_RECORDED,
            satisfaction=self._member("satisfaction", Satisfaction, row),
            unit=self._word("unit", row),
            petition_type=self._member("petition_type", PetitionType, row),
            type_label=self._word("type_label", row) or self._source_label("petition_type", row),
            category=self._word("category", row),
            channel=self._member("channel", Channel, row) or Channel.NOT_RECORDED,
            channel_label=self._source_label("channel", row),
            region=self._word("region", row),
            enterprise=self._word("enterprise", row),
            subject=self._word("subject", row),
            text=self._word("text", row),
            name=self._word("name", row),
            phone=self._word("phone", row),
            reply=self._word("reply", row),
        )
        self._check_order(case)
        return case

    def _word(self, name: str, row: TableRow) -> str | None:
        reader = self._readers.get(name)
        return None if reader is None else reader.word(row)

    def _source_label(self, name: str, row: TableRow) -> str | None:
        reader = self._readers.get(name)
        return None if reader is None else reader.source_label(row)

    def _member(self, name: str, vocabulary: type[_Word], row: TableRow) -> _Word | None:
        reader = self._readers.get(name)
        return None if reader is None else reader.member(row, vocabulary)

    def _instant(self, name: str, row: TableRow) -> datetime | None:
        reader = self._readers.get(name)
        return None if reader is None else reader.instant(row)

    def _closed_at(self, row: TableRow) -> datetime | None:
        closed_at = self._instant("closed_at", row)
        if self._closing is None or self._closing.when == "closed_at":
            return closed_at
        return self._by_status(self._closing, self._word("status", row), closed_at)

    def _by_status(
        self, closing: Closing, status: str | None, closed_at: datetime | None
    ) -> datetime | None:
        if status in closing.closed:
            if closed_at is None:
                raise self._readers["closed_at"].refuse(Reason.CLOSED_WITHOUT_TIME)
            return closed_at
        if status not in closing.open:
            raise self._readers["status"].refuse(Reason.UNKNOWN_STATUS)
        if closed_at is not None:
            raise self._readers["closed_at"].refuse(Reason.OPEN_WITH_CLOSING_TIME)
        return None

    def _check_order(self, case: StatedCase) -> None:
        for name, at in (
            ("created_at", case.created_at),
            ("replied_at", case.replied_at),
            ("closed_at", case.closed_at),
        ):
            if at is not None and at > self._now:
                raise self._readers[name].refuse(Reason.IN_FUTURE)
        if case.closed_at is not None and case.closed_at < case.created_at:
            raise self._readers["closed_at"].refuse(Reason.CLOSED_BEFORE_CREATED)
        if case.replied_at is not None:
            replied = self._readers["replied_at"]
            if case.replied_at < case.created_at:
                raise replied.refuse(Reason.REPLIED_BEFORE_CREATED)
            if case.closed_at is not None and case.closed_at < case.replied_at:
                raise replied.refuse(Reason.REPLIED_AFTER_CLOSED)
        elif case.closed_at is None and case.satisfaction is not None:
            raise self._readers["satisfaction"].refuse(Reason.RATING_WITHOUT_OUTCOME)


def _time_rule(name: str, field: FieldMapping, mapping: FileMapping) -> TimeRule:
    return TimeRule(
        column=field.column or "",
        formats=field.formats,
        # When a day ends decides whether an act was on time: for due times it must be stated.
        bare_date=field.bare_date or (None if name == "due_at" else "start"),
        zone=ZoneInfo(mapping.zone),
        ambiguous=mapping.ambiguous_times,
        nonexistent=mapping.nonexistent_times,
    )
