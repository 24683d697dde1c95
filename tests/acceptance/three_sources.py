"""One report out of three sources: live counters, a rebuild, and DuckDB over Parquet."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from commands.failures import Exit
from commands.main import run
from domain.counts import Counts, check_identities
from domain.dimension import Dimension
from domain.measures import MEASURES
from domain.rates import RATES
from ledger.database import Database, Role
from ledger.zone import ledger_zone
from projections.rate_queries import read_counts
from replay.figures import head_position, replay_counts
from tests.duckdb_answers import ask
from tests.integration.test_report_command import connect_by

Answer = Mapping[tuple[Dimension, str], Counts]
"""Counts by dimension and group; groups for which nothing counts are absent."""

_COLUMNS: Final = {
    Dimension.TOTAL: "''",
    Dimension.UNIT: "unit",
    Dimension.TYPE: "petition_type",
    Dimension.CHANNEL: "channel",
    Dimension.REGION: "region",
}


def from_counters(database: Database, as_of: datetime) -> Answer:
    """Return what the read models count, whoever filled them."""
    found: dict[tuple[Dimension, str], Counts] = {}
    with database.connect(Role.APP) as connection:
        zone = ledger_zone(connection)
        for by in Dimension:
            rows = read_counts(connection, by, as_of=as_of, zone=zone).rows
            found |= {(by, key): counts for key, counts in rows.items()}
    return found


def from_the_log(database: Database, as_of: datetime) -> Answer:
    """Return what a replay of the log counts by unit."""
    by = Dimension.UNIT
    with database.connect(Role.APP) as connection:
        position = head_position(connection)
        rows = replay_counts(connection, by, as_of=as_of, position=position).rows
    return {(by, key): counts for key, counts in rows.items()}


def export(database: Database, folder: Path, as_of: datetime) -> None:
    """Write the offline copy of a ledger, as people do."""
    arguments = ["export", "--parquet", str(folder), "--with-confidential"]
    code = run([*arguments, "--as-of", as_of.isoformat()], connect_by(database), version="0")
    assert code == Exit.DONE


def from_parquet(folder: Path) -> Answer:
    """Return what DuckDB adds up in an offline copy."""
    sums = ", ".join(f"sum({measure})::BIGINT" for measure in MEASURES)
    found: dict[tuple[Dimension, str], Counts] = {}
    for by, column in _COLUMNS.items():
        rows = ask(
            f"SELECT coalesce({column}, ''), {sums} "  # noqa: S608 - columns of our own
            f"FROM read_parquet('{folder}/measures/**/*.parquet') GROUP BY 1"
        )
        found |= {(by, key): Counts(tuple(vector)) for key, *vector in rows}
    return {place: counts for place, counts in found.items() if not counts.is_empty}


def rates_of(answer: Answer) -> dict[tuple[Dimension, str, str], tuple[int, int]]:
    """Return numerator and denominator of every rate of every group.

    Raises:
        CountsDisagreeError: the counts of a group break an identity.
    """
    for counts in answer.values():
        check_identities(counts)
    return {
        (*place, rate.reference): (sums.n, sums.d)
        for place, counts in answer.items()
        for rate in RATES.values()
        for sums in (rate.sums(counts),)
    }
