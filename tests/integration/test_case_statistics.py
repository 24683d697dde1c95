"""Without this file a published handling time could differ from what other tools compute."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from psycopg import Connection
from psycopg.rows import TupleRow

from domain.calendar_cn import find_calendar
from domain.cycle_facts import Cycle, Reply
from domain.deadlines import Deadline
from domain.dimension import Dimension
from domain.life_facts import Withdrawal
from domain.limit import TimeUnit
from domain.measures import MEASURES
from domain.metrics import judge
from domain.petition_facts import Assignment, PetitionFacts
from domain.ranking import rank_rates
from domain.rate import Rate
from domain.spread import spread_of
from domain.vocabulary import Channel, Clock, Outcome, PetitionState, WithdrawalCheck
from ledger.database import Database, Role
from projections.case_statistics import (
    AnswerLimit,
    read_answered_within,
)
from projections.case_sums import CaseSums, read_case_sums
from projections.case_times import CaseKey, ClockStart
from projections.rate_queries import read_counts
from projections.scope import EVERYTHING, Cohort, Scope
from tests.integration.closed_times import FAR, closed_times
from tests.integration.petition_rows import START, insert_petitions, make_facts

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
SHARED = Path(__file__).parents[3] / "shared" / "data"
BASE = MEASURES.index("base")
CLOSED = MEASURES.index("closed")


def imported(
    number: int,
    submitted_at: datetime,
    closed_at: datetime | None,
    *,
    due_at: datetime | None = None,
    unit: str = "",
    region: str | None = None,
) -> PetitionFacts:
    """Return the facts of a case of another system that was answered when it was closed."""
    deadline = None if due_at is None else Deadline(Clock.REPLY, due_at, "imported:test", "none")
    cycle = Cycle(submitted_at, deadline)
    if closed_at is not None:
        cycle.replies.append(Reply(closed_at, unit, Outcome.NOT_RECORDED, None, closed_at))
        cycle.closed_at = closed_at
    assignments = []
    if unit:
        assignments.append(
            Assignment(
                unit=unit,
                lead=True,
                dispatched_at=submitted_at,
                sign_due_at=None,
                contact_due_at=None,
                return_until=None,
            )
        )
    return PetitionFacts(
        petition_id=UUID(int=number + 1),
        version=1,
        state=PetitionState.CLOSED if closed_at else PetitionState.DISPATCHED,
        state_since=closed_at or submitted_at,
        submitted_at=submitted_at,
        changed_at=closed_at or submitted_at,
        channel=Channel.NOT_RECORDED,
        region=region,
        number=str(number),
        imported=True,
        accepted_at=submitted_at,
        assignments=assignments,
        cycles=[cycle],
    )


@cache
def shared_rows(name: str) -> tuple[list[dict[str, str]], dict[str, Any]]:
    """Return the rows and the expected figures of a data set, or skip where it is absent."""
    folder = SHARED / name.split("/", maxsplit=1)[0]
    if not folder.is_dir():
        pytest.skip(f"{folder.name} is not beside the checkout (../shared/data); see README")
    with (SHARED / name).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return rows, json.loads((folder / "truth.json").read_text("utf-8"))


def local(text: str, form: str, zone: ZoneInfo) -> datetime:
    """Return the instant of a local time as a file states it."""
    return datetime.strptime(text, form).replace(tzinfo=zone).astimezone(UTC)


def chinese_instant(text: str) -> datetime:
    """Return the instant of a message or reply; a bare date is its midnight."""
    text = text.replace("-", "/")
    return local(text, "%Y/%m/%d %H:%M:%S" if " " in text else "%Y/%m/%d", SHANGHAI)


@pytest.fixture
def tipdm(database: Database) -> Iterator[tuple[Connection[TupleRow], dict[str, Any]]]:
    """Yield a ledger with the 2,110 answered messages, and the figures others found."""
    rows, truth = shared_rows("tipdm2020c/petitions.csv")
    petitions = [
        imported(
            number,
            chinese_instant(row["留言时间"]),
            chinese_instant(row["答复时间"]),
            region=row["地区"] or None,
        )
        for number, row in enumerate(rows)
    ]
    with database.connect(Role.PROJECTOR) as writer:
        insert_petitions(writer, petitions, SHANGHAI)
    with database.connect(Role.APP) as reader:
        yield reader, truth


@pytest.fixture
def nyc(database: Database) -> Iterator[tuple[Connection[TupleRow], dict[str, Any]]]:
    """Yield a ledger with one day of New York's requests, and the figures others found."""
    rows, truth = shared_rows("nyc311/nyc311_day.csv")

    def instant(text: str) -> datetime | None:
        return local(text, "%m/%d/%y %H:%M", NEW_YORK) if text else None

    petitions = [
        imported(
            number,
            instant(row["Created Date"]) or FAR,
            instant(row["Closed Date"]),
            due_at=instant(row["Due Date"]),
            unit=row["Agency"],
            region=row["Borough"],
        )
        for number, row in enumerate(rows)
    ]
    with database.connect(Role.PROJECTOR) as writer:
        insert_petitions(writer, petitions, NEW_YORK)
    with database.connect(Role.APP) as reader:
        yield reader, truth


def test_handling_times_equal_those_of_the_messages_to_leaders(
    tipdm: tuple[Connection[TupleRow], dict[str, Any]],
) -> None:
    """Minimum, quartiles, P90, maximum and mean of 2,110 cases, to four decimals of an hour."""
    connection, truth = tipdm
    expected = dict(truth["handling_hours"])
    times = closed_times(connection, Dimension.TOTAL)[""]
    assert times.count == expected.pop("n")
    assert {name: float(text or 0) for name, text in times.hours().items()} == expected
    regions = closed_times(connection, Dimension.REGION)
    for region in truth["top10_regions_by_cases"]:
        spread = regions[region["region"]]
        assert spread.count == region["cases"]
        assert spread.hours()["median"] == f"{region['median_hours']:.4f}"


def test_answered_within_equals_the_published_shares(
    tipdm: tuple[Connection[TupleRow], dict[str, Any]],
) -> None:
    """Every share by calendar days and by working days, and the ranking of regions."""
    connection, truth = tipdm
    calendar = find_calendar("cn@2026")
    for name, expected in truth["answered_within"].items():
        amount, kind = name.split("_")[:2]
        unit = TimeUnit.WORKING_DAY if kind == "working" else TimeUnit.CALENDAR_DAY
        limit = AnswerLimit(int(amount), unit, calendar, SHANGHAI)
        shares = read_answered_within(connection, Dimension.TOTAL, limit, now=FAR)
        assert shares.total == (expected["n"], truth["cases"]), name
    limit = AnswerLimit(15, TimeUnit.WORKING_DAY, calendar, SHANGHAI)
    rows = read_answered_within(connection, Dimension.REGION, limit, now=FAR).rows
    ranking = rank_rates(rows, 20)
    expected_keys = [each["region"] for each in truth["ranking_by_15wd_share_min20_cases"]]
    assert [line.key for line in ranking.ranked][: len(expected_keys)] == expected_keys


def test_open_and_received_equal_the_published_counts(
    tipdm: tuple[Connection[TupleRow], dict[str, Any]],
) -> None:
    """Open at three instants of the past, and received by year."""
    connection, truth = tipdm
    for text, expected in truth["open_at"].items():
        at = datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
        answer = read_counts(connection, Dimension.TOTAL, as_of=at, zone=SHANGHAI)
        assert answer.total.open == expected
    rows = sums_of(connection, CaseKey.YEAR, now=FAR).rows
    assert {year: row.cases for year, row in rows.items()} == truth["by_created_year"]


def test_statistics_equal_those_of_new_york(
    nyc: tuple[Connection[TupleRow], dict[str, Any]],
) -> None:
    """Handling times overall and by agency, and the open ones past their due."""
    connection, truth = nyc
    as_of = datetime.fromisoformat(truth["as_of"]).replace(tzinfo=NEW_YORK)
    expected = dict(truth["close_hours"])
    times = closed_times(connection, Dimension.TOTAL)[""]
    assert times.count == expected.pop("n")
    assert {name: float(text or 0) for name, text in times.hours().items()} == expected
    by_agency = closed_times(connection, Dimension.UNIT)
    overdue = overdue_of(connection, Dimension.UNIT, now=as_of)
    for agency, figures in truth["by_agency"].items():
        spread = by_agency.get(agency, spread_of([]))
        assert spread.count == figures["closed"]
        if figures["closed"]:
            assert float(spread.hours()["median"] or 0) == figures["median_hours"]
        assert overdue.get(agency, 0) == figures["open_overdue_as_of"]


def sums_of(
    connection: Connection[Any],
    by: Dimension | CaseKey,
    *,
    now: datetime,
    as_of: datetime | None = None,
    scope: Scope = EVERYTHING,
) -> CaseSums:
    """Return cases by group under the calendar of China."""
    return read_case_sums(
        connection,
        by,
        calendar=find_calendar("cn@2026"),
        zone=SHANGHAI,
        now=now,
        as_of=as_of,
        scope=scope,
    )


def overdue_of(
    connection: Connection[Any],
    by: Dimension,
    *,
    now: datetime,
    as_of: datetime | None = None,
    scope: Scope = EVERYTHING,
) -> dict[str, int]:
    """Return how many petitions are past their due unanswered, where there is one."""
    rows = sums_of(connection, by, now=now, as_of=as_of, scope=scope).rows
    return {key: row.overdue for key, row in rows.items() if row.overdue}


@pytest.fixture
def petitions() -> list[PetitionFacts]:
    """Return 200 petitions, some of them withdrawn before or after a reply."""
    random = Random(11)  # noqa: S311 - a repeatable case
    petitions = [make_facts(random, number) for number in range(200)]
    checks = list(WithdrawalCheck)
    for number, facts in enumerate(petitions[:40]):
        if facts.cycles and facts.cycle.closed_at is None:
            at = facts.submitted_at + timedelta(days=30)
            check = checks[number % 3]
            facts.withdrawals.append(Withdrawal(at, False, check, at))  # noqa: FBT003
            if check is not WithdrawalCheck.CONTESTED:
                facts.state = PetitionState.WITHDRAWN
    return petitions


@pytest.fixture
def connection(
    database: Database, petitions: list[PetitionFacts]
) -> Iterator[Connection[TupleRow]]:
    """Yield a connection of the application to a ledger with those petitions."""
    with database.connect(Role.PROJECTOR) as writer:
        insert_petitions(writer, petitions, SHANGHAI)
    with database.connect(Role.APP) as reader:
        yield reader


@pytest.mark.parametrize("by", list(Dimension))
@pytest.mark.parametrize("scope", [Scope(), Scope(unit="unit-1"), Scope(region="east")], ids=str)
def test_columns_and_facts_give_the_same_answer(
    connection: Connection[TupleRow], by: Dimension, scope: Scope
) -> None:
    """What the columns say now equals judging every petition at an instant after all acts."""
    later = START + timedelta(days=3000)
    limit = AnswerLimit(5, TimeUnit.WORKING_DAY, find_calendar("cn@2026"), SHANGHAI)
    for start in ClockStart:
        shares = [
            read_answered_within(
                connection, by, limit, now=later, as_of=as_of, start=start, scope=scope
            )
            for as_of in (None, later)
        ]
        assert shares[0] == shares[1]
        assert shares[0].position == 200
    overdue = [
        overdue_of(connection, by, now=later, as_of=as_of, scope=scope) for as_of in (None, later)
    ]
    assert overdue[0] == overdue[1]


def test_statistics_of_an_earlier_day_know_nothing_later(
    connection: Connection[TupleRow], petitions: list[PetitionFacts]
) -> None:
    """At an instant in the middle only what was closed and answered by then is measured."""
    as_of = START + timedelta(days=80)
    closed = [
        facts
        for facts in petitions
        if any(vector[CLOSED] for vector in judge(facts, as_of).values())
    ]
    times = closed_times(connection, Dimension.TOTAL, as_of=as_of)
    assert times[""].count == len(closed) > 0
    counts = read_counts(connection, Dimension.TOTAL, as_of=as_of, zone=SHANGHAI).total
    overdue = overdue_of(connection, Dimension.TOTAL, now=as_of, as_of=as_of)
    late_after_due = sum(
        1
        for facts in petitions
        for vector in judge(facts, as_of).values()
        if vector[BASE]
        and not any(r.replied_at <= as_of for c in facts.cycles for r in c.replies)
        and facts.cycle.deadline is not None
        and facts.cycle.deadline.due_at < as_of
    )
    assert overdue == {"": late_after_due}
    assert counts["base"] >= late_after_due > 0


def test_handling_times_of_a_cohort_measure_its_petitions_alone(
    connection: Connection[TupleRow], petitions: list[PetitionFacts]
) -> None:
    """The first instant of the stretch belongs to it, its end does not."""
    accepted = sorted(
        facts.accepted_at
        for facts in petitions
        if facts.accepted_at and any(vector[CLOSED] for vector in judge(facts, FAR).values())
    )
    cohort = Cohort(accepted[3], accepted[9])
    times = closed_times(connection, Dimension.TOTAL, cohort=cohort)
    assert times[""].count == 6


def test_answered_within_leaves_out_what_may_still_be_in_time(database: Database) -> None:
    """An open case counts only from the end of its last day on."""
    submitted_at = datetime(2026, 9, 18, 2, tzinfo=UTC)
    with database.connect(Role.PROJECTOR) as writer:
        insert_petitions(writer, [imported(1, submitted_at, None)], SHANGHAI)
    limit = AnswerLimit(2, TimeUnit.WORKING_DAY, find_calendar("cn@2026"), SHANGHAI)
    with database.connect(Role.APP) as connection:
        totals = [
            read_answered_within(connection, Dimension.TOTAL, limit, now=now).total
            for now in (
                datetime(2026, 9, 21, 15, 59, tzinfo=UTC),
                datetime(2026, 9, 21, 16, 0, tzinfo=UTC),
            )
        ]
    assert totals == [Rate(0, 0), Rate(0, 1)]
