"""A batch that travels before the log was read is recorded only where it is as presumed."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import datetime, timedelta

import psycopg
import pytest

from ledger import premise
from ledger.admission import Standing
from ledger.database import Database, Role
from ledger.errors import (
    ClaimTakenError,
    KeyTakenError,
    LedgerUnavailableError,
    OutcomeUnknownError,
    VersionConflictError,
)
from ledger.exchange import Exchange
from ledger.inquiry import Inquiry
from ledger.recorder import LedgerRecorder
from ledger.waiting_line import AppenderLimits
from tests.integration.appending import (
    ACT,
    await_lock_waiter,
    one_event,
    open_recorder,
    positions_in,
    record_in_one_batch,
    stream,
)
from tests.integration.staged_proxy import StagedProxy
from tests.programs import PATIENCE_S

SILENT = AppenderLimits(notify_every_s=60.0)
MESSAGES_LEN = 13
"""Three each for BEGIN, lock, rows and COMMIT, and the end of the group."""
MESSAGES_TO_COMMIT_LEN = 12


@pytest.fixture
def inquiries(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return how many streams each batch concerned for which the log was read."""
    lengths: list[int] = []
    receive = Inquiry.receive

    def counted(
        inquiry: Inquiry, exchange: Exchange, recorded_at: datetime | None = None
    ) -> tuple[Standing, datetime]:
        lengths.append(len(inquiry.streams))
        return receive(inquiry, exchange, recorded_at)

    monkeypatch.setattr(Inquiry, "receive", counted)
    return lengths


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a batch presume as long as a slow machine may take to hand it over."""
    monkeypatch.setattr(premise, "PREMISE_S", PATIENCE_S)
    monkeypatch.setattr(premise, "_CLOCK_GOOD_S", 10 * PATIENCE_S)


@contextmanager
def _warm(database: Database, conninfo: str | None = None) -> Iterator[LedgerRecorder]:
    """Yield a recorder that has recorded one event, and so knows where it left the log."""
    conninfo = conninfo or database.conninfo(Role.APP)
    recorder = LedgerRecorder(
        "main", lambda: psycopg.connect(conninfo, autocommit=True), "tz_main", SILENT
    )
    with closing(recorder):
        recorder.append(one_event(stream(1), 1))
        yield recorder


@pytest.mark.usefixtures("patient")
def test_later_appends_of_one_recorder_take_one_round_trip(
    database: Database, inquiries: list[int]
) -> None:
    """The log is read for the first batch and for no other."""
    with _warm(database) as recorder:
        for version in range(2, 30):
            assert recorder.append(one_event(stream(1), version)) == range(version, version + 1)
        assert recorder.append(one_event(stream(2), 0)) == range(30, 31)
        assert recorder.append(one_event(stream(3), 1, key="k", claims=["c"])) == range(31, 32)
        instants = [event.recorded_at for event in recorder.log.read_log(0, 100)]
    assert inquiries == [1]
    assert instants == sorted(instants)


def test_recorded_at_is_the_clock_of_the_server(database: Database) -> None:
    """What is presumed of the clock is neither ahead of it nor far behind."""
    with _warm(database) as recorder, database.connect(Role.APP, autocommit=True) as watch:
        for version in range(2, 30):
            before = watch.execute("SELECT clock_timestamp()").fetchone()
            recorder.append(one_event(stream(1), version))
            row = watch.execute(
                "SELECT recorded_at, clock_timestamp() FROM event WHERE version = %s", [version]
            ).fetchone()
            assert before is not None
            assert row is not None
            assert before[0] - timedelta(seconds=1) < row[0] <= row[1]


@pytest.mark.usefixtures("patient")
def test_appends_of_another_recorder_in_between_are_seen(
    database: Database, inquiries: list[int]
) -> None:
    """Who finds the log moved by another reads it, and goes on reading while they take turns."""
    with _warm(database) as ours, closing(open_recorder(database, SILENT)) as theirs:
        given = [
            recorder.append(one_event(stream(number), version))[0]
            for version in range(1, 21)
            for number, recorder in ((2, ours), (3, theirs))
        ]
        assert len(inquiries) >= 39
        with pytest.raises(VersionConflictError):
            ours.append(one_event(stream(3), 20))
        alone = [ours.append(one_event(stream(2), version))[0] for version in range(21, 41)]
    assert given + alone == list(range(2, 62))
    assert positions_in(database) == list(range(1, 62))
    assert len(inquiries) < 50


@pytest.mark.usefixtures("patient")
def test_version_conflict_of_a_presumed_batch_is_refused_alone(
    database: Database, inquiries: list[int]
) -> None:
    """Of a batch that was presumed wrongly everybody else is recorded."""
    with _warm(database) as recorder:
        recorder.append(one_event(stream(1), 2, key="k-1", claims=["n-1"]))
        assert inquiries == [1]
        answers = record_in_one_batch(
            database,
            recorder,
            [
                one_event(stream(2), 1),
                one_event(stream(1), 2),
                one_event(stream(3), 7),
                one_event(stream(1), 4),
                one_event(stream(4), 1, key="k-1"),
                one_event(stream(5), 1, claims=["n-1"]),
                one_event(stream(1), 3),
            ],
        )
    assert [answer if isinstance(answer, range) else type(answer) for answer in answers] == [
        range(4, 5),
        VersionConflictError,
        VersionConflictError,
        VersionConflictError,
        KeyTakenError,
        ClaimTakenError,
        range(5, 6),
    ]
    assert positions_in(database) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("version", [2, 4, 9])
def test_lone_append_with_a_stale_or_gapped_version_is_refused(
    database: Database, version: int
) -> None:
    """A gap breaks no constraint of the database; what is presumed of versions must hold."""
    with _warm(database) as recorder:
        recorder.append(one_event(stream(1), 2))
        with pytest.raises(VersionConflictError):
            recorder.append(one_event(stream(1), version))
        with pytest.raises(VersionConflictError):
            recorder.append(one_event(stream(2), version))
        assert recorder.append(one_event(stream(1), 3)) == range(3, 4)


def test_repeated_key_and_taken_claim_are_refused(database: Database) -> None:
    """A key has one answer and a claim one owner, whichever way the append travels."""
    with _warm(database) as recorder:
        recorder.append(one_event(stream(2), 1, key="k", claims=["c"]))
        with pytest.raises(KeyTakenError):
            recorder.append(one_event(stream(2), 2, key="k"))
        with pytest.raises(ClaimTakenError):
            recorder.append(one_event(stream(2), 2, claims=["c"]))
        assert recorder.append(one_event(stream(2), 2)) == range(3, 4)


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize("messages_len", range(MESSAGES_LEN + 1))
def test_append_is_settled_wherever_the_connection_was_cut(
    database: Database, messages_len: int
) -> None:
    """Whatever the server got of a batch, its caller learns by the key what became of it."""
    is_recorded = messages_len >= MESSAGES_TO_COMMIT_LEN
    with (
        StagedProxy(database.conninfo(Role.APP), messages_len) as proxy,
        _warm(database, proxy.conninfo) as recorder,
    ):
        recorder.log.read_position()
        proxy.armed.set()
        with pytest.raises(OutcomeUnknownError):
            recorder.append(one_event(stream(1), 2, key="k"))
        proxy.answered.wait()
        given = recorder.log.settle_answer(ACT.actor_id, "k")
        assert (given is not None) == is_recorded
        assert recorder.append(one_event(stream(1), 2 + is_recorded))[0] == 2 + is_recorded
    assert positions_in(database) == [1, 2, 3][: 2 + is_recorded]


def test_batch_that_arrives_after_it_was_settled_is_not_recorded(database: Database) -> None:
    """Who was told that nothing was recorded stays right when the network hands it over late."""
    with (
        StagedProxy(database.conninfo(Role.APP), MESSAGES_LEN) as proxy,
        _warm(database, proxy.conninfo) as recorder,
    ):
        recorder.log.read_position()
        proxy.may_arrive.clear()
        proxy.armed.set()
        with pytest.raises(OutcomeUnknownError):
            recorder.append(one_event(stream(1), 2, key="k"))
        given = recorder.log.settle_answer(ACT.actor_id, "k")
        proxy.may_arrive.set()
        proxy.answered.wait()
    assert given is None
    assert positions_in(database) == [1]


def test_session_ended_by_the_server_before_the_commit_recorded_nothing(
    database: Database,
) -> None:
    """What the server itself refuses before COMMIT is known not to be recorded."""
    with (
        _warm(database) as recorder,
        ThreadPoolExecutor(1) as pool,
        database.connect(Role.OWNER) as holder,
    ):
        holder.execute("SELECT FROM head FOR UPDATE")
        waiting = pool.submit(recorder.append, one_event(stream(1), 2))
        await_lock_waiter(holder)
        with psycopg.connect(database.admin_conninfo(), autocommit=True) as admin:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
        with pytest.raises(LedgerUnavailableError, match="administrator command"):
            waiting.result()
        holder.rollback()
        assert recorder.append(one_event(stream(1), 2)) == range(2, 3)


def test_presuming_recorders_that_race_stay_dense(database: Database) -> None:
    """Two recorders with pauses of chance in between never give a position twice."""
    with _warm(database) as ours, closing(open_recorder(database, SILENT)) as theirs:

        def write(recorder: LedgerRecorder, number: int) -> None:
            for version in range(1, 101):
                recorder.append(one_event(stream(number), version))
                if version % 10 == 0:
                    threading.Event().wait(0.002 * number)

        with ThreadPoolExecutor(4) as pool:
            for done in [
                pool.submit(write, recorder, number)
                for number, recorder in ((2, ours), (3, theirs), (4, ours), (5, theirs))
            ]:
                done.result()
        instants = [event.recorded_at for event in ours.log.read_log(0, 1_000)]
    assert positions_in(database) == list(range(1, 402))
    assert instants == sorted(instants)
