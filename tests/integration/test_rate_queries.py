"""Without this file an as-of rate could be off by the acts of a day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import psycopg.rows
import psycopg.sql
import pytest
from psycopg import Connection
from psycopg.rows import TupleRow

from domain.counts import Counts, check_identities
from domain.dimension import Dimension
from domain.metrics import judge
from domain.petition_facts import PetitionFacts
from domain.rates import RATES
from domain.vocabulary import PetitionType
from ledger.database import Database, Role
from projections.rate_queries import QUERIES, read_counts
from projections.scope import Cohort, Scope
from tests.integration.petition_rows import START, insert_petitions, make_facts

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = START + timedelta(days=150, hours=5, minutes=7)


def judged(
    petitions: list[PetitionFacts], as_of: datetime, by: Dimension, scope: Scope
) -> dict[str, Counts]:
    """Return the counts the pure definition gives, group by group."""
    groups: dict[str, Counts] = {}
    for facts in petitions:
        for unit, vector in judge(facts, as_of).items():
            attributes = {
                Dimension.TOTAL: "",
                Dimension.UNIT: unit,
                Dimension.TYPE: facts.petition_type or "",
                Dimension.CHANNEL: facts.channel.value,
                Dimension.REGION: facts.region or "",
            }
            wanted = {
                Dimension.UNIT: scope.unit,
                Dimension.TYPE: scope.petition_type,
                Dimension.CHANNEL: scope.channel,
                Dimension.REGION: scope.region,
            }
            if any(
                value is not None and attributes[each] != value for each, value in wanted.items()
            ):
                continue
            key = str(attributes[by])
            groups[key] = groups.get(key, Counts()) + Counts(vector)
    return {key: counts for key, counts in groups.items() if not counts.is_empty}


@pytest.fixture(scope="module")
def petitions() -> list[PetitionFacts]:
    """Return 300 petitions, the same in every run."""
    random = Random(20261)  # noqa: S311 - a repeatable case, not a secret
    return [make_facts(random, number) for number in range(300)]


@pytest.fixture(scope="module")
def filled(module_database: Database, petitions: list[PetitionFacts]) -> Database:
    """Return a ledger with those petitions, which no test changes."""
    with module_database.connect(Role.PROJECTOR) as writer:
        insert_petitions(writer, petitions, SHANGHAI)
    return module_database


@pytest.fixture
def connection(filled: Database) -> Iterator[Connection[TupleRow]]:
    """Yield a connection of the application to that ledger."""
    with filled.connect(Role.APP) as reader:
        yield reader


SCOPES = [
    Scope(),
    Scope(unit="unit-1"),
    Scope(petition_type=PetitionType.APPEAL.value),
    Scope(unit="unit-2", petition_type=""),
    Scope(channel="web"),
    Scope(region="east"),
    Scope(region="", unit="unit-0"),
]


@pytest.mark.parametrize("scope", SCOPES, ids=str)
@pytest.mark.parametrize("by", list(Dimension))
def test_read_counts_equals_the_definition_at_any_instant(
    connection: Connection[TupleRow], petitions: list[PetitionFacts], by: Dimension, scope: Scope
) -> None:
    """At instants before, within and after the data the sums equal judging each petition."""
    random = Random(7)  # noqa: S311 - as above
    instants = [START - timedelta(days=1), NOW, START + timedelta(days=4000)]
    instants += [START + timedelta(seconds=random.randrange(190 * 86400)) for _ in range(4)]
    for as_of in instants:
        answer = read_counts(connection, by, as_of=as_of, zone=SHANGHAI, scope=scope)
        assert answer.rows == judged(petitions, as_of, by, scope)
        assert answer.position == len(petitions)


def test_read_counts_includes_the_very_instant(
    connection: Connection[TupleRow], petitions: list[PetitionFacts]
) -> None:
    """An act at the instant of the question counts, a microsecond earlier it does not."""
    closed_at = next(
        cycle.closed_at for facts in petitions for cycle in facts.cycles if cycle.closed_at
    )
    tick = timedelta(microseconds=1)
    for as_of in (closed_at - tick, closed_at, closed_at + tick):
        answer = read_counts(connection, Dimension.TOTAL, as_of=as_of, zone=SHANGHAI)
        assert answer.rows == judged(petitions, as_of, Dimension.TOTAL, Scope())


def test_read_counts_ends_the_day_at_the_ledgers_midnight(
    connection: Connection[TupleRow], petitions: list[PetitionFacts]
) -> None:
    """Just before and after local midnight, which is 16:00 UTC, nothing is lost or doubled."""
    midnight = datetime(2026, 3, 1, 16, tzinfo=UTC)
    for as_of in (midnight - timedelta(microseconds=1), midnight, midnight + timedelta(hours=3)):
        answer = read_counts(connection, Dimension.UNIT, as_of=as_of, zone=SHANGHAI)
        assert answer.rows == judged(petitions, as_of, Dimension.UNIT, Scope())


def test_read_counts_judges_a_cohort_later(
    connection: Connection[TupleRow], petitions: list[PetitionFacts]
) -> None:
    """Only petitions accepted in the half-open stretch count, by what is true later."""
    accepted = sorted(facts.accepted_at for facts in petitions if facts.accepted_at is not None)
    cohort = Cohort(accepted[40], accepted[90])
    inside = [
        facts
        for facts in petitions
        if facts.accepted_at is not None
        and cohort.accepted_from <= facts.accepted_at < cohort.accepted_before
    ]
    answer = read_counts(connection, Dimension.CHANNEL, as_of=NOW, zone=SHANGHAI, cohort=cohort)
    assert len(inside) == 50
    assert answer.rows == judged(inside, NOW, Dimension.CHANNEL, Scope())
    assert answer.cohort == cohort


@pytest.mark.parametrize("by", list(Dimension))
def test_read_counts_judges_a_cohort_of_local_months_from_months(
    connection: Connection[TupleRow], petitions: list[PetitionFacts], by: Dimension
) -> None:
    """Whole months and the steps of a month that is cut add up to what its petitions count for."""
    midnight = partial(datetime, tzinfo=SHANGHAI)
    month_end = midnight(2026, 5, 1) - timedelta(microseconds=1)
    for accepted_from, accepted_before in (
        (midnight(2026, 2, 1), midnight(2026, 3, 1)),
        (midnight(2026, 2, 1), midnight(2026, 5, 1)),
        (midnight(2025, 12, 1), midnight(2026, 2, 1)),
        (midnight(2026, 4, 1), midnight(2026, 4, 1)),
    ):
        cohort = Cohort(accepted_from, accepted_before)
        assert cohort.months(SHANGHAI) is not None
        inside = [
            facts
            for facts in petitions
            if facts.accepted_at and accepted_from <= facts.accepted_at < accepted_before
        ]
        for as_of in (midnight(2026, 2, 17, 9, 30), month_end, midnight(2026, 4, 20), NOW):
            answer = read_counts(connection, by, as_of=as_of, zone=SHANGHAI, cohort=cohort)
            assert answer.rows == judged(inside, as_of, by, Scope())


def test_cohort_has_months_only_where_local_ones_begin_and_end() -> None:
    """Other stretches, and those with an open end, are read step by step."""
    midnight = datetime(2025, 11, 30, 16, tzinfo=UTC)
    month = Cohort(midnight, datetime(2026, 1, 31, 16, tzinfo=UTC))
    assert month.months(SHANGHAI) == [date(2025, 12, 1), date(2026, 1, 1)]
    assert month.months(ZoneInfo("UTC")) is None
    assert Cohort(midnight, midnight + timedelta(days=30)).months(SHANGHAI) is None
    for ends in ((midnight, None), (None, midnight)):
        cohort = Cohort.between(*ends)
        assert cohort is not None
        assert cohort.months(SHANGHAI) is None


def test_read_counts_adds_up_over_every_dimension(connection: Connection[TupleRow]) -> None:
    """The whole equals the sum of its parts, whatever it is cut by, and the identities hold."""
    answers = [read_counts(connection, by, as_of=NOW, zone=SHANGHAI) for by in Dimension]
    assert len({answer.total for answer in answers}) == 1
    check_identities(answers[0].total)
    assert RATES["closure_rate"].of(answers[0].total).d > 0


def test_read_counts_of_an_empty_ledger_are_empty(database: Database) -> None:
    """Before the first event there are no groups and the position is 0."""
    with database.connect(Role.APP) as reader:
        answer = read_counts(reader, Dimension.UNIT, as_of=NOW, zone=SHANGHAI)
    assert (answer.position, answer.rows) == (0, {})
    assert answer.total == Counts()


def test_read_counts_refuses_a_naive_instant(connection: Connection[TupleRow]) -> None:
    """An instant without zone has no day."""
    with pytest.raises(ValueError, match="no time zone"):
        read_counts(connection, Dimension.UNIT, as_of=datetime(2026, 3, 1), zone=SHANGHAI)  # noqa: DTZ001


def nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a plan's nodes, flat."""
    return [plan, *(node for child in plan.get("Plans", []) for node in nodes(child))]


def explain(
    connection: Connection[TupleRow], query: str, parameters: dict[str, object]
) -> list[dict[str, Any]]:
    """Return the nodes of the plan of a query."""
    row = connection.execute(f"EXPLAIN (FORMAT JSON) {query}", parameters).fetchone()
    assert row is not None
    return nodes(row[0][0]["Plan"])


def test_plans_use_the_indexes_of_rate_and_steps(database: Database) -> None:
    """With 50,000 rows in each table a unit's rate reads neither of them whole."""
    random = Random(3)  # noqa: S311 - as above
    with database.connect(Role.PROJECTOR) as writer:
        insert_petitions(writer, (make_facts(random, number) for number in range(13_000)), SHANGHAI)
        fill_rates(writer)
        writer.execute("ANALYZE rate")
        writer.execute("ANALYZE petition_step")
        writer.commit()
    parameters: dict[str, object] = {
        "by": "unit",
        "key_from": "key",
        "months_of": ["unit/month"],
        "days_of": "unit",
        "accepted_from": None,
        "accepted_before": None,
        "keys": ["unit-1"],
        "subkey": None,
        "units": ["unit-1"],
        "petition_type": None,
        "channel": None,
        "region": None,
        "until": NOW.date() + timedelta(days=1),
        "month": NOW.date().replace(day=1),
        "steps_before": NOW + timedelta(hours=5),
        "as_of": NOW,
    }
    with database.connect(Role.APP) as reader:
        # An heir has its own code and that of a unit it goes on for.
        for units in (["unit-1"], ["unit-1", "unit-2"], None):
            parameters["keys"] = parameters["units"] = units
            found = explain(reader, QUERIES["sum_counts"], parameters)
            scans = {node["Relation Name"] for node in found if node["Node Type"] == "Seq Scan"}
            indexes = {node.get("Index Name") for node in found}
            assert "petition_step" not in scans
            assert "petition_step_at_idx" in indexes
            assert units is None or "rate_pkey" in indexes
            assert units is None or "rate" not in scans
        months = {"months_of": ["unit/month/2026-3"], "days_of": None, "accepted_from": START}
        found = explain(reader, QUERIES["sum_counts"], {**parameters, **months})
        scans = {node["Relation Name"] for node in found if node["Node Type"] == "Seq Scan"}
        assert scans <= {"projection"}


def fill_rates(connection: Connection[TupleRow]) -> None:
    """Copy the roll-up under the names of more units until it has 50,000 rows."""
    with connection.cursor(row_factory=psycopg.rows.dict_row) as cursor:
        cursor.execute("SELECT count(*) AS rows FROM rate")
        row = cursor.fetchone()
        assert row is not None
        copies = 50_000 // row["rows"] + 1
        cursor.execute(
            psycopg.sql.SQL(
                "INSERT INTO rate (grouping, key, subkey, day, counts) "
                "SELECT grouping, key || '-copy-' || copy, subkey, day, counts "
                "FROM rate CROSS JOIN generate_series(1, {copies}) AS copy"
            ).format(copies=copies)
        )
