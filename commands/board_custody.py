"""Without this file the terminal could not show where the time of closed petitions went."""

from datetime import datetime, time, timedelta

from api.custody_views import HolderView
from commands.board_text import Asked
from commands.reading import Reading
from ledger.office_time import OfficeTime
from ledger.reference import ReferenceStreams
from projections.custody_sums import sum_custody
from projections.log_streams import LogStreams
from projections.succession import read_succession

_DAYS = 31
"""Days that are summed where the question names none, as in the API."""


def read_custody(reading: Reading, asked: Asked) -> list[HolderView]:
    """Return the working minutes of each holder over the petitions closed in a period. Blocking."""
    zone = reading.zone
    today = asked.as_of.astimezone(zone).date()
    last = asked.last or max(today, asked.first or today)
    first = asked.first or last - timedelta(days=_DAYS - 1)
    charge = OfficeTime(ReferenceStreams(LogStreams(reading.connection)), asked.as_of).charge
    succession = read_succession(reading.connection, asked.as_of, zone)
    sums = sum_custody(
        reading.connection,
        datetime.combine(first, time.min, zone),
        datetime.combine(last + timedelta(days=1), time.min, zone),
        charge,
        succession=succession,
    )
    unit = None if asked.unit is None else succession.heir(asked.unit)
    parts = [part for part in sums.parts if unit in (None, part.unit)]
    return [HolderView.of(part) for part in parts[: asked.limit]]
