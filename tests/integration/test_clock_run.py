"""Without this file the clock could repeat itself, forget, or act at the wrong instant."""

import threading
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from psycopg import Cursor
from psycopg.abc import Params, QueryNoTemplate
from psycopg.rows import TupleRow

from domain.callbacks import CompleteCallback
from domain.clock_notes import OpenOrder
from domain.clock_recounts import Editions
from domain.clock_step import ClockStep, StepKind
from domain.clock_steps import due_steps
from domain.closing import ClosePetition
from domain.confidentiality import MarkConfidential
from domain.errors import GuardError
from domain.handling import ContactPetitioner
from domain.petition_facts import PetitionFacts
from domain.reasons import SuspensionReason
from domain.replying import ApproveReply, SubmitReply
from domain.situation import Situation
from domain.supervision import SupervisionOrder
from domain.supervision_commands import SUPERVISION_ORDERS
from domain.supervision_orders import OpenSupervision, UpgradeSupervision
from domain.suspensions import SuspendPetition
from domain.vocabulary import (
    CallbackBasis,
    Outcome,
    PetitionState,
    Resolution,
    Role,
    Satisfaction,
    SupervisionLevel,
)
from ledger.application import PetitionLedger
from ledger.database import Database
from ledger.database import Role as Login
from replay import clock_look
from replay.clock_errors import ClockWentBackError, InstantInFutureError
from replay.clock_head import read_model_lag
from replay.clock_run import run_clock
from tests.integration.clock_runs import LATE, project, raised, tick, told
from tests.integration.opened_ledger import (
    FRIDAY,
    HostClock,
    accepted,
    dispatched,
    facts_of,
    give,
    opened_ledger,
    person,
    signed,
    submitted,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)
HANDLER = person(Role.HANDLER, "bureau")


def local(month: int, day: int) -> datetime:
    """Return a local midnight of 2026."""
    return datetime(2026, month, day, tzinfo=SHANGHAI)


@pytest.fixture
def host() -> HostClock:
    """Return the host clock of the ledger's own process."""
    return HostClock(FRIDAY)


@pytest.fixture
def ledger(database: Database, host: HostClock) -> Iterator[PetitionLedger]:
    """Return an opened ledger with the plain pack in force."""
    with opened_ledger(database, host) as ledger:
        yield ledger


def contacted(ledger: PetitionLedger, at: datetime, petition_id: UUID | None = None) -> UUID:
    """Return an appeal under the reply clock alone."""
    petition_id = signed(ledger, at, petition_id)
    give(ledger, petition_id, ContactPetitioner(medium="phone", occurred_at=at), HANDLER)
    return petition_id


def test_clock_raises_each_step_at_its_logical_instant(
    database: Database, ledger: PetitionLedger, host: HostClock
) -> None:
    """Ten working days from Friday 18 September end on 9 October, make-up Sunday counted."""
    petition_id = contacted(ledger, FRIDAY)
    host.now = LATE
    report = tick(database, ledger, FRIDAY + 40 * DAY)
    assert report.counts == {StepKind.REMINDER: 3, StepKind.PROPOSAL: 3}
    assert (report.failures, report.is_complete, report.lag) == ((), True, 0)
    reminder, proposal = "petition.reminder_issued", "supervision.proposed"
    assert told(ledger) == [
        (reminder, local(9, 25)),
        (reminder, local(10, 1)),
        (reminder, local(10, 9)),
        (proposal, local(10, 10)),
        (proposal, local(10, 14)),
        (proposal, local(10, 23)),
    ]
    assert {event.actor_role for event in raised(ledger)} == {"system"}
    assert {past.due_at for past in facts_of(ledger, petition_id).reminders} == {local(10, 10)}


def test_read_model_that_moves_meanwhile_has_no_negative_lag(
    database: Database, ledger: PetitionLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The end of the log and the model's place in it are read at one instant."""
    submitted(ledger, FRIDAY)
    with database.connect(Login.APP, autocommit=True) as connection:
        assert read_model_lag(connection) == ledger.reader.read_position()
        project(database)
        execute = connection.execute

        def execute_and_move(
            query: QueryNoTemplate, parameters: Params | None = None, *, prepare: bool | None = None
        ) -> Cursor[TupleRow]:
            cursor = execute(query, parameters, prepare=prepare)
            submitted(ledger, FRIDAY)
            project(database)
            return cursor

        monkeypatch.setattr(connection, "execute", execute_and_move)
        assert read_model_lag(connection) == 0


def test_proposal_names_unit_rule_and_the_events_it_rests_on(
    database: Database, ledger: PetitionLedger, host: HostClock
) -> None:
    """People decide on it; the clock only says why."""
    petition_id = contacted(ledger, FRIDAY)
    host.now = LATE
    tick(database, ledger, local(10, 10) + timedelta(seconds=1))
    order = ledger.load(raised(ledger)[-1].originator_id)
    assert isinstance(order, SupervisionOrder)
    assert (order.unit, order.level, order.petitions) == ("bureau", "blue", (petition_id,))
    payload = raised(ledger)[-1].payload.decode()
    assert "plain@1/supervision: reply, blue" in payload
    # The acceptance, its third event, recorded the due.
    assert f"{petition_id}:3" in payload


def test_clock_that_runs_twice_adds_nothing(
    database: Database, ledger: PetitionLedger, host: HostClock
) -> None:
    """Every step is raised under a key that says rule, petition, cycle and instant."""
    _play(ledger, host)
    at = FRIDAY + 40 * DAY
    assert tick(database, ledger, at).counts.keys() >= {StepKind.REMINDER, StepKind.PROPOSAL}
    position = ledger.reader.read_position()
    again = tick(database, ledger, at)
    assert (dict(again.counts), again.failures) == ({}, ())
    assert ledger.reader.read_position() == position


def test_week_s_outage_gives_what_hourly_runs_would_have_given(
    database: Database, other_database: Database
) -> None:
    """The same events at the same instants, whenever somebody came to record them."""
    found = []
    until = FRIDAY + 12 * DAY
    for which, hours in ((database, 1), (other_database, 12 * 24)):
        host = HostClock(FRIDAY)
        with opened_ledger(which, host) as ledger:
            _play(ledger, host)
            at = FRIDAY
            while at < until:
                at += timedelta(hours=hours)
                report = tick(which, ledger, at)
                assert report.failures == ()
            found.append(
                [
                    (event.topic, event.occurred_at, event.originator_id, event.payload)
                    for event in raised(ledger)
                ]
            )
    hourly, caught_up = found
    assert len(hourly) > 10
    assert {topic for topic, *_ in hourly} == {
        "petition.reminder_issued",
        "petition.resumed",
        "supervision.proposed",
    }
    assert sorted(map(repr, hourly)) == sorted(map(repr, caught_up))
    instants = [at for _, at, *_ in caught_up]
    assert instants == sorted(instants)


def _play(ledger: PetitionLedger, host: HostClock) -> None:
    """Have petitions under many clocks, one of them suspended, with ids that never change."""
    ids = [UUID(int=number) for number in range(1, 6)]
    contacted(ledger, FRIDAY, ids[0])
    dispatched(ledger, FRIDAY, "bureau", ("roads",), ids[1])
    submitted(ledger, FRIDAY, ids[2])
    accepted(ledger, FRIDAY + timedelta(minutes=5), ids[3])
    contacted(ledger, FRIDAY - 26 * DAY, ids[4])
    command = SuspendPetition(
        reason=SuspensionReason.HEARING,
        asked_by="handler-1",
        note="需听证。",
        occurred_at=FRIDAY - 25 * DAY,
    )
    host.now = FRIDAY - 25 * DAY
    give(ledger, ids[4], command, person(Role.DISPATCHER, "hub"))
    host.now = LATE


def test_two_runs_at_once_add_what_one_would(database: Database, other_database: Database) -> None:
    """Whoever comes second gets the first one's answer."""
    found = []
    for which, runs_len in ((database, 3), (other_database, 1)):
        host = HostClock(FRIDAY)
        with opened_ledger(which, host) as ledger:
            _play(ledger, host)
            failures: list[object] = []
            project(which)

            def run(which: Database = which, failures: list[object] = failures) -> None:
                with (
                    PetitionLedger(which, lambda: LATE) as own,
                    which.connect(Login.APP, autocommit=True) as connection,
                ):
                    failures += run_clock(own, connection, FRIDAY + 20 * DAY, LATE).failures

            threads = [threading.Thread(target=run) for _ in range(runs_len)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert failures == []
            found.append(sorted(repr((each.topic, each.occurred_at)) for each in raised(ledger)))
    assert found[0] == found[1]
    assert len(found[0]) > 10


def test_reminder_is_not_sent_if_its_clock_was_met_meanwhile(
    database: Database, ledger: PetitionLedger, host: HostClock
) -> None:
    """After an outage nobody is reminded of what they have done; the breach stays one."""
    petition_id = contacted(ledger, FRIDAY)
    reply = SubmitReply(
        head_id="head-1",
        text="已增设车位。",
        outcome=Outcome.RESOLVED,
        occurred_at=local(10, 12),
    )
    host.now = LATE
    give(ledger, petition_id, reply, HANDLER)
    tick(database, ledger, local(10, 30))
    assert told(ledger) == [("supervision.proposed", local(10, 10))]


def test_step_that_was_overtaken_is_recorded_at_the_latest_act(
    database: Database, ledger: PetitionLedger, host: HostClock
) -> None:
    """History is not rewritten: the reminder keeps its instant in its key alone."""
    petition_id = signed(ledger, FRIDAY)
    host.now = LATE
    contact = ContactPetitioner(medium="phone", occurred_at=local(9, 26))
    give(ledger, petition_id, contact, HANDLER)
    tick(database, ledger, local(9, 27))
    (reminder,) = [each for each in raised(ledger) if each.topic == "petition.reminder_issued"]
    assert reminder.occurred_at == local(9, 26)
    assert reminder.idempotency_key is not None
    assert reminder.idempotency_key.startswith("20260924T160000.000000Z/reminder/")


def test_suspension_ends_by_itself_and_the_due_moves_by_what_was_allowed(
    database: Database, ledger: PetitionLedger, host: HostClock
) -> None:
    """At its own end, however late the clock came."""
    petition_id = contacted(ledger, FRIDAY)
    suspend = SuspendPetition(
        reason=SuspensionReason.HEARING,
        asked_by="handler-1",
        note="需听证。",
        occurred_at=FRIDAY + DAY,
    )
    host.now = FRIDAY + DAY
    give(ledger, petition_id, suspend, person(Role.DISPATCHER, "hub"))
    host.now = LATE
    until = facts_of(ledger, petition_id).cycle.pauses[-1].until
    tick(database, ledger, until - timedelta(seconds=1))
    assert raised(ledger) == []
    tick(database, ledger, until + 3 * DAY)
    assert told(ledger)[0] == ("petition.resumed", until)
    facts = facts_of(ledger, petition_id)
    assert facts.state is PetitionState.IN_PROGRESS
    assert facts.cycle.pauses[-1].resumed_at == until
    assert facts.cycle.moves[-1].moved_at == until


def test_dry_run_counts_and_appends_nothing(
    database: Database, ledger: PetitionLedger, host: HostClock
) -> None:
    """The position stays where it is, and the real run does what was announced."""
    contacted(ledger, FRIDAY)
    host.now = LATE
    position = ledger.reader.read_position()
    announced = tick(database, ledger, FRIDAY + 40 * DAY, is_dry=True)
    assert announced.counts == {StepKind.REMINDER: 3, StepKind.PROPOSAL: 3}
    assert ledger.reader.read_position() == position
    assert tick(database, ledger, FRIDAY + 40 * DAY).counts == announced.counts


def test_clock_that_went_backwards_is_refused(
    database: Database, ledger: PetitionLedger, host: HostClock
) -> None:
    """Nothing is written by a host whose clock is wrong, nor for an instant before the last."""
    contacted(ledger, FRIDAY)
    host.now = LATE
    at = FRIDAY + 8 * DAY
    recorded_at = ledger.reader.read_log(0, 10_000)[-1].recorded_at
    position = ledger.reader.read_position()
    with pytest.raises(ClockWentBackError):
        tick(database, ledger, at, now=recorded_at - timedelta(minutes=6))
    with pytest.raises(InstantInFutureError):
        tick(database, ledger, LATE + timedelta(minutes=6))
    assert ledger.reader.read_position() == position
    tick(database, ledger, at)
    acted_at = raised(ledger)[-1].occurred_at
    position = ledger.reader.read_position()
    assert position > 0
    with pytest.raises(ClockWentBackError):
        tick(database, ledger, acted_at - timedelta(minutes=6))
    assert ledger.reader.read_position() == position


def test_one_petition_that_fails_does_not_stop_the_rest(
    database: Database,
    ledger: PetitionLedger,
    host: HostClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is reported with its code, and tried again by the next run."""
    failing, other = contacted(ledger, FRIDAY), contacted(ledger, FRIDAY)
    host.now = LATE

    def fails(
        facts: PetitionFacts,
        situation: Situation,
        editions: Editions,
        known_since: datetime | None,
        orders: Sequence[OpenOrder],
    ) -> list[ClockStep]:
        if facts.petition_id == failing:
            raise GuardError("no-policy-pack", "没有规则包", "no pack")
        return due_steps(facts, situation, editions, known_since, orders)

    with monkeypatch.context() as patch:
        patch.setattr(clock_look, "due_steps", fails)
        report = tick(database, ledger, FRIDAY + 20 * DAY)
    assert [(each.petition_id, each.code) for each in report.failures] == [
        (failing, "no-policy-pack")
    ]
    assert len(facts_of(ledger, other).reminders) == 2
    assert facts_of(ledger, failing).reminders == []
    tick(database, ledger, FRIDAY + 20 * DAY)
    assert len(facts_of(ledger, failing).reminders) == 2


def test_run_is_bounded_and_the_next_one_goes_on(
    database: Database, ledger: PetitionLedger, host: HostClock
) -> None:
    """The earliest steps come first, whosever they are."""
    for _ in range(3):
        contacted(ledger, FRIDAY)
    host.now = LATE
    at = FRIDAY + 40 * DAY
    first = tick(database, ledger, at, steps_max=4)
    assert (sum(first.counts.values()), first.is_complete) == (4, False)
    assert [instant for _, instant in told(ledger)] == [local(9, 25)] * 3 + [local(10, 1)]
    assert tick(database, ledger, at).is_complete
    assert len(raised(ledger)) == 18


def test_accused_unit_hears_nothing_by_the_clock(
    database: Database, ledger: PetitionLedger, host: HostClock
) -> None:
    """A petition against the hub leads to no proposal on the hub that would name it."""
    secret, other = submitted(ledger, FRIDAY), submitted(ledger, FRIDAY)
    mark = MarkConfidential(accused_unit="hub", reason="举报。", occurred_at=FRIDAY)
    give(ledger, secret, mark, person(Role.DISPATCHER, "roads"))
    host.now = LATE
    tick(database, ledger, FRIDAY + 20 * DAY)
    proposed = [each.payload.decode() for each in raised(ledger) if "supervision" in each.topic]
    assert any(str(other) in payload for payload in proposed)
    assert not any(str(secret) in payload for payload in proposed)


def test_order_that_was_opened_or_raised_is_noted_on_its_petition(
    database: Database, ledger: PetitionLedger, host: HostClock
) -> None:
    """So that the petition counts as supervised from the order's own instant on."""
    petition_id = contacted(ledger, FRIDAY)
    host.now = LATE
    office = person(Role.SUPERVISION, "roads")
    opening = OpenSupervision(
        unit="bureau",
        petitions=(petition_id,),
        cited=(f"{petition_id}:3",),
        level=SupervisionLevel.BLUE,
        due_at=FRIDAY + 9 * DAY,
        requirement="请抓紧办理。",
        occurred_at=FRIDAY + DAY,
    )
    order_id = ledger.open(SUPERVISION_ORDERS, uuid4(), opening, office).originator_id
    assert tick(database, ledger, FRIDAY + 2 * DAY).counts == {StepKind.NOTE: 1}
    raising = UpgradeSupervision(
        level=SupervisionLevel.RED,
        cited=(f"{petition_id}:3",),
        due_at=FRIDAY + 9 * DAY,
        reason="仍未办理。",
        occurred_at=FRIDAY + 3 * DAY,
    )
    ledger.give(SUPERVISION_ORDERS, order_id, raising, office)
    assert tick(database, ledger, FRIDAY + 4 * DAY).counts == {StepKind.NOTE: 1}
    assert tick(database, ledger, FRIDAY + 4 * DAY).counts == {}
    noted = facts_of(ledger, petition_id).supervisions
    assert [(each.order_id, each.level, each.noted_at) for each in noted] == [
        (order_id, "blue", FRIDAY + DAY),
        (order_id, "red", FRIDAY + 3 * DAY),
    ]


def test_closed_petition_is_archived_with_the_digest_of_its_events(
    database: Database, ledger: PetitionLedger, host: HostClock
) -> None:
    """Once nobody can reopen it, and what it held then can be counted again."""
    petition_id = contacted(ledger, FRIDAY)
    host.now = LATE
    reply = SubmitReply(
        head_id="head-1", text="已增设。", outcome=Outcome.RESOLVED, occurred_at=FRIDAY + DAY
    )
    give(ledger, petition_id, reply, HANDLER)
    approve = ApproveReply(occurred_at=FRIDAY + DAY)
    give(ledger, petition_id, approve, person(Role.REVIEWER, "hub"))
    answer = CompleteCallback(
        resolution=Resolution.RESOLVED,
        satisfaction=Satisfaction.SATISFIED,
        occurred_at=FRIDAY + DAY,
    )
    give(ledger, petition_id, answer, person(Role.CALLBACK, "hub"))
    close = ClosePetition(basis=CallbackBasis.COMPLETED, occurred_at=FRIDAY + DAY)
    give(ledger, petition_id, close, person(Role.REVIEWER, "hub"))
    before = ledger.reader.read_stream(petition_id)
    report = tick(database, ledger, FRIDAY + 60 * DAY)
    assert report.counts == {StepKind.ARCHIVING: 1}
    facts = facts_of(ledger, petition_id)
    assert facts.state is PetitionState.ARCHIVED
    until = facts.cycle.reopen_until
    assert until is not None
    assert facts.archived_at == until + timedelta(microseconds=1)
    digest = sha256(b"".join(event.leaf_hash for event in before)).hexdigest()
    assert digest in raised(ledger)[0].payload.decode()
