"""Without this file handling times would leave out what is still open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from psycopg import Connection

from domain.dimension import Dimension
from domain.handling_time import HandlingMeasure, handled
from domain.office_hours import OfficeHours
from domain.spread import Spread, spread_of
from domain.survival import survival_median
from projections.case_times import ClockStart, read_case_times
from projections.scope import EVERYTHING, Cohort, Scope

_MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True)
class Handling:
    """How long petitions took, and have taken so far.

    Attributes:
        closed: Spread of those that are closed.
        open: Spread of the age of those that are open.
        median_us: Median over both by Kaplan and Meier; None where it is not reached.
    """

    closed: Spread
    open: Spread
    median_us: int | None


@dataclass(frozen=True)
class HandlingAnswer:
    """Handling by group and over all, and the log place of the read model."""

    position: int
    total: Handling
    rows: Mapping[str, Handling]


def read_handling(
    connection: Connection[Any],
    by: Dimension,
    *,
    as_of: datetime,
    measure: HandlingMeasure,
    office: OfficeHours,
    start: ClockStart = ClockStart.SUBMISSION,
    scope: Scope = EVERYTHING,
    cohort: Cohort | None = None,
) -> HandlingAnswer:
    """Return how long petitions took to their last standing reply, or have been open.

    Blocking; a scan that judges each petition.

    Args:
        connection: Of a role that may read the read models.
        by: Groups of the answer.
        as_of: Aware instant to judge at.
        measure: What counts as handling time.
        office: When the office works.
        start: Where counting begins.
        scope: Which petitions are meant.
        cohort: Only petitions accepted in this stretch.

    Source:
        domain.md §5, `handling_time`.
    """
    position, cases, _ = read_case_times(connection, by, scope=scope, cohort=cohort, as_of=as_of)
    closed: dict[str, list[int]] = {}
    still_open: dict[str, list[int]] = {}
    for case in cases:
        end, durations = as_of, still_open
        if case.closed:
            if case.replied_at is None:
                continue
            end, durations = case.replied_at, closed
        taken = handled(case.begun_at(start), end, case.pauses, measure, office)
        durations.setdefault(case.key, []).append(taken // _MICROSECOND)
    keys = sorted(closed.keys() | still_open.keys())
    return HandlingAnswer(
        position,
        _handling(_all(closed), _all(still_open)),
        {key: _handling(closed.get(key, []), still_open.get(key, [])) for key in keys},
    )


def _all(groups: Mapping[str, list[int]]) -> list[int]:
    return [taken for group in groups.values() for taken in group]


def _handling(closed: list[int], still_open: list[int]) -> Handling:
    return Handling(spread_of(closed), spread_of(still_open), survival_median(closed, still_open))
