"""Langfang as it is played: each clock met once and missed once, and members out of events."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256

import pytest

from commands.demo_stage import content_lines, prepare_demo
from domain.clock_outcomes import ClockOutcome, ClockVerdict, clock_outcomes
from domain.dimension import Dimension
from domain.enterprise_commands import ENTERPRISES
from domain.enterprise_groups import LeaveGroup
from domain.filing import SubmitPetition
from domain.limit import Limit, TimeUnit
from domain.package_items import CompletePackageItem
from domain.package_service import SERVICE_PACKAGES, CompleteServicePackage
from domain.petition import Petition, PetitionEvent
from domain.petition_facts import PetitionFacts
from domain.petition_fold import fold_all
from domain.rate import Rate
from domain.rates import RATES
from domain.supervision_terms import SupervisionFinding, SupervisionState
from domain.visibility import is_peer, may_see
from domain.vocabulary import Channel, Clock, PetitionState, Role, SupervisionLevel
from ledger.database import Database
from ledger.database import Role as Account
from ledger.reference import named_stream
from projections.activity_counts import Reach, read_reach
from projections.enterprise_profile import count_members, read_profile, read_profiles
from projections.histories import read_histories
from projections.rate_queries import read_counts
from projections.supervision_ledger import read_supervision
from scenarios.act_lines import Acts
from scenarios.cast import INTAKE, liaison, petitioner, staff
from scenarios.enterprise import firm_code
from scenarios.player import open_stage
from scenarios.scenario import Scenario, read_scenario
from scenarios.scenario_files import read_part
from scenarios.timed_cases import evidence
from tests.acceptance.played_ledger import played_city, project

ON_TIME, LATE, OVERDUE = ClockVerdict.ON_TIME, ClockVerdict.LATE, ClockVerdict.OVERDUE
ON_SPOT = Limit(0, TimeUnit.ON_SPOT)
DAY_LONG, TWO_DAYS = Limit(24, TimeUnit.WALL_HOUR), Limit(48, TimeUnit.WALL_HOUR)
FIVE_DAYS = Limit(5, TimeUnit.CALENDAR_DAY)
ENDED = ("service_package.completed", "service_package.cancelled")
SHARED = (
    "shared with a group: LF-003, 114 accounts of the group of legal persons may follow its "
    "course and see nothing personal"
)
PLANNED_WORDS = ("谁负责", "如何办", "何时解决")


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """Return the play of Langfang."""
    return read_scenario("langfang")


@pytest.fixture(scope="module")
def langfang(scenario: Scenario) -> Iterator[Database]:
    """Yield a ledger in which Langfang was played once."""
    with played_city(scenario) as database:
        yield database


@pytest.fixture(scope="module")
def histories(langfang: Database, scenario: Scenario) -> dict[str, list[PetitionEvent]]:
    """Return every petition's events by its key in the play."""
    keys = {script.petition_id: script.key for script in scenario.petitions}
    with langfang.connect(Account.APP) as connection:
        found = read_histories(connection, [*keys], scenario.as_of)
    return {keys[petition_id]: history for petition_id, history in found.items()}


@pytest.fixture(scope="module")
def facts(histories: dict[str, list[PetitionEvent]]) -> dict[str, PetitionFacts]:
    """Return what the events of each petition add up to, by its key in the play."""
    return {key: fold_all(history) for key, history in histories.items()}


def packages(database: Database) -> tuple[int, int]:
    """Return packages done and to do."""
    project(database)
    with database.connect(Account.APP) as connection:
        waiting = read_reach(connection, ("service_package.opened",), undone=ENDED)
        return read_reach(connection, ENDED[:1]).items, waiting.items


def test_langfang_meets_and_misses_every_clock(
    histories: dict[str, list[PetitionEvent]], scenario: Scenario
) -> None:
    """On the spot, 24 hours twice, 48 hours twice and 5 days: each in time and late."""
    outcomes: list[ClockOutcome] = []
    for history in histories.values():
        outcomes += clock_outcomes(history, scenario.as_of)
    counted = Counter((each.clock, each.limit, each.verdict) for each in outcomes)
    reply = Clock.REPLY
    expected = {
        (reply, ON_SPOT, ON_TIME): 1,
        (reply, ON_SPOT, LATE): 1,
        (reply, DAY_LONG, ON_TIME): 3,
        (reply, DAY_LONG, LATE): 1,
        (reply, DAY_LONG, OVERDUE): 1,
        (reply, TWO_DAYS, ON_TIME): 1,
        (reply, TWO_DAYS, LATE): 1,
        (reply, FIVE_DAYS, ON_TIME): 1,
        (reply, FIVE_DAYS, LATE): 1,
        (Clock.PLAN, None, ON_TIME): 8,
        (Clock.PLAN, None, LATE): 1,
        (Clock.PLAN, None, ClockVerdict.LIFTED): 1,
        (Clock.INSTRUCT, None, ON_TIME): 3,
        (Clock.INSTRUCT, None, LATE): 1,
    }
    assert {key: counted[key] for key in expected} == expected
    in_pack = {Clock.PLAN, Clock.REPLY, Clock.INSTRUCT}
    assert {key for key in counted if key[0] in in_pack} == {*expected}


def test_langfang_commits_to_who_how_and_when(histories: dict[str, list[PetitionEvent]]) -> None:
    """Each plan names its owner, what is done and until when, also the late one."""
    plans = [
        event
        for history in histories.values()
        for event in history
        if isinstance(event, Petition.PlanCommitted)
    ]
    assert len(plans) == 10
    for plan in plans:
        assert plan.owner_id == f"{plan.unit}-handler"
        assert plan.due_at > plan.timestamp
    written = read_part("langfang", "acts", Acts).cases
    texts = [act.fields["plan"] for case in written for act in case.acts if act.do == "plans"]
    assert len(texts) == len(plans)
    assert all(word in text for text in texts for word in PLANNED_WORDS)


def test_langfang_makes_no_missed_due_good(facts: dict[str, PetitionFacts]) -> None:
    """The late instruction starts no new limit: the 48 hours stand."""
    late = facts["result-late"]
    (question,) = late.instructions
    assert question.given_at is not None
    assert question.due_at is not None
    assert question.given_at > question.due_at
    assert late.cycle.moves[-1].effective == late.cycle.moves[0].effective


def test_langfang_files_what_policy_forbids_and_closes_nothing(
    facts: dict[str, PetitionFacts],
) -> None:
    """The reason was told before it was filed, and the petition is still with its unit."""
    limited = facts["policy-limited"]
    (filed,) = limited.policy_limits
    assert filed.told_at < filed.filed_at
    assert limited.state is PetitionState.IN_PROGRESS


def test_langfang_takes_group_messages_as_evidence(
    histories: dict[str, list[PetitionEvent]], scenario: Scenario
) -> None:
    """Sender, time and text of a message give the digest that was filed with it."""
    written = [case for case in read_part("langfang", "acts", Acts).cases if case.message]
    assert len(written) == 9
    filed = {script.key: script.steps[0].command for script in scenario.petitions}
    for case in written:
        assert case.message is not None
        content = evidence(case.message, case.text)
        submission = filed[case.key]
        assert isinstance(submission, SubmitPetition)
        assert submission.medium is not None
        assert case.message.sender in submission.medium
        assert str(case.message.sent_at) in submission.medium
        (note,) = submission.attachments
        assert (note.sha256, note.size_bytes) == (sha256(content).hexdigest(), len(content))
        created = histories[case.key][0]
        assert isinstance(created, Petition.Created)
        assert len(created.attachments) == 1


def test_langfang_transfers_supervises_and_answers_at_night(
    langfang: Database, facts: dict[str, PetitionFacts], scenario: Scenario
) -> None:
    """Another unit answers by the same due; a late one is supervised; the hotline never sleeps."""
    moved = facts["transferred"]
    assert [order.unit for order in moved.assignments] == ["economy", "labour"]
    assert moved.cycle.moves == []
    assert moved.cycle.replies[-1].unit == "labour"
    hotline = facts["hotline"]
    assert hotline.channel is Channel.HOTLINE
    assert hotline.submitted_at.astimezone(scenario.zone).hour == 1
    assert [order.unit for order in hotline.assignments] == ["utilities"]
    with langfang.connect(Account.APP) as connection:
        (order,) = read_supervision(connection, scenario.as_of, limit=10)
    late = facts["authority-late"]
    assert order.petitions == (late.petition_id,)
    assert (order.level, order.state) == (SupervisionLevel.BLUE, SupervisionState.CLOSED)
    assert order.finding is SupervisionFinding.RECTIFIED
    assert late.supervisions[0].order_id == order.order_id


def test_langfang_counts_its_rate(langfang: Database, scenario: Scenario) -> None:
    """6 of 11 answered in time; the filed one is open and past its due."""
    with langfang.connect(Account.APP) as connection:
        counts = read_counts(connection, Dimension.TOTAL, as_of=scenario.as_of, zone=scenario.zone)
    assert counts.rate(RATES["ontime_rate.effective"]) == Rate(6, 11)
    assert counts.rate(RATES["closure_rate"]) == Rate(10, 11)
    assert counts.total["policy_limited"] == 1


def test_langfang_has_the_published_members_packages_and_grants(langfang: Database) -> None:
    """114 and 186 members over 200 enterprises, 1 package done and 54 to do, 537万 to 18 firms."""
    with langfang.connect(Account.APP) as connection:
        assert count_members(connection) == {"legal_persons": 114, "liaisons": 186}
        profiles = read_profiles(connection, limit=500)
        awarded = read_reach(connection, ("grant.awarded",))
        paid = read_reach(connection, ("grant.paid",))
    assert len(profiles) == len({profile.name for profile in profiles}) == 200
    assert all("虚构" in profile.name for profile in profiles)
    assert sum(len(profile.groups) == 2 for profile in profiles) == 100
    assert packages(langfang) == (1, 54)
    assert awarded == paid == Reach(enterprises=18, items=18, amount_fen=537_000_000)


def test_langfang_petitions_come_from_members(langfang: Database, scenario: Scenario) -> None:
    """Whoever writes in a group is in one."""
    with langfang.connect(Account.APP) as connection:
        for script in scenario.petitions:
            submission = script.steps[0].command
            assert isinstance(submission, SubmitPetition)
            profile = read_profile(connection, submission.enterprise or "")
            assert profile is not None
            assert profile.groups


def test_langfang_shares_a_message_with_the_group_it_was_written_in(
    langfang: Database, scenario: Scenario, facts: dict[str, PetitionFacts]
) -> None:
    """Every member of the group then may follow it as a peer, its writer as before, others not."""
    shared = facts["authority"]
    (share,) = shared.shares
    assert {key for key, found in facts.items() if found.shares} == {"authority"}
    with langfang.connect(Account.APP) as connection:
        assert count_members(connection)[share.group] == len(set(share.members)) == 114
        for number in (1, 21, 114, 115):
            profile = read_profile(connection, firm_code(number))
            assert profile is not None
            assert (share.group in profile.groups) is (liaison(number) in share.members)
    writer, peer, other = (petitioner(liaison(number)) for number in (21, 114, 115))
    assert shared.owner_id == writer.actor_id
    assert may_see(writer, shared)
    assert not is_peer(writer, shared)
    assert is_peer(peer, shared)
    assert not may_see(other, shared)
    assert not may_see(peer, facts["authority-late"])
    assert share.shared_at < scenario.as_of


def test_langfang_prints_what_the_city_is_about(langfang: Database, scenario: Scenario) -> None:
    """Clocks, members, packages, grants and the digest of a message."""
    text = "\n".join(content_lines(langfang, scenario))
    lines = [" ".join(line.split()) for line in text.splitlines()]
    for expected in (
        "plan 8 1 – – 1",
        "instruct 3 1 – – –",
        "reply · on the spot, the same day 1 1 – – –",
        "reply · 24 hours, nights and holidays included 3 1 1 – –",
        "reply · 48 hours, nights and holidays included 1 1 – – –",
        "reply · 5 calendar days 1 1 – – –",
        "group of legal persons: 114",
        "group of liaisons: 186",
        SHARED,
        "service packages, one for each enterprise: 1 done, 54 to do",
        "grants: 5,370,000 yuan to 18 enterprises, 5,370,000 yuan paid",
        "closed, due by the end of 2019-04-22",
    ):
        assert expected in lines
    assert "SHA-256" in text


def test_langfang_plays_nothing_twice(langfang: Database, scenario: Scenario) -> None:
    """Playing again adds no event."""
    played = prepare_demo(langfang, scenario)
    assert (played.commands, played.already_there) == (0, scenario.scripts)


def test_langfang_counts_one_member_less_and_one_package_more(
    langfang: Database, scenario: Scenario
) -> None:
    """No figure is a constant: a firm leaves its group, and a second package is done."""
    (second,) = (each for each in scenario.activities if each.key == "service-packages/002")
    package_id, serving = second.steps[0].target, staff(Role.HANDLER, "economy")
    with open_stage(langfang) as (ledger, clock):
        clock.now = scenario.as_of + timedelta(days=1)
        firm = named_stream(f"enterprise/{firm_code(1)}")
        ledger.give(ENTERPRISES, firm, LeaveGroup(group="legal_persons"), INTAKE)
        for number in range(1, 4):
            done = CompletePackageItem(item=number, result="已办结。")
            ledger.give(SERVICE_PACKAGES, package_id, done, serving)
        ledger.give(SERVICE_PACKAGES, package_id, CompleteServicePackage(), serving)
    assert packages(langfang) == (2, 53)
    with langfang.connect(Account.APP) as connection:
        assert count_members(connection) == {"legal_persons": 113, "liaisons": 186}
