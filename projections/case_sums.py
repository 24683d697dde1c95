"""Without this file nobody could ask how many cases came, from when to when, and which wait."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from psycopg import Connection

from domain.calendar import Calendar
from domain.dimension import Dimension
from projections.case_times import CaseKey, CaseTime, read_case_times
from projections.scope import EVERYTHING, Cohort, Scope


@dataclass
class Stretch:
    """The instants of one kind of act.

    Attributes:
        count: How many there are.
        first: The earliest, aware; None without any.
        last: The latest.
        off_days: How many fall on a local day that is no working day.
    """

    count: int = 0
    first: datetime | None = None
    last: datetime | None = None
    off_days: int = 0

    def add(self, at: datetime, *, is_off: bool) -> None:
        """Count one more."""
        self.count += 1
        self.first = at if self.first is None else min(self.first, at)
        self.last = at if self.last is None else max(self.last, at)
        self.off_days += is_off


@dataclass
class CaseSum:
    """Petitions of the base set that stand in one group.

    Attributes:
        filed: When they were submitted.
        answered: When the replies that stand were given.
        closed: How many are closed.
        overdue: How many are past their first cycle's due, extensions included, unanswered.
        without_limit: How many have no due at all.
    """

    filed: Stretch = field(default_factory=Stretch)
    answered: Stretch = field(default_factory=Stretch)
    closed: int = 0
    overdue: int = 0
    without_limit: int = 0

    @property
    def cases(self) -> int:
        """How many there are."""
        return self.filed.count

    @property
    def open(self) -> int:
        """How many are not closed."""
        return self.cases - self.closed


@dataclass(frozen=True)
class CaseSums:
    """Cases by group and over all, and the log place of the read model."""

    position: int
    total: CaseSum
    rows: Mapping[str, CaseSum]


def read_case_sums(
    connection: Connection[Any],
    by: Dimension | CaseKey,
    *,
    calendar: Calendar,
    zone: ZoneInfo,
    now: datetime,
    as_of: datetime | None = None,
    scope: Scope = EVERYTHING,
    cohort: Cohort | None = None,
) -> CaseSums:
    """Return how many cases there are, filed and answered when, and how they stand.

    Blocking; a scan.

    Args:
        connection: Of a role that may read the read models.
        by: Groups of the answer.
        calendar: Working days.
        zone: Zone of the civil days.
        now: Aware instant of the question.
        as_of: Aware instant to judge at; None for all that is known by ``now``.
        scope: Which petitions are meant.
        cohort: Only petitions accepted in this stretch.
    """
    found = read_case_times(connection, by, scope=scope, cohort=cohort, as_of=as_of)
    total, rows = CaseSum(), dict[str, CaseSum]()

    def is_off(at: datetime) -> bool:
        return not calendar.is_workday(at.astimezone(zone).date())

    for case in found.cases:
        for row in (total, rows.setdefault(case.key, CaseSum())):
            row.filed.add(case.submitted_at, is_off=is_off(case.submitted_at))
            if case.replied_at is not None:
                row.answered.add(case.replied_at, is_off=is_off(case.replied_at))
            row.closed += case.closed
            row.overdue += _is_overdue(case, as_of or now)
            row.without_limit += case.due_at is None
    return CaseSums(found.position, total, dict(sorted(rows.items())))


def _is_overdue(case: CaseTime, at: datetime) -> bool:
    return case.replied_at is None and case.due_at is not None and case.due_at < at
