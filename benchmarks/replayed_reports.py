"""P8: a report as it was known on an earlier day, and one under other rules, from the log alone."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from time import perf_counter
from typing import Any, Final

from psycopg import Connection

from benchmarks.bench import Bench
from benchmarks.rounds import Contender
from benchmarks.rows import Goal, Row
from domain.dimension import Dimension
from domain.supposition import Supposition
from ledger.database import Database, Role
from replay.figures import head_position, replay_counts
from replay.filling import Progress
from replay.known_rules import read_rules
from replay.rebuild import rebuild
from replay.what_if import tell_what_if
from scenarios.pack_files import read_pack

REBUILD: Final = "rebuild"
GOAL: Final = Goal(0.8, against=REBUILD)
SUPPOSED: Final = "plain"
AS_OF: Final = datetime(2030, 1, 1, tzinfo=UTC)
"""After every act of the log, wherever its petitions were moved to."""

Ask = Callable[[Connection[Any], int], object]


def replayed_report_rows(bench: Bench) -> Iterator[Row]:
    """Yield the rows of the two reports, each beside P3's rebuild of the same log. Blocking."""
    events_len = bench.sizes.replayed_events_len
    database = bench.history.grow(events_len)
    for name, ask in (("as-of report", count_known), ("what-if report", count_supposed)):
        yield _row(bench, database, f"{name} over {events_len:,} events", ask)


def _row(bench: Bench, database: Database, work: str, ask: Ask) -> Row:
    figures = bench.alternate(
        [
            Contender("ours", lambda _: _measure(database, ask)),
            Contender(REBUILD, lambda _: _measure_rebuild(database)),
        ],
        title=f"P8 {work}",
    )
    size, series = bench.sizes.replayed_events_len, work.partition(" over")[0]
    return Row("P8", work, "events/s", figures, (GOAL,), size=size, series=series)


def count_known(connection: Connection[Any], position: int) -> object:
    """Return the counts by unit that the log gives at a position."""
    return replay_counts(connection, Dimension.UNIT, as_of=AS_OF, position=position)


def count_supposed(connection: Connection[Any], position: int) -> object:
    """Return the counts by unit as they are, and as they would be under other rules."""
    rules = read_rules(connection, position)
    supposition = Supposition(rules.packs, read_pack(SUPPOSED), None)
    return tell_what_if(
        connection, supposition, rules, Dimension.UNIT, as_of=AS_OF, position=position
    )


def ask_whole(database: Database, _: Progress, *, ask: Ask) -> int:
    """Ask for a report over the whole log, and return the log's length. Blocking."""
    with database.connect(Role.APP) as connection:
        position = head_position(connection)
        ask(connection, position)
        return position


def _measure(database: Database, ask: Ask) -> float:
    started_at_s = perf_counter()
    position = ask_whole(database, lambda *_: None, ask=ask)
    return position / (perf_counter() - started_at_s)


def _measure_rebuild(database: Database) -> float:
    started_at_s = perf_counter()
    return rebuild(database, jobs=1).position / (perf_counter() - started_at_s)
