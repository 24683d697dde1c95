"""Without this file a row would stay a row and never become the case it speaks of."""

from collections.abc import Mapping
from datetime import datetime

from domain.vocabulary import Channel, Outcome, PetitionType, Satisfaction
from replay.mapping import Closing, FileMapping
from replay.reject_reasons import Reason, RowRejectedError
from replay.row_reader import RowReader
from replay.stated_case import StatedCase
from replay.table import TableRow

CASE_KEY_LEN_MAX = 200


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
        self._row = RowReader(mapping, columns)

    def read(self, row: TableRow) -> StatedCase:
        """Return the case a row states.

        Raises:
            RowRejectedError: the row cannot be read as the mapping says, or
                contradicts itself.
        """
        if row.broken is not None:
            raise RowRejectedError(row.broken)
        case_key, created_at = self._row.word("case_key", row), self._row.instant("created_at", row)
        if case_key is None or created_at is None:
            missing = "case_key" if case_key is None else "created_at"
            raise self._row.refuse(missing, Reason.MISSING)
        if len(case_key) > CASE_KEY_LEN_MAX:
            raise self._row.refuse("case_key", Reason.CASE_KEY_TOO_LONG)
        case = StatedCase(
            case_key=case_key,
            number=self._row.word("number", row) or f"{self._source}-{case_key}",
            status=self._row.word("status", row) or "",
            created_at=created_at,
            closed_at=self._closed_at(row),
            replied_at=self._row.instant("replied_at", row),
            due_at=self._row.instant("due_at", row),
            outcome=self._row.member("outcome", Outcome, row) or Outcome.NOT_RECORDED,
            satisfaction=self._row.member("satisfaction", Satisfaction, row),
            unit=self._row.word("unit", row),
            petition_type=self._row.member("petition_type", PetitionType, row),
            type_label=self._row.word("type_label", row)
            or self._row.source_label("petition_type", row),
            category=self._row.word("category", row),
            channel=self._row.member("channel", Channel, row) or Channel.NOT_RECORDED,
            channel_label=self._row.source_label("channel", row),
            region=self._row.word("region", row),
            enterprise=self._row.word("enterprise", row),
            subject=self._row.word("subject", row),
            text=self._row.word("text", row),
            name=self._row.word("name", row),
            phone=self._row.word("phone", row),
            reply=self._row.word("reply", row),
        )
        self._check_order(case)
        return case

    def _closed_at(self, row: TableRow) -> datetime | None:
        closed_at = self._row.instant("closed_at", row)
        if self._closing is None or self._closing.when == "closed_at":
            return closed_at
        return self._by_status(self._closing, self._row.word("status", row), closed_at)

    def _by_status(
        self, closing: Closing, status: str | None, closed_at: datetime | None
    ) -> datetime | None:
        if status in closing.closed:
            if closed_at is None:
                raise self._row.refuse("closed_at", Reason.CLOSED_WITHOUT_TIME)
            return closed_at
        if status not in closing.open:
            raise self._row.refuse("status", Reason.UNKNOWN_STATUS)
        if closed_at is not None:
            raise self._row.refuse("closed_at", Reason.OPEN_WITH_CLOSING_TIME)
        return None

    def _check_order(self, case: StatedCase) -> None:
        for name, at in (
            ("created_at", case.created_at),
            ("replied_at", case.replied_at),
            ("closed_at", case.closed_at),
        ):
            if at is not None and at > self._now:
                raise self._row.refuse(name, Reason.IN_FUTURE)
        if case.closed_at is not None and case.closed_at < case.created_at:
            raise self._row.refuse("closed_at", Reason.CLOSED_BEFORE_CREATED)
        if case.replied_at is not None:
            if case.replied_at < case.created_at:
                raise self._row.refuse("replied_at", Reason.REPLIED_BEFORE_CREATED)
            if case.closed_at is not None and case.closed_at < case.replied_at:
                raise self._row.refuse("replied_at", Reason.REPLIED_AFTER_CLOSED)
        elif case.closed_at is None and case.satisfaction is not None:
            raise self._row.refuse("satisfaction", Reason.RATING_WITHOUT_OUTCOME)
