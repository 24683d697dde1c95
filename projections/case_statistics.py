"""Without this file nobody could say how long petitions take."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from psycopg import Connection

from domain.answer_times import answered_within
from domain.calendar import Calendar
from domain.dimension import Dimension
from domain.limit import TimeUnit
from domain.rate import Rate, WithheldRate
from projections.case_times import ClockStart, read_case_times
from projections.incomplete_scopes import read_incomplete_scopes, withheld_text
from projections.scope import EVERYTHING, Cohort, Scope


@dataclass(frozen=True)
class AnswerLimit:
    """A length of time an answer is measured against.

    Attributes:
        amount: At least 1.
        unit: Working days to the end of the day, calendar days of exactly 24 hours, or
            hours.
        calendar: Working days.
        zone: Zone of the civil days.
    """

    amount: int
    unit: TimeUnit
    calendar: Calendar
    zone: ZoneInfo

    def holds(self, start: datetime, answered_at: datetime) -> bool:
        """Whether an answer came in time. Pure."""
        return answered_within(start, answered_at, self.amount, self.unit, self.calendar, self.zone)


@dataclass(frozen=True)
class AnswerShares:
    """Shares answered within a limit, by group and over all; see ``read_answered_within``."""

    position: int
    total: Rate
    rows: Mapping[str, Rate]


def read_answered_within(
    connection: Connection[Any],
    by: Dimension,
    limit: AnswerLimit,
    *,
    now: datetime,
    as_of: datetime | None = None,
    start: ClockStart = ClockStart.SUBMISSION,
    scope: Scope = EVERYTHING,
    cohort: Cohort | None = None,
) -> AnswerShares:
    """Return the shares answered within a limit.

    Blocking; a scan. The numerator is what was answered in time; the denominator is what
    was answered at all, or is not but can no longer be in time.

    Args:
        connection: Of a role that may read the read models.
        by: Groups of the answer.
        limit: What counts as in time.
        now: Aware instant of the question.
        as_of: Aware instant to judge at; None for all that is known by ``now``.
        start: Where counting begins.
        scope: Which petitions are meant.
        cohort: Only petitions accepted in this stretch.

    Source:
        domain.md decision 14.
    """
    found = read_case_times(connection, by, scope=scope, cohort=cohort, as_of=as_of)
    position, cases, succession = found
    shares: dict[str, Rate] = {}
    for case in cases:
        begun = case.begun_at(start)
        in_time = limit.holds(begun, case.replied_at or as_of or now)
        if case.replied_at is None and in_time:
            continue
        so_far = shares.get(case.key, Rate(0, 0))
        answered = case.replied_at is not None and in_time
        shares[case.key] = Rate(so_far.n + answered, so_far.d + 1)
    total = Rate(sum(rate.n for rate in shares.values()), sum(rate.d for rate in shares.values()))
    incomplete = read_incomplete_scopes(connection)

    def given(rate: Rate, key: str | None) -> Rate:
        reason = withheld_text(incomplete, scope.extent(by, key), succession)
        return rate if reason is None else WithheldRate(reason)

    rows = {key: given(rate, key) for key, rate in sorted(shares.items())}
    return AnswerShares(position, given(total, None), rows)
