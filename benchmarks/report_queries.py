"""P4: what people read daily, over ledgers of several sizes."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from itertools import chain
from typing import Any, Final, LiteralString, NamedTuple
from zoneinfo import ZoneInfo

from psycopg import Connection

from benchmarks.bench import Bench
from benchmarks.cities import invent_city, project_city
from benchmarks.latency import Latencies
from benchmarks.rounds import Contender
from benchmarks.rows import Figures, Goal, LateError, Row, failed_row
from domain.dimension import Dimension
from ledger.database import Database, Role
from ledger.queries import load_queries
from projections.rate_queries import read_counts
from projections.scope import Cohort
from projections.timeline import read_timeline
from projections.unit_score import read_unit_scores
from projections.worklist import read_worklist
from scenarios.invented_log import LAST_ON
from scenarios.invented_town import read_town

QUERIES = load_queries("benchmarks", "report_queries")

SMALL_LEN: Final = 10_000
LARGE_LEN: Final = 1_000_000
SMALL: Final = f"ours at {SMALL_LEN:,}"
GOALS: Final = (Goal(10), Goal(1.5, against=SMALL))
ANY_AS_OF_GOALS: Final = (Goal(1_000),)
_PAGE_LEN = 50


class Question(NamedTuple):
    """One thing that is asked.

    Attributes:
        name: What it is.
        ask: Asks our read models.
        plain: The same over the plain facts.
        goals: At ``LARGE_LEN`` petitions.
    """

    name: str
    ask: Callable[[], object]
    plain: Callable[[], object]
    goals: tuple[Goal, ...] = GOALS


def report_query_rows(bench: Bench) -> Iterator[Row]:
    """Yield two rows per question and number of petitions. Blocking."""
    small: dict[str, list[float]] = {}
    for petitions_len in bench.sizes.petitions_lens:
        if bench.is_late():
            yield failed_row("P4", f"reports of {petitions_len:,} petitions", LateError(), "ms")
            continue
        database = invent_city(bench, "p4", petitions_len)
        project_city(database)
        yield from asked_rows(bench, database, petitions_len, small)


def asked_rows(
    bench: Bench, database: Database, petitions_len: int, small: dict[str, list[float]]
) -> Iterator[Row]:
    """Yield two rows per question of one ledger, its read models made. Blocking.

    Args:
        bench: Where it lies.
        database: The ledger.
        petitions_len: Its invented petitions.
        small: Per question the figures at ``SMALL_LEN`` petitions; added to by that size.
    """
    with database.connect(Role.APP, autocommit=True) as connection:
        for question in questions(connection):
            yield from _rows(bench, question, petitions_len, small)


def questions(connection: Connection[Any]) -> list[Question]:
    """Return what is asked of a ledger, as of the end of its history."""
    zone = read_town().zone
    now = datetime.combine(LAST_ON, time.max, zone)
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    cohort = Cohort(month, now + timedelta(microseconds=1))
    month_end = month - timedelta(microseconds=1)
    noon = month.replace(day=15, hour=12)
    (unit,) = connection.execute(QUERIES["find_busy_unit"]).fetchone() or ("",)
    ((petition_id,),) = connection.execute(QUERIES["find_long_petition"]).fetchall()

    def plain(query: LiteralString, **parameters: object) -> Callable[[], object]:
        return lambda: connection.execute(query, parameters).fetchall()

    def closed(as_of: datetime, accepted_from: datetime | None = None) -> Callable[[], object]:
        query = QUERIES["count_closed_by_unit"]
        return plain(query, as_of=as_of, accepted_from=accepted_from)

    def rates(as_of: datetime, cohort: Cohort | None = None) -> Callable[[], object]:
        return lambda: _read_rates(connection, as_of, zone, cohort)

    return [
        Question("closure rate by unit, now", rates(now), closed(now)),
        Question("closure rate by unit, month's end", rates(month_end), closed(month_end)),
        Question("closure rate by unit, cohort of a month", rates(now, cohort), closed(now, month)),
        Question(
            "closure rate by unit, noon in mid-month",
            rates(noon),
            closed(noon),
            ANY_AS_OF_GOALS,
        ),
        Question(
            "closure rate by unit, cohort of a month, noon in mid-month",
            rates(noon, cohort),
            closed(noon, month),
            ANY_AS_OF_GOALS,
        ),
        Question(
            "ranking",
            lambda: read_unit_scores(connection, as_of=now, zone=zone),
            closed(now),
        ),
        Question(
            "worklist page",
            lambda: read_worklist(connection, unit, limit=_PAGE_LEN),
            plain(QUERIES["list_open_of_unit"], unit=unit),
        ),
        Question(
            "one timeline",
            lambda: read_timeline(connection, petition_id),
            plain(QUERIES["read_stream"], petition_id=petition_id),
        ),
    ]


def _read_rates(
    connection: Connection[Any], as_of: datetime, zone: ZoneInfo, cohort: Cohort | None
) -> object:
    return read_counts(connection, Dimension.UNIT, as_of=as_of, zone=zone, cohort=cohort)


def _rows(
    bench: Bench, question: Question, petitions_len: int, small: dict[str, list[float]]
) -> Iterator[Row]:
    work, times = f"{question.name}, {petitions_len:,} petitions", Latencies()
    turn_s = bench.sizes.turn_s / 2
    figures = bench.alternate(
        [
            Contender("ours", times.turn("ours", question.ask, turn_s)),
            Contender("plain SQL", times.turn("plain SQL", question.plain, turn_s)),
        ],
        title=f"P4 {work}",
    )
    if petitions_len == SMALL_LEN:
        small[question.name] = figures.rounds["ours"]
    is_beside = petitions_len != SMALL_LEN and question.name in small
    beside = {SMALL: small[question.name]} if is_beside else {}
    is_goal = petitions_len == LARGE_LEN and (is_beside or question.goals is not GOALS)
    whole = Figures(dict(chain(figures.rounds.items(), beside.items())), figures.absent)
    yield Row(
        "P4",
        f"{work}, p99",
        "ms",
        whole,
        question.goals if is_goal else (),
        size=petitions_len,
        series=f"{question.name}, p99",
    )
    yield Row("P4", f"{work}, p50", "ms", times.medians(figures))
