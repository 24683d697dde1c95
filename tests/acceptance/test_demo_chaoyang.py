"""Chaoyang as it is played: figures out of events, and no rate where intake is incomplete."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest

from commands.demo_stage import content_lines, prepare_demo
from domain.bulletin import BulletinSeries
from domain.bulletin_issuing import BULLETINS, IssueBulletin
from domain.coordination import COORDINATIONS, HoldCoordination
from domain.dimension import Dimension
from domain.filing import SubmitPetition
from domain.rate import Rate
from domain.rates import RATES
from domain.scope import SCOPES, DeclareScope, ReviseScope
from domain.vocabulary import Channel
from ledger.database import Database
from ledger.database import Role as Account
from ledger.reference import named_stream
from projections.activity_counts import ActivityCount, read_counts, read_reach
from projections.rate_queries import CountsAnswer
from projections.rate_queries import read_counts as read_petition_counts
from projections.scope import Scope
from projections.unit_score import rank_by_rate, read_unit_scores
from scenarios.cast import ADMIN, DISPATCHER
from scenarios.player import open_stage
from scenarios.scenario import Scenario, read_scenario
from tests.acceptance.played_ledger import played_city, project

CLOSURE = RATES["closure_rate"]
ONE_MORE_DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """Return the play of Chaoyang."""
    return read_scenario("chaoyang")


@pytest.fixture(scope="module")
def chaoyang(scenario: Scenario) -> Iterator[Database]:
    """Yield a ledger in which Chaoyang was played once."""
    with played_city(scenario) as database:
        yield database


def activities(database: Database) -> dict[tuple[str, str], ActivityCount]:
    """Return what was done, by topic and key."""
    project(database)
    with database.connect(Account.APP) as connection:
        return {(count.topic, count.key): count for count in read_counts(connection)}


def counts(
    database: Database,
    scenario: Scenario,
    by: Dimension = Dimension.TOTAL,
    scope: Scope | None = None,
) -> CountsAnswer:
    """Return petitions as of the end."""
    project(database)
    with database.connect(Account.APP) as connection:
        return read_petition_counts(
            connection,
            by,
            as_of=scenario.as_of,
            zone=scenario.zone,
            scope=scope or Scope(),
        )


def test_chaoyang_counts_what_was_published(chaoyang: Database, scenario: Scenario) -> None:
    """257 problems of 236 enterprises, 395 person-times, 78 + 15 + 9 + 33, 48 and 27."""
    done = activities(chaoyang)
    assert counts(chaoyang, scenario).total["closed"] == 257
    assert done["coordination.held", ""].person_times == 395
    series = [done["bulletin.issued", each.value].items for each in BulletinSeries]
    assert series == [78, 15, 33, 9]
    assert done["dossier.opened", ""].items == 48
    assert done["field_visit.held", ""].items == 27
    with chaoyang.connect(Account.APP) as connection:
        assert read_reach(connection, ("field_visit.held",)).enterprises == 236
    raised = [script.steps[0].command for script in scenario.petitions]
    firms = {each.enterprise for each in raised if isinstance(each, SubmitPetition)}
    assert len(firms) == 236


def test_chaoyang_gives_no_rate_and_says_why(chaoyang: Database, scenario: Scenario) -> None:
    """Report, groups, ranking and scores carry the reason; no percentage is printed."""
    answer = counts(chaoyang, scenario, Dimension.UNIT)
    assert all(answer.rate(CLOSURE, key) == Rate(0, 0) for key in (*answer.rows, None))
    reason = answer.rate(CLOSURE).withheld
    assert reason is not None
    assert "只公布已解决的难题" in reason.zh
    assert rank_by_rate(answer, CLOSURE).ranking.ranked == ()
    with chaoyang.connect(Account.APP) as connection:
        scores = read_unit_scores(connection, as_of=scenario.as_of, zone=scenario.zone)
    assert scores.ranked == ()
    assert {line.score.points for line in scores.unranked} == {None}
    text = "\n".join(content_lines(chaoyang, scenario))
    assert "intake is incomplete" in text
    assert "100.00" not in text
    assert "257/257" not in text


def test_chaoyang_prints_its_counts(chaoyang: Database, scenario: Scenario) -> None:
    """Problems, enterprises, coordinations, bulletins, dossiers and visits stand in the report."""
    text = "\n".join(content_lines(chaoyang, scenario))
    lines = [" ".join(line.split()) for line in text.splitlines()]
    for expected in (
        "257 accepted, 257 closed, 0 open",
        "total 257 236",
        "coordination held 257 395 – –",
        "bulletin issued·special report 78 – – –",
        "bulletin issued·key-project report 15 – – –",
        "bulletin issued·circular 9 – – –",
        "bulletin issued·weekly report 33 – – –",
        "dossier opened 48 – – –",
        "field visit held 27 108 – 236",
    ):
        assert expected in lines


def test_chaoyang_plays_nothing_twice(chaoyang: Database, scenario: Scenario) -> None:
    """Playing again adds no event."""
    before = counts(chaoyang, scenario).position
    assert prepare_demo(chaoyang, scenario).commands == 0
    assert counts(chaoyang, scenario).position == before


def test_chaoyang_counts_one_more_report_and_coordination(
    chaoyang: Database, scenario: Scenario
) -> None:
    """No figure is a constant: a 79th report and two more person-times are counted."""
    before, now = activities(chaoyang), scenario.as_of + ONE_MORE_DAY
    report = IssueBulletin(
        series=BulletinSeries.SPECIAL_REPORT, year=2021, number=1, title="新一期", sha256="0a" * 32
    )
    meeting = HoldCoordination(units=("land", "housing"), person_times=2, text="会商")
    with open_stage(chaoyang) as (ledger, clock):
        clock.now = now
        ledger.open(BULLETINS, uuid4(), report, DISPATCHER)
        ledger.open(COORDINATIONS, uuid4(), meeting, DISPATCHER)
    after = activities(chaoyang)
    issued, held = ("bulletin.issued", "special_report"), ("coordination.held", "")
    assert after[issued].items == before[issued].items + 1 == 79
    assert after[held].person_times == before[held].person_times + 2 == 397


def test_another_incomplete_scope_behaves_alike(chaoyang: Database, scenario: Scenario) -> None:
    """Of two declarations each withholds what it meets; with both revised, rates come back."""
    everything = named_stream(DeclareScope(intake_complete=False, reason="x").stream_name)
    letters = DeclareScope(
        channel=Channel.LETTER, intake_complete=False, reason="信件只登记已答复的（虚构口径）"
    )
    complete = ReviseScope(intake_complete=True, reason="已补录")
    with open_stage(chaoyang) as (ledger, clock):
        clock.now = scenario.as_of + 2 * ONE_MORE_DAY
        ledger.open(SCOPES, uuid4(), letters, ADMIN)
        ledger.give(SCOPES, everything, complete, ADMIN)
        by_channel = counts(chaoyang, scenario, Dimension.CHANNEL)
        visits = counts(chaoyang, scenario, scope=Scope(channel="visit"))
        assert by_channel.withheld("visit") is None
        assert visits.rate(CLOSURE).percent() == "100.00"
        for withheld in (by_channel.rate(CLOSURE, "letter"), by_channel.rate(CLOSURE)):
            assert withheld.withheld is not None
            assert "虚构口径" in withheld.withheld.zh
            assert "只公布" not in withheld.withheld.zh
        ledger.give(SCOPES, named_stream(letters.stream_name), complete, ADMIN)
        assert counts(chaoyang, scenario).rate(CLOSURE) == Rate(257, 257)
        clock.now += ONE_MORE_DAY
        again = ReviseScope(intake_complete=False, reason="只公布已解决的难题")
        ledger.give(SCOPES, everything, again, ADMIN)
        assert counts(chaoyang, scenario).rate(CLOSURE) == Rate(0, 0)
