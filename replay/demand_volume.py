"""Without this file a forecast would have no past to rest on."""

from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from psycopg import Connection

from domain.demand_grouping import DemandGrouping
from domain.monthly_series import MonthlySeries, make_series
from domain.period import Period
from ledger.queries import load_queries
from replay.demand_scope import WHOLE_LEDGER, DemandScope

QUERIES: Final = load_queries("replay", "demand_volume")


def read_volume(
    connection: Connection[Any],
    by: DemandGrouping,
    last: Period,
    zone: ZoneInfo,
    *,
    scope: DemandScope = WHOLE_LEDGER,
) -> dict[str, MonthlySeries]:
    """Return petitions filed per statistical month, the largest group first.

    Blocking, one query over the facts; the numbers are those of the measure ``received``.

    Args:
        connection: Of a role that may read the read models.
        by: Groups.
        last: Last month that counts; its start day is that of every month.
        zone: Zone of the ledger's days.
        scope: Which petitions are meant.
    """
    _, before = last.bounds(zone)
    parameters = scope.parameters(by) | {"before": before, "zone": zone.key}
    days: dict[str, dict[date, int]] = {}
    for key, day, count in connection.execute(QUERIES["count_received"], parameters, prepare=False):
        days.setdefault(key, {})[day] = count
    series = {key: make_series(each, last) for key, each in days.items()}
    return dict(sorted(series.items(), key=lambda item: (-sum(item[1].counts), item[0])))
