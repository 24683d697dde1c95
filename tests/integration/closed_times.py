"""Handling times as most tests ask for them."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from psycopg import Connection

from domain.calendar_cn import find_calendar
from domain.dimension import Dimension
from domain.handling_time import HandlingMeasure
from domain.office_hours import OfficeHours
from domain.spread import Spread
from projections.handling_times import read_handling
from projections.scope import EVERYTHING, Cohort, Scope

FAR = datetime(2099, 1, 1, tzinfo=UTC)
"""After all acts that tests tell of."""

_OFFICE = OfficeHours(find_calendar("cn@2026"), ZoneInfo("Asia/Shanghai"), ())


def closed_times(
    connection: Connection[Any],
    by: Dimension,
    *,
    as_of: datetime = FAR,
    scope: Scope = EVERYTHING,
    cohort: Cohort | None = None,
) -> dict[str, Spread]:
    """Return how long closed petitions took by the clock on the wall, by group, if any did."""
    answer = read_handling(
        connection,
        by,
        as_of=as_of,
        measure=HandlingMeasure.WALL,
        office=_OFFICE,
        scope=scope,
        cohort=cohort,
    )
    return {key: each.closed for key, each in answer.rows.items() if each.closed.count}
