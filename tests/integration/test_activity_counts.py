"""Tests that published figures come out of events."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace
from psycopg import Connection, sql

from domain.aggregate import LedgerAggregate
from domain.bulletin import BulletinSeries
from domain.bulletin_issuing import WithdrawBulletin
from domain.credit_code import make_credit_code
from domain.grant import RevokeGrant
from domain.package_items import CompletePackageItem
from domain.package_service import CompleteServicePackage
from domain.vocabulary import Role
from ledger.database import Database
from ledger.database import Role as Account
from ledger.recorder import LedgerRecorder
from projections.activity_counts import ActivityCounts, Reach, read_counts, read_reach
from projections.engine import Engine
from projections.models import MODELS
from replay.rebuild import rebuild
from replay.verify import verify
from tests.integration.logged_petitions import append_events, open_recorder
from tests.unit.given_when_then import DAY, START
from tests.unit.resource_story import (
    AWARD,
    COORDINATE,
    HEAD,
    ISSUE,
    LIVES,
    OPEN_PACKAGE,
    VISIT,
    Deed,
    Life,
)

FIRMS = tuple(make_credit_code(f"91131000MA{number:07}") for number in range(1, 61))
TODAY = START.date()


@pytest.fixture
def recorder(database: Database) -> Iterator[LedgerRecorder]:
    """Yield a recorder of the test's ledger."""
    recorder = open_recorder(database)
    yield recorder
    recorder.close()


@pytest.fixture
def connection(database: Database) -> Iterator[Connection[Any]]:
    """Yield a connection of the projector."""
    with database.connect(Account.PROJECTOR, autocommit=True) as connection:
        yield connection


class Lives:
    """Aggregates with ids of their own, one after the other."""

    def __init__(self) -> None:
        self.events: list[LedgerAggregate.Event] = []
        self._next = 1_000

    def add(self, opening: Deed, *more: Deed, **fields: object) -> None:
        """Tell a life whose opening differs in some fields."""
        self._next += 1
        first = Deed(replace(opening.command, **fields), opening.role)
        self.events += Life(UUID(int=self._next)).do(first, *more).events


def rows(connection: Connection[Any]) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of the model."""
    found = {}
    for table in ActivityCounts.tables:
        query = sql.SQL("SELECT * FROM {}").format(sql.Identifier(table))
        found[table] = sorted(connection.execute(query).fetchall(), key=repr)
    return found


def follow(
    connection: Connection[Any], recorder: LedgerRecorder, events: Sequence[LedgerAggregate.Event]
) -> None:
    """Record events and bring the models up to them."""
    append_events(recorder, events)
    Engine(connection, MODELS, batch_len=50).catch_up()


def test_grants_of_langfang_sum_up_to_537_wan_for_18_firms(
    connection: Connection[Any], recorder: LedgerRecorder
) -> None:
    """A firm with two grants is one firm, and a revoked grant is neither sum nor firm."""
    lives = Lives()
    for firm in FIRMS[:18]:
        lives.add(AWARD, enterprise=firm, amount_fen=29_000_000)
    lives.add(AWARD, enterprise=FIRMS[0], amount_fen=15_000_000)
    revoke = Deed(RevokeGrant(reason="x"), HEAD)
    lives.add(AWARD, revoke, enterprise=FIRMS[20], amount_fen=99_000_000)
    follow(connection, recorder, lives.events)
    reach = read_reach(connection, ["grant.awarded"], undone=["grant.revoked"])
    assert reach == Reach(enterprises=18, items=19, amount_fen=537 * 10_000 * 100)


def test_packages_of_langfang_are_one_done_and_54_to_do(
    connection: Connection[Any], recorder: LedgerRecorder
) -> None:
    """What is to do is what was opened and has not ended."""
    lives = Lives()
    done = (
        Deed(CompletePackageItem(item=1, result="x"), Role.HANDLER),
        Deed(CompleteServicePackage(), Role.HANDLER),
    )
    lives.add(OPEN_PACKAGE, *done, enterprise=FIRMS[0])
    for firm in FIRMS[1:55]:
        lives.add(OPEN_PACKAGE, enterprise=firm)
    lives.events += Life(UUID(int=5)).do(*LIVES["package cancelled"]).events
    follow(connection, recorder, lives.events)
    ends = ["service_package.completed", "service_package.cancelled"]
    to_do = read_reach(connection, ["service_package.opened"], undone=ends)
    assert to_do == Reach(enterprises=54, items=54, amount_fen=0)
    assert read_reach(connection, ends[:1]).items == 1


def test_bulletins_visits_and_coordinations_are_counted_by_series_and_times(
    connection: Connection[Any], recorder: LedgerRecorder
) -> None:
    """One set of events gives items, person-times and distinct enterprises."""
    lives = Lives()
    for number in range(1, 8):
        lives.add(ISSUE, number=number)
    lives.add(ISSUE, series=BulletinSeries.WEEKLY_REPORT)
    withdraw = Deed(WithdrawBulletin(reason="x"), Role.DISPATCHER)
    lives.add(ISSUE, withdraw, series=BulletinSeries.CIRCULAR)
    lives.add(VISIT, enterprises=FIRMS[:3], visitors=4)
    lives.add(VISIT, enterprises=FIRMS[1:5], visitors=2)
    lives.add(COORDINATE)
    lives.add(COORDINATE, units=("water",), person_times=1)
    follow(connection, recorder, lives.events)
    counts = {(count.topic, count.key): count[2:] for count in read_counts(connection)}
    assert counts == {
        ("bulletin.issued", "special_report"): (7, 0, 0, 0),
        ("bulletin.issued", "weekly_report"): (1, 0, 0, 0),
        ("bulletin.issued", "circular"): (1, 0, 0, 0),
        ("bulletin.withdrawn", "circular"): (1, 0, 0, 0),
        ("field_visit.held", ""): (2, 4, 6, 0),
        ("coordination.held", ""): (2, 3, 4, 0),
    }
    assert read_reach(connection, ["field_visit.held"]) == Reach(5, 7, 0)


def test_counts_of_a_period_begin_and_end_at_local_midnight(
    connection: Connection[Any], recorder: LedgerRecorder
) -> None:
    """An act at 23:59 in Shanghai belongs to the day that ends, both ends included."""
    lives = Lives()
    midnight = START.replace(hour=16, minute=0)
    for at in (midnight - timedelta(minutes=1), midnight, midnight + DAY):
        lives.add(VISIT, occurred_at=at)
    follow(connection, recorder, lives.events)

    def held(since: date, until: date) -> int:
        counted = sum(count.items for count in read_counts(connection, since, until))
        reached = read_reach(connection, ["field_visit.held"], since=since, until=until)
        assert reached.items == 2 * counted
        return counted

    tomorrow = TODAY + timedelta(days=1)
    assert [held(TODAY, TODAY), held(tomorrow, tomorrow), held(TODAY, tomorrow)] == [1, 1, 2]
    assert held(TODAY, TODAY + timedelta(days=2)) == 3


@pytest.mark.parametrize("batch_len", [1, 7, 500])
def test_activities_rebuilt_equal_activities_followed_live(
    database: Database, connection: Connection[Any], recorder: LedgerRecorder, batch_len: int
) -> None:
    """Every act of every life is counted once, however the log was cut."""
    events = [
        event
        for number, deeds in enumerate(LIVES.values(), start=1)
        for event in Life(UUID(int=number)).do(*deeds).events
    ]
    append_events(recorder, events)
    Engine(connection, MODELS, batch_len=batch_len).catch_up()
    live = rows(connection)
    counted = sum(count.items for count in read_counts(connection))
    others = ("metric.", "policy.", "report.", "sample.", "scope.", "subscription.")
    topics = [str(vars(type(event))["TOPIC"]) for event in events]
    assert counted == len([topic for topic in topics if not topic.startswith(others)])
    rebuild(database)
    assert rows(connection) == live
    assert verify(database).findings == []
