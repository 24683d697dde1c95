"""Without this file the terminal could not show where the time of closed petitions went."""

from api.custody_views import HolderView
from commands.board_text import Asked
from commands.reading import Reading
from domain.period import stretch
from ledger.pinned_hours import PinnedHours
from ledger.reference import ReferenceStreams
from projections.custody_sums import sum_custody
from projections.log_streams import LogStreams
from projections.succession import read_succession


def read_custody(reading: Reading, asked: Asked) -> list[HolderView]:
    """Return the working minutes of each holder over the petitions closed in a period. Blocking."""
    zone = reading.zone
    today = asked.as_of.astimezone(zone).date()
    since, before = stretch(asked.first, asked.last, today, zone)
    charge = PinnedHours(ReferenceStreams(LogStreams(reading.connection)), asked.as_of).charge
    succession = read_succession(reading.connection, asked.as_of, zone)
    sums = sum_custody(
        reading.connection,
        since,
        before,
        charge,
        succession=succession,
    )
    unit = None if asked.unit is None else succession.heir(asked.unit)
    parts = [part for part in sums.parts if unit in (None, part.unit)]
    return [HolderView.of(part) for part in parts[: asked.limit]]
