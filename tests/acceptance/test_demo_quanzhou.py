"""Quanzhou as it is played: limits to the minute, and explaining is not extending."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from commands.demo_stage import content_lines, prepare_demo
from domain.deadlines import last_day
from domain.delay_events import DelayExplained, DelayExplainedLate, UpwardReportAcknowledged
from domain.dimension import Dimension
from domain.openness import public_reply
from domain.petition import PetitionEvent
from domain.petition_facts import PetitionFacts
from domain.petition_fold import fold_all
from domain.policy_publishing import POLICIES, DraftPolicy, PublishPolicy
from domain.rate import Rate
from domain.rates import RATES
from domain.replying import SubmitReply
from domain.standing import latest_deadlines
from domain.subscription import PushChannel
from domain.vocabulary import Outcome, PetitionType, Role
from ledger.database import Database
from ledger.database import Role as Account
from projections.histories import read_histories
from projections.outbox import read_undelivered
from projections.policy_inbox import read_inbox
from projections.public_list import read_public_list
from projections.rate_queries import CountsAnswer, read_counts
from scenarios.cast import staff
from scenarios.player import open_stage
from scenarios.scenario import Scenario, read_scenario
from tests.acceptance.played_ledger import played_city, project

EFFECTIVE = RATES["ontime_rate.effective"]
ORIGINAL = RATES["ontime_rate.original"]
EXPLAINED = RATES["ontime_rate.explained"]
COMPLIANCE = RATES["upward_report_compliance"]
LAST_DAYS = {
    "consultation-early": date(2026, 9, 21),  # Friday + 2: Sunday 20 September is worked
    "consultation-exact": date(2026, 10, 10),  # Thursday + 2: Saturday 10 October is worked
    "consultation-late": date(2026, 9, 21),
    "suggestion-early": date(2026, 9, 20),  # Monday + 5: the worked Sunday itself
    "suggestion-exact": date(2026, 9, 24),
    "suggestion-late": date(2026, 9, 14),
    "appeal-early": date(2026, 9, 22),
    "appeal-exact": date(2026, 10, 20),  # over the National Day holiday
    "appeal-late": date(2026, 9, 21),
    "problem-early": date(2026, 9, 23),
    "problem-exact": date(2026, 9, 24),
    "problem-late": date(2026, 9, 28),
    "appeal-explained": date(2026, 9, 29),
    "appeal-explained-late": date(2026, 9, 30),
    "appeal-open": date(2026, 11, 11),
}


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """Return the play of Quanzhou."""
    return read_scenario("quanzhou")


@pytest.fixture(scope="module")
def quanzhou(scenario: Scenario) -> Iterator[Database]:
    """Yield a ledger in which Quanzhou was played once."""
    with played_city(scenario) as database:
        yield database


def histories(
    database: Database, scenario: Scenario, as_of: datetime | None = None
) -> dict[str, list[PetitionEvent]]:
    """Return every petition's events by its key in the play."""
    keys = {script.petition_id: script.key for script in scenario.petitions}
    with database.connect(Account.APP) as connection:
        found = read_histories(connection, [*keys], as_of or scenario.as_of)
    return {keys[petition_id]: history for petition_id, history in found.items()}


@pytest.fixture(scope="module")
def facts(quanzhou: Database, scenario: Scenario) -> dict[str, PetitionFacts]:
    """Return what the events of each petition add up to, by its key in the play."""
    return {key: fold_all(history) for key, history in histories(quanzhou, scenario).items()}


def due_at(found: PetitionFacts) -> datetime:
    """Return when a petition was due in the end."""
    deadline = latest_deadlines(found.cycle).effective
    assert deadline is not None
    return deadline.due_at


def counts(
    database: Database, as_of: datetime, scenario: Scenario, by: Dimension = Dimension.TOTAL
) -> CountsAnswer:
    """Return the figures at an instant."""
    project(database)
    with database.connect(Account.APP) as connection:
        return read_counts(connection, by, as_of=as_of, zone=scenario.zone)


def test_quanzhou_gives_three_rates_side_by_side(quanzhou: Database, scenario: Scenario) -> None:
    """9 of 15 by the due in force and by the first due; the one explained in time makes 10."""
    total = counts(quanzhou, scenario.as_of, scenario)
    assert (total.total["received"], total.total["closed"], total.total.open) == (16, 15, 1)
    assert total.rate(EFFECTIVE) == Rate(9, 15)
    assert total.rate(ORIGINAL) == Rate(9, 15)
    assert total.rate(EXPLAINED) == Rate(10, 15)
    types = counts(quanzhou, scenario.as_of, scenario, Dimension.TYPE)
    assert {each: types.rate(EFFECTIVE, each) for each in types.rows} == {
        PetitionType.CONSULTATION: Rate(3, 4),
        PetitionType.SUGGESTION: Rate(2, 3),
        PetitionType.APPEAL: Rate(4, 8),
    }


def test_quanzhou_counts_days_as_the_calendar_was_noticed(
    facts: dict[str, PetitionFacts], scenario: Scenario
) -> None:
    """2, 5 and 10 working days end where the State Council's notice says they do."""
    for key, expected in LAST_DAYS.items():
        assert last_day(due_at(facts[key]), scenario.zone) == expected, key


@pytest.mark.parametrize("kind", ["consultation", "suggestion", "appeal", "problem"])
def test_quanzhou_answers_each_kind_before_at_and_after_its_limit(
    facts: dict[str, PetitionFacts], kind: str
) -> None:
    """The due instant itself is in time; a minute and a day after it are not."""
    early, exact, late = (facts[f"{kind}-{when}"] for when in ("early", "exact", "late"))
    assert early.cycle.replies[-1].replied_at < due_at(early) - timedelta(days=1)
    assert exact.cycle.replies[-1].replied_at == due_at(exact)
    assert late.cycle.replies[-1].replied_at > due_at(late)
    if kind == "consultation":
        assert late.cycle.replies[-1].replied_at == due_at(late) + timedelta(minutes=1)


def test_quanzhou_keeps_the_words_that_it_maps(facts: dict[str, PetitionFacts]) -> None:
    """反映问题 is handled as an appeal, and stays 反映问题."""
    reported = [found for found in facts.values() if found.type_label == "反映问题"]
    assert len(reported) == 3
    assert {found.petition_type for found in reported} == {PetitionType.APPEAL}


def test_quanzhou_names_a_handler_at_once_and_answers_simple_questions_itself(
    facts: dict[str, PetitionFacts],
) -> None:
    """A dispatched item has its person a minute later; a simple one is never dispatched."""
    for key, found in facts.items():
        if key != "consultation-spot":
            (order,) = found.assignments
            assert order.signed_at == order.dispatched_at + timedelta(minutes=1)
            assert order.handler_id == f"{order.unit}-handler"
    spot = facts["consultation-spot"]
    assert spot.assignments == []
    assert spot.cycle.replies[-1].unit == "hub"


def test_quanzhou_explains_in_time_and_a_minute_late(
    quanzhou: Database, scenario: Scenario, facts: dict[str, PetitionFacts]
) -> None:
    """Both were told and reported upward; only the one explained before its due counts."""
    told = histories(quanzhou, scenario)
    kinds = {
        key: [type(event) for event in told[key]]
        for key in ("appeal-explained", "appeal-explained-late")
    }
    assert DelayExplained in kinds["appeal-explained"]
    assert DelayExplainedLate in kinds["appeal-explained-late"]
    late = facts["appeal-explained-late"]
    (explanation,) = late.cycle.explanations
    assert explanation.late
    assert explanation.explained_at == due_at(late) + timedelta(minutes=1)
    for key in kinds:
        assert facts[key].cycle.explanations[0].told_at is not None
        assert [each.target for each in facts[key].cycle.upward_reports] == ["province"]
        deadlines = latest_deadlines(facts[key].cycle)
        assert deadlines.original == deadlines.effective == facts[key].cycle.deadline
    units = counts(quanzhou, scenario.as_of, scenario, Dimension.UNIT)
    assert units.rate(COMPLIANCE) == Rate(1, 6)
    assert units.rate(COMPLIANCE, "jinjiang") == Rate(1, 1)
    assert units.rate(COMPLIANCE, "nanan-station") == Rate(0, 2)


def test_quanzhou_holds_the_receipt_of_the_upward_report(
    quanzhou: Database, scenario: Scenario, facts: dict[str, PetitionFacts]
) -> None:
    """The province acknowledged one report; its receipt is on record, the other one's is not."""
    receipts = [
        event
        for history in histories(quanzhou, scenario).values()
        for event in history
        if isinstance(event, UpwardReportAcknowledged)
    ]
    assert [(event.target, event.receipt.media_type) for event in receipts] == [
        ("province", "application/pdf")
    ]
    (report,) = facts["appeal-explained"].cycle.upward_reports
    assert report.acknowledged_at == receipts[0].timestamp
    (unanswered,) = facts["appeal-explained-late"].cycle.upward_reports
    assert unanswered.acknowledged_at is None


def test_quanzhou_pushes_the_policy_to_whom_it_is_for(
    quanzhou: Database, scenario: Scenario
) -> None:
    """Textile, footwear and any industry have it in their workspace; two get an e-mail too."""
    project(quanzhou)
    with quanzhou.connect(Account.APP) as connection:
        inboxes = {
            f"liaison-{number:03d}": read_inbox(connection, f"liaison-{number:03d}", limit=10)
            for number in range(1, 5)
        }
        messages = read_undelivered(connection, scenario.as_of, limit=10)
    assert {account: len(items) for account, items in inboxes.items()} == {
        "liaison-001": 1,
        "liaison-002": 1,
        "liaison-003": 1,
        "liaison-004": 0,
    }
    (item,) = inboxes["liaison-001"]
    assert item.number == "泉示范〔2026〕1号"
    assert item.explained_at is not None
    assert item.pushed_at < item.explained_at
    sent = sorted((message.subscriber, message.channel) for message in messages)
    assert sent == [("liaison-001", PushChannel.EMAIL), ("liaison-003", PushChannel.EMAIL)]


def test_quanzhou_publishes_two_replies_and_takes_a_third_down(
    quanzhou: Database, scenario: Scenario, facts: dict[str, PetitionFacts]
) -> None:
    """The list holds the wording made for the public, by the units that answered."""
    project(quanzhou)
    with quanzhou.connect(Account.APP) as connection:
        lines = read_public_list(connection, limit=10)
    found = {line.number: (line.unit, line.petition_type, line.subject) for line in lines}
    assert found == {
        "QZ-005": ("sme", "suggestion", "增开夜间培训班"),
        "QZ-008": ("power", "appeal", "园区企业扩容用电"),
    }
    for line in lines:
        assert line.closed_at is not None
        assert line.filed_at < line.closed_at < line.published_at
        assert line.text is not None
    (down,) = facts["problem-early"].cycle.replies
    assert down.published_at is not None
    assert down.unpublished_at is not None
    assert public_reply(facts["problem-early"]) is None
    assert scenario.as_of > down.unpublished_at


def test_quanzhou_opens_one_green_channel(facts: dict[str, PetitionFacts]) -> None:
    """It is explained and late like before: nothing of its clocks moved."""
    hurried = [key for key, found in facts.items() if found.green_channel_at is not None]
    assert hurried == ["appeal-explained"]
    cycle = facts["appeal-explained"].cycle
    assert latest_deadlines(cycle).effective == cycle.deadline


def test_quanzhou_prints_what_the_city_is_about(quanzhou: Database, scenario: Scenario) -> None:
    """Three rates, the explanations, the reports upward, and whom the policy reached."""
    text = "\n".join(content_lines(quanzhou, scenario))
    for rate_id, shown in (("effective", "9/15"), ("original", "9/15"), ("explained", "10/15")):
        (line,) = (each for each in text.splitlines() if f"ontime_rate.{rate_id}@" in each)
        assert shown in line
    lines = [" ".join(line.split()) for line in text.splitlines()]
    for expected in (
        "delay explained 1",
        "delay explained too late 1",
        "reported upward 2",
        "upward report acknowledged 1",
        "public replies: 2 public, 1 taken down",
        "QZ-008 园区企业扩容用电",
        "green channel: 1 (QZ-014); no limit moves, and no rate counts it",
        "反映问题 appeal 3 3",
        "reply · 2 working days 3 1 – – –",
        "reply · 5 working days 2 1 – – –",
        "reply · 10 working days 4 4 – 1 –",
    ):
        assert expected in lines
    assert any(line.startswith("upward report compliance 1/6") for line in lines)
    assert any(line.startswith("liaison-003 1 1 泉示范〔2026〕1号") for line in lines)


def test_quanzhou_plays_nothing_twice(quanzhou: Database, scenario: Scenario) -> None:
    """Playing again adds no event."""
    before = counts(quanzhou, scenario.as_of, scenario).position
    assert prepare_demo(quanzhou, scenario).commands == 0
    assert counts(quanzhou, scenario.as_of, scenario).position == before


def test_quanzhou_counts_one_more_reply_and_push(quanzhou: Database, scenario: Scenario) -> None:
    """No figure is a constant: an answer in time and a policy for machinery are counted."""
    (waiting,) = (each for each in scenario.petitions if each.key == "appeal-open")
    now = scenario.as_of + timedelta(days=1)
    reply = SubmitReply(head_id="power-head", text="已改造。", outcome=Outcome.RESOLVED)
    draft = DraftPolicy(
        title="机械行业补贴",
        sha256="0a" * 32,
        industries=("machinery",),
        valid_from=date(2026, 11, 2),
    )
    with open_stage(quanzhou) as (ledger, clock):
        clock.now = now
        ledger.apply(waiting.petition_id, reply, staff(Role.HANDLER, "power"))
        policy_id = UUID(int=1)
        ledger.open(POLICIES, policy_id, draft, staff(Role.HANDLER, "industry"))
        publishing = PublishPolicy(number="泉示范〔2026〕2号")
        ledger.give(POLICIES, policy_id, publishing, staff(Role.DEPARTMENT_HEAD, "industry"))
    assert counts(quanzhou, now, scenario).rate(EFFECTIVE) == Rate(10, 16)
    assert counts(quanzhou, scenario.as_of, scenario).rate(EFFECTIVE) == Rate(9, 15)
    before = histories(quanzhou, scenario)["appeal-open"]
    assert fold_all(before).cycle.replies == []
    assert fold_all(histories(quanzhou, scenario, now)["appeal-open"]).cycle.replies != []
    with quanzhou.connect(Account.APP) as connection:
        assert len(read_inbox(connection, "liaison-004", limit=10)) == 1
        assert len(read_undelivered(connection, now, limit=10)) == 3
